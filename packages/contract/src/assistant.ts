import { z } from 'zod'
import { Locale, TimeZone, typedText } from './primitives.ts'

const Said = z.union([
  z.strictObject({ from: z.enum(['contact', 'assistant', 'agent']), text: typedText(20_000) }),
  z
    .strictObject({ role: z.enum(['user', 'assistant', 'agent']), content: typedText(20_000) })
    .transform(({ role, content }) => ({ from: role === 'user' ? ('contact' as const) : role, text: content })),
])

/** One message for the assistant, with the conversation before it. Nothing of it is stored. */
export const EvaluateMessage = z.strictObject({
  message: typedText(20_000).refine((text) => text.trim() !== '', 'must not be empty'),
  locale: Locale.default('en'),
  context: z
    .strictObject({
      now: z.iso.datetime({ offset: true }).optional().meta({ description: 'The clock when the message arrives.' }),
      timeZone: TimeZone.optional(),
      history: z.array(Said).max(100).optional(),
      conversationId: z.string().max(200).optional(),
    })
    .default({}),
})
export type EvaluateMessage = z.infer<typeof EvaluateMessage>

export const AssistantAction = z.enum(['answer', 'run-flow', 'ask', 'handoff', 'refuse', 'warn-about-secret'])
export type AssistantAction = z.infer<typeof AssistantAction>

/** What the assistant would do, in full. */
export const AssistantEvaluation = z
  .object({
    action: AssistantAction,
    flow: z.string().nullable(),
    ask: z.array(z.string()),
    extracted: z.object({
      email: z.array(z.string()),
      plan: z.string().nullable(),
      timestamps: z.array(z.object({ iso: z.string(), zone: z.string().nullable() })),
      request_ids: z.array(z.string()),
      browser: z.string().nullable(),
      os: z.string().nullable(),
      device: z.string().nullable(),
      network: z.string().nullable(),
      workspace: z.array(z.string()),
      custom_gpt: z.array(z.string()),
      policy_message: z.string().nullable(),
      secrets: z.array(z.object({ kind: z.string() })),
    }),
    articles: z.array(z.object({ id: z.string(), slug: z.string(), title: z.string(), topic: z.string() })),
    handoff: z.boolean(),
    handoffSummary: z.string().nullable(),
    reply: z.string(),
    language: Locale,
    confidence: z.number(),
    resolved: z.boolean(),
    warn: z.boolean(),
  })
  .meta({ id: 'AssistantEvaluation' })
export type AssistantEvaluation = z.infer<typeof AssistantEvaluation>
