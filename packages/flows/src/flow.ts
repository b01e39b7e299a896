import { z } from 'zod'
import { checks } from './checks.ts'
import { limits } from './limits.ts'

/** No control characters but line breaks, and none that turn the direction of writing round. */
const printable = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^(?=[\s\S]*\S)[^\u0000-\u0009\u000B-\u001F\u007F\u202A-\u202E\u2066-\u2069]*$/)

const localText = (max: number) => z.strictObject({ en: printable(max), el: printable(max) })
const Title = localText(limits.titleLength).meta({ id: 'Title' })
const Label = localText(limits.labelLength).meta({ id: 'Label' })
const Text = localText(limits.textLength).meta({ id: 'Text' })

const Id = z
  .string()
  .max(limits.idLength)
  .regex(/^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/)
  .meta({ id: 'Id', description: 'Small letters, digits, hyphens or underscores.' })
const Slug = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .meta({ id: 'Slug' })
const Next = Id.meta({ id: 'Next', description: 'The id of a step, or `done`, or `handover`.' })
const Slot = z
  .string()
  .max(60)
  .meta({ id: 'Slot', description: 'A field of the case such as `account.email`, or `flow.` and a name.' })
const Value = z.union([printable(limits.valueLength), z.boolean(), z.number()]).meta({ id: 'Value' })
const Version = z.int().min(1).max(1_000_000)

/** Why a person is called; the words for it are the caller's. */
export const handoverReasons = [
  'exhausted',
  'account',
  'sso',
  'billing',
  'dispute',
  'refund',
  'appeal',
  'security',
  'fault',
  'recording',
  'flow-changed',
  'too-long',
] as const
const Reason = z.enum(handoverReasons)

/** What happens besides: a mark on the conversation, a fact that follows, an article to show. */
const effects = {
  tags: z.array(Id).min(1).max(limits.tags).exactOptional(),
  set: z.record(z.string().max(60), Value).exactOptional(),
  article: Slug.exactOptional(),
}

/** `say` is for the person who asks, `note` for agents, `admin` for the administrators of an organisation. */
const notes = { note: Text.exactOptional(), admin: Text.exactOptional() }
const minutes = z.number().min(0).max(limits.minutes).exactOptional()

const StandardDoReply = z.enum(['worked', 'still-fails', 'not-possible', 'skip'])
const DoReply = z
  .strictObject({
    id: Id,
    label: Label.exactOptional(),
    outcome: z.enum(['fixed', 'not_fixed', 'skipped', 'not_possible']).exactOptional(),
    next: Next.exactOptional(),
    reason: Reason.exactOptional(),
    ...effects,
  })
  .meta({ id: 'DoReply' })

const Phrases = z.array(printable(limits.phraseLength)).max(limits.phrases)
const Said = z.strictObject({ en: Phrases, el: Phrases }).meta({
  id: 'Said',
  description:
    'How people say this reply in their own words: `word*` is any ending, `a/b` either, `…` up to four words.',
})

/** Rules that read a value from a person's own words. */
export const slotReaders = ['http-status'] as const

const StandardAskReply = z.enum(['not-sure', 'skip'])
const AskReply = z
  .strictObject({
    id: Id,
    label: Label.exactOptional(),
    value: Value.exactOptional(),
    said: Said.exactOptional(),
    next: Next.exactOptional(),
    reason: Reason.exactOptional(),
    ...effects,
  })
  .meta({ id: 'AskReply' })

const SayStep = z.strictObject({
  id: Id,
  kind: z.literal('say'),
  title: Title.exactOptional(),
  say: Text,
  ...notes,
  ...effects,
  next: Next,
})
const DoStep = z.strictObject({
  id: Id,
  kind: z.literal('do'),
  title: Title,
  say: Text,
  ...notes,
  minutes,
  ...effects,
  replies: z
    .array(z.union([StandardDoReply, DoReply]))
    .min(1)
    .max(limits.replies),
  next: Next.exactOptional(),
})
const AskStep = z.strictObject({
  id: Id,
  kind: z.literal('ask'),
  title: Title,
  say: Text,
  ...notes,
  ...effects,
  slot: Slot,
  read: z.enum(slotReaders).exactOptional(),
  replies: z
    .array(z.union([StandardAskReply, AskReply]))
    .min(1)
    .max(limits.replies)
    .exactOptional(),
  next: Next.exactOptional(),
})
const BranchStep = z.strictObject({
  id: Id,
  kind: z.literal('branch'),
  title: Title.exactOptional(),
  slot: Slot,
  cases: z
    .array(z.strictObject({ is: z.union([Value, z.array(Value).min(1).max(20)]), next: Next }))
    .min(1)
    .max(limits.cases),
  otherwise: Next,
})
const EndStep = z.strictObject({
  id: Id,
  kind: z.literal('end'),
  end: z.enum(['done', 'answer', 'handover', 'flow']),
  title: Title.exactOptional(),
  say: Text.exactOptional(),
  ...notes,
  reason: Reason.exactOptional(),
  flow: Id.exactOptional(),
  ...effects,
})

const Outcome = z
  .union([
    Next,
    z.strictObject({ next: Next, say: Text.exactOptional(), ...notes, tags: effects.tags, set: effects.set }),
  ])
  .meta({ id: 'Outcome' })

/** The exact outcomes of a check, each of which has to lead somewhere. */
const outcomes = <const N extends readonly string[]>(names: N) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, Outcome])) as Record<N[number], typeof Outcome>)

const checkBase = { id: Id, kind: z.literal('check'), title: Title.exactOptional() }
const CheckStep = z.discriminatedUnion('check', [
  z.strictObject({
    ...checkBase,
    check: z.literal('attachment-size'),
    with: checks['attachment-size'].params,
    outcomes: outcomes(checks['attachment-size'].outcomes),
  }),
  z.strictObject({
    ...checkBase,
    check: z.literal('component-status'),
    with: checks['component-status'].params.exactOptional(),
    outcomes: outcomes(checks['component-status'].outcomes),
  }),
  z.strictObject({
    ...checkBase,
    check: z.literal('incident-open'),
    with: checks['incident-open'].params.exactOptional(),
    outcomes: outcomes(checks['incident-open'].outcomes),
  }),
  z.strictObject({
    ...checkBase,
    check: z.literal('har-finding'),
    with: checks['har-finding'].params,
    outcomes: outcomes(checks['har-finding'].outcomes),
  }),
  z.strictObject({
    ...checkBase,
    check: z.literal('membership'),
    with: checks.membership.params.exactOptional(),
    outcomes: outcomes(checks.membership.outcomes),
  }),
  z.strictObject({
    ...checkBase,
    check: z.literal('slot-known'),
    with: checks['slot-known'].params,
    outcomes: outcomes(checks['slot-known'].outcomes),
  }),
])

export const StepSchema = z.discriminatedUnion('kind', [SayStep, DoStep, AskStep, CheckStep, BranchStep, EndStep])

export const FlowSchema = z.strictObject({
  id: Id,
  version: Version,
  title: Title,
  article: Slug.exactOptional(),
  phrases: z.strictObject({ en: Phrases, el: Phrases }),
  placeholders: z.array(z.string().max(40)).max(20).exactOptional(),
  steps: z.array(StepSchema).min(1).max(limits.steps),
})

/** A flow as it is written. The first step is where a run starts. */
export type Flow = z.infer<typeof FlowSchema>
export type FlowStep = z.infer<typeof StepSchema>
export type SlotReader = (typeof slotReaders)[number]
export type StepKind = FlowStep['kind']
export type HandoverReason = z.infer<typeof Reason>
/** A sentence for people in every language that Clew ships with. */
export type LocalText = z.infer<typeof Text>
export type FlowLocale = keyof LocalText
/** What a reply says about a step: `not_possible` is "I may not do that here", `skipped` is "I would rather not". */
export type StepOutcome = NonNullable<z.infer<typeof DoReply>['outcome']>

/** The two values of `next` that end a run without words of their own; no step may be called like them. */
export const plainEnds = ['done', 'handover'] as const
export type PlainEnd = (typeof plainEnds)[number]
export const isPlainEnd = (next: string): next is PlainEnd => next === 'done' || next === 'handover'

export const stepKinds = ['say', 'do', 'ask', 'check', 'branch', 'end'] as const satisfies readonly StepKind[]
