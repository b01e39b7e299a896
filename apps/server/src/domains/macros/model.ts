import { macroPlaceholders, unknownPlaceholder } from '@clew/contract/macro-placeholders'
import type { ChangeMacro, MacroBodies } from '@clew/contract/macros'
import { fold } from '@clew/text'

/** Who saved it; nobody where it came with the product. */
export type Author = { id: string; name: string }

export type MacroContent = { name: string; bodies: MacroBodies; tags: readonly string[]; resolves: boolean }

export type MacroRow = MacroContent & {
  id: string
  version: number
  createdAt: Date
  createdBy: string | undefined
  changedAt: Date
  changedBy: string | undefined
}

/** Two macros whose names are alike by this have the same name. */
export const foldedName = (name: string): string => fold(name).replaceAll(/\s+/g, ' ').trim()

/** What the macro says after the change. */
export const withChange = (before: MacroContent, change: Omit<ChangeMacro, 'version'>): MacroContent => ({
  name: change.name ?? before.name,
  bodies: change.bodies ?? before.bodies,
  tags: change.tags ?? before.tags,
  resolves: change.resolves ?? before.resolves,
})

/** Which parts differ, by name. The order of tags makes a difference: it is the order of the chips. */
export const differences = (before: MacroContent, after: MacroContent): (keyof MacroContent)[] =>
  (['name', 'bodies', 'tags', 'resolves'] as const).filter((part) => plain(before[part]) !== plain(after[part]))

/** The first placeholder of any language that nothing fills in. */
export function firstUnknown({ en, el }: MacroBodies): string | undefined {
  for (const body of [en, el]) {
    const found = body === undefined ? undefined : unknownPlaceholder(body)
    if (found !== undefined) return found
  }
  return undefined
}

/** As a person types them. */
export const knownPlaceholders = (): string => macroPlaceholders.map((name) => `{{${name}}}`).join(', ')

// Languages in one order, whichever was written first.
function plain(part: MacroContent[keyof MacroContent]): string {
  if (typeof part !== 'object' || !('en' in part || 'el' in part)) return JSON.stringify(part)
  return JSON.stringify([part.en, part.el])
}
