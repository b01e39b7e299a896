import { z } from 'zod'
import { ConversationId, Instant, typedText } from './primitives.ts'

/** The ten categories of a case. The same names as in `@clew/intake`. */
export const CaseField = z.enum([
  'problem',
  'steps',
  'timestamps',
  'account',
  'request_ids',
  'visuals',
  'environment',
  'workspace',
  'assistant_id',
  'policy_message',
])
export type CaseField = z.infer<typeof CaseField>

export const FactSource = z.enum(['contact', 'browser', 'har', 'host_page', 'agent', 'assistant', 'log'])
export type FactSource = z.infer<typeof FactSource>

const line = typedText(400)
const id = z.string().min(1).max(200)
/** Code keeps its form, the spaces at its beginning included. */
const snippet = z
  .string()
  .min(1)
  .max(10_000)
  .refine((text) => !text.includes('\u0000'), { error: 'must not contain NUL characters' })

export const Plan = z.enum(['free', 'plus', 'team', 'business', 'enterprise'])
export type Plan = z.infer<typeof Plan>

/** The typed value of each category; the same shapes as `FactValues` of `@clew/intake`. */
const factValues = {
  problem: z.strictObject({ text: typedText(4000) }),
  steps: z.strictObject({ items: z.array(line).max(50) }),
  timestamps: z.strictObject({
    said: line,
    utc: Instant.optional(),
    zone: z.string().max(64).optional(),
    local: z.string().max(19).optional(),
    unclear: z.enum(['zone', 'date', 'time']).optional(),
  }),
  account: z.strictObject({
    email: z.email().max(254).optional(),
    plan: Plan.optional(),
    billingEmail: z.email().max(254).optional(),
  }),
  request_ids: z.strictObject({ requestIds: z.array(id).max(50), completionIds: z.array(id).max(50) }),
  visuals: z.strictObject({ attachmentIds: z.array(z.uuid()).max(50), snippets: z.array(snippet).max(20) }),
  environment: z.strictObject({
    browser: line.optional(),
    browserVersion: line.optional(),
    os: line.optional(),
    osVersion: line.optional(),
    device: z.enum(['desktop', 'laptop', 'phone', 'tablet', 'desktop_app']).optional(),
    network: z.enum(['corporate', 'home', 'mobile', 'public']).optional(),
    vpn: z.boolean().optional(),
    proxy: z.boolean().optional(),
    firewall: z.boolean().optional(),
  }),
  workspace: z.strictObject({
    organisationId: id.optional(),
    workspaceId: id.optional(),
    projectId: id.optional(),
    name: line.optional(),
  }),
  assistant_id: z.strictObject({ id, url: z.url().max(500).optional() }),
  policy_message: z.strictObject({ message: typedText(2000), requestId: id.optional() }),
}

/** One union over the ten categories, each with what `more` adds. */
const byField = <M extends z.ZodRawShape>(more: M) =>
  z.discriminatedUnion('field', [
    z.strictObject({ field: z.literal('problem'), value: factValues.problem, ...more }),
    z.strictObject({ field: z.literal('steps'), value: factValues.steps, ...more }),
    z.strictObject({ field: z.literal('timestamps'), value: factValues.timestamps, ...more }),
    z.strictObject({ field: z.literal('account'), value: factValues.account, ...more }),
    z.strictObject({ field: z.literal('request_ids'), value: factValues.request_ids, ...more }),
    z.strictObject({ field: z.literal('visuals'), value: factValues.visuals, ...more }),
    z.strictObject({ field: z.literal('environment'), value: factValues.environment, ...more }),
    z.strictObject({ field: z.literal('workspace'), value: factValues.workspace, ...more }),
    z.strictObject({ field: z.literal('assistant_id'), value: factValues.assistant_id, ...more }),
    z.strictObject({ field: z.literal('policy_message'), value: factValues.policy_message, ...more }),
  ])

/** What holds now for one category, and who said the last of it. */
export const Fact = byField({
  source: FactSource,
  at: Instant,
  quote: z.string().optional(),
  /** How sure the reading is, 0–1; absent where somebody filled it in. */
  confidence: z.number().min(0).max(1).optional(),
}).meta({ id: 'Fact' })
export type Fact = z.infer<typeof Fact>

export const ProblemKind = z.enum([
  'api_error',
  'ui_problem',
  'upload',
  'sign_in',
  'sso',
  'billing',
  'policy',
  'streaming',
  'outage',
  'admin',
  'privacy',
  'other',
])
export type ProblemKind = z.infer<typeof ProblemKind>

/** What was known of a category before something else took its place, and when it was learnt. */
export const EarlierValue = byField({ at: Instant }).meta({ id: 'EarlierValue' })
export type EarlierValue = z.infer<typeof EarlierValue>

const reason = z.string().max(80).meta({ description: 'The key of the sentence that says why it helps.' })

/** What is known about a problem so far, and what would still help. */
export const Case = z
  .object({
    conversationId: ConversationId,
    kind: ProblemKind,
    facts: z.array(Fact),
    earlier: z.array(EarlierValue).meta({ description: 'Values that were corrected since, oldest first.' }),
    missing: z.array(z.object({ field: CaseField, importance: z.enum(['needed', 'helpful']), reason })),
    notNeeded: z.array(CaseField),
    given: z.int(),
    wanted: z.int(),
    score: z.int().min(0).max(100).meta({ description: 'How complete it is for its kind of problem.' }),
    next: z
      .object({ field: CaseField, gain: z.int(), reason })
      .optional()
      .meta({ description: 'What would raise the score most, and by how much.' }),
  })
  .meta({ id: 'Case' })
export type Case = z.infer<typeof Case>

/** Adds to or corrects one category; what was said before is kept as history. */
export const SetFact = byField({ source: z.enum(['contact', 'browser', 'host_page', 'agent']).default('contact') })
export type SetFact = z.input<typeof SetFact>
