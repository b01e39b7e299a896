import { z } from 'zod'
import { Tag } from './conversations.ts'
import { maxMacroBody, maxMacroName, maxMacroTags } from './macro-placeholders.ts'
import { Instant, typedText } from './primitives.ts'

const body = typedText(maxMacroBody)

/** A language without a text is left out. */
export const MacroBodies = z
  .strictObject({ en: body.optional(), el: body.optional() })
  .transform(({ en, el }) => ({ ...(en ? { en } : {}), ...(el ? { el } : {}) }))
  .refine(({ en, el }) => en !== undefined || el !== undefined, { error: 'must have a text in one language at least' })
export type MacroBodies = z.output<typeof MacroBodies>

const name = typedText(maxMacroName)
  .transform((text) => text.replaceAll(/\s+/g, ' '))
  .pipe(z.string().min(1))
const tags = z
  .array(Tag)
  .max(maxMacroTags)
  .transform((all) => [...new Set(all)])

/** A reply that the team has saved, with what comes with it: tags, and that it resolves. */
export const Macro = z
  .object({
    id: z.uuid(),
    version: z.int(),
    name: z.string(),
    bodies: z.object({ en: z.string().optional(), el: z.string().optional() }).meta({
      description: 'As a message is written, with placeholders such as `{{contact.name}}`; one language at least.',
    }),
    tags: z.array(z.string()).meta({ description: 'Put on the conversation when the reply is sent.' }),
    resolves: z.boolean().meta({ description: 'The conversation is resolved when the reply is sent.' }),
    createdAt: Instant,
    createdBy: z.string().optional().meta({ description: 'Left out for one that came with the product.' }),
    changedAt: Instant,
    changedBy: z.string().optional(),
  })
  .meta({ id: 'Macro' })
export type Macro = z.infer<typeof Macro>

/** By name. */
export const MacroList = z.object({ macros: z.array(Macro), mayEdit: z.boolean() }).meta({ id: 'MacroList' })
export type MacroList = z.infer<typeof MacroList>

export const CreateMacro = z.strictObject({
  name,
  bodies: MacroBodies,
  tags: tags.default([]),
  resolves: z.boolean().default(false),
})
export type CreateMacro = z.output<typeof CreateMacro>
export type MacroToCreate = z.input<typeof CreateMacro>

/** What is left out stays as it is. `version` is the one that the change was made from. */
export const ChangeMacro = z.strictObject({
  version: z.int().min(1),
  name: name.optional(),
  bodies: MacroBodies.optional(),
  tags: tags.optional(),
  resolves: z.boolean().optional(),
})
export type ChangeMacro = z.output<typeof ChangeMacro>
export type MacroToChange = z.input<typeof ChangeMacro>
