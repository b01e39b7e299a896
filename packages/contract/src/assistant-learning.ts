import { z } from 'zod'
import { AssistantAction, EvaluateMessage } from './assistant.ts'
import { ConversationId, Locale, MessageId } from './primitives.ts'

/** What became of a question. `assumed`: nobody came back for 72 hours. `assisted`: a person took over. */
export const OutcomeTier = z.enum(['open', 'confirmed', 'assumed', 'assisted', 'failed'])
export type OutcomeTier = z.infer<typeof OutcomeTier>

/** Why an answer did not help, in one tap. */
export const ThumbReason = z.enum(['wrong_article', 'not_clear', 'did_not_work', 'other'])
export type ThumbReason = z.infer<typeof ThumbReason>

export const GiveThumbReason = z.strictObject({ reason: ThumbReason })

export const GapQuery = z.object({
  locale: Locale.optional(),
  days: z.coerce.number().int().min(1).max(365).default(30),
})
export type GapQuery = z.infer<typeof GapQuery>

/** Questions in other words for the same thing, to which the help centre has no answer that helped. */
export const Gap = z
  .object({
    id: z.string().meta({ description: 'The message that stands for the others.' }),
    locale: Locale,
    volume: z.int(),
    unanswered: z.int(),
    notHelpful: z.int(),
    handedOver: z.int(),
    examples: z.array(z.object({ conversationId: ConversationId, body: z.string(), askedAt: z.iso.datetime() })),
    nearest: z.object({ slug: z.string(), title: z.string(), coverage: z.number() }).nullable(),
    reasons: z.partialRecord(ThumbReason, z.int()),
    lastAskedAt: z.iso.datetime(),
  })
  .meta({ id: 'AssistantGap' })
export type Gap = z.infer<typeof Gap>

export const GapReport = z
  .object({
    days: z.int(),
    questions: z.int().meta({ description: 'All questions of that time, answered or not.' }),
    gaps: z.array(Gap),
    isCut: z.boolean().meta({ description: 'Only the newest were compared.' }),
  })
  .meta({ id: 'AssistantGapReport' })
export type GapReport = z.infer<typeof GapReport>

export const ResolutionQuery = z.object({ weeks: z.coerce.number().int().min(1).max(52).default(8) })

const Tiers = z.record(OutcomeTier, z.int())
export type Tiers = z.infer<typeof Tiers>

const ResolutionRow = z.object({ key: z.string(), label: z.string(), tiers: Tiers })
export type ResolutionRow = z.infer<typeof ResolutionRow>

export const ResolutionReport = z
  .object({
    weeks: z.int(),
    total: Tiers,
    returned: z.int().meta({ description: 'Failed because the contact came back after all.' }),
    byWeek: z.array(ResolutionRow),
    byArticle: z.array(ResolutionRow),
    byFlow: z.array(ResolutionRow),
    byLanguage: z.array(ResolutionRow),
    mayExport: z.boolean(),
  })
  .meta({ id: 'AssistantResolutionReport' })
export type ResolutionReport = z.infer<typeof ResolutionReport>

/** A message tried out by the team. Nothing of it is stored. */
export const TryMessage = EvaluateMessage.extend({
  askModel: z.boolean().default(false).meta({ description: 'Let the model that is set up put the answer into words.' }),
})
export type TryMessage = z.input<typeof TryMessage>

const Share = z.object({ label: z.string(), probability: z.number() })

/** What was sent to a model and what came back. Secrets and personal data are tokens here, as they are for the model. */
const ModelExchange = z.object({
  system: z.string(),
  messages: z.array(z.object({ role: z.enum(['user', 'assistant']), text: z.string() })),
  tools: z.array(z.object({ name: z.string(), input: z.string(), result: z.string() })),
  answer: z.string().nullable().meta({ description: 'Null where none came that could be read.' }),
})

/** How a model put the answer into words. `stored`: what the rules say is said, and `reason` and `faults` say why. */
export const PlaygroundModel = z
  .object({
    outcome: z.enum(['off', 'not_needed', 'composed', 'handed_over', 'stored']),
    reason: z.string().nullable(),
    faults: z.array(z.string()).meta({ description: 'What the checks found wrong in what it wrote.' }),
    requests: z.array(ModelExchange).meta({ description: 'The second is the one retry.' }),
    reply: z
      .object({
        body: z.string(),
        sources: z.array(z.object({ slug: z.string(), title: z.string(), locale: Locale })),
      })
      .nullable(),
    usage: z.object({ calls: z.int(), inputTokens: z.int(), outputTokens: z.int() }),
    ms: z.int(),
  })
  .meta({ id: 'AssistantPlaygroundModel' })
export type PlaygroundModel = z.infer<typeof PlaygroundModel>

/** The reply as the bubble would show it, and how it came about, stage by stage. */
export const Playground = z
  .object({
    sayings: z.array(
      z.object({
        body: z.string(),
        steps: z.array(z.string()),
        replies: z.array(z.string()),
        source: z.object({ slug: z.string(), title: z.string(), locale: Locale }).nullable(),
      }),
    ),
    trace: z.object({
      text: z.string().meta({ description: 'As it is understood: without secrets.' }),
      language: Locale,
      greeklish: z.boolean(),
      secrets: z.array(z.string()),
      facts: z.array(
        z.object({
          field: z.string(),
          value: z.string(),
          quote: z.string().nullable(),
          confidence: z.number().nullable(),
        }),
      ),
      signs: z.array(z.string()),
      acts: z.array(Share),
      topics: z.array(Share),
      hits: z.array(z.object({ slug: z.string(), title: z.string(), coverage: z.number() })),
      answerable: z.number(),
      rule: z.string().meta({ description: 'The rule that decides what the words alone mean.' }),
      intention: z.string(),
      did: z.object({
        action: AssistantAction,
        flow: z.string().nullable(),
        articles: z.array(z.string()),
        ask: z.array(z.string()),
      }),
      before: z.record(z.string(), z.string()),
      after: z.record(z.string(), z.string()),
      effects: z.array(z.string()),
    }),
    model: PlaygroundModel.optional().meta({ description: 'Where it was to be asked.' }),
  })
  .meta({ id: 'AssistantPlayground' })
export type Playground = z.infer<typeof Playground>

/** What would have been right where an answer was wrong. */
export const NoteWrongAnswer = z.strictObject({
  messageId: MessageId.meta({ description: 'The message of the assistant.' }),
  action: AssistantAction,
  flow: z.string().max(80).nullable().default(null),
  article: z.string().max(80).nullable().default(null),
})
export type NoteWrongAnswer = z.input<typeof NoteWrongAnswer>

export const Regression = z
  .object({
    id: z.uuid(),
    conversationId: ConversationId,
    locale: Locale,
    message: z.string(),
    action: AssistantAction,
    flow: z.string().nullable(),
    article: z.string().nullable(),
    notedBy: z.string(),
    notedAt: z.iso.datetime(),
  })
  .meta({ id: 'AssistantRegression' })
export type Regression = z.infer<typeof Regression>

export const RegressionList = z
  .object({ regressions: z.array(Regression), mayExport: z.boolean() })
  .meta({ id: 'AssistantRegressionList' })
export type RegressionList = z.infer<typeof RegressionList>

/** What the same pipeline does with each of them now. */
export const RegressionRun = z
  .object({
    results: z.array(
      z.object({
        id: z.uuid(),
        passed: z.boolean(),
        action: AssistantAction,
        flow: z.string().nullable(),
        articles: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'AssistantRegressionRun' })
export type RegressionRun = z.infer<typeof RegressionRun>

/** What an agent may choose as the right answer. */
export const AnswerChoices = z
  .object({
    articles: z.array(z.object({ slug: z.string(), title: z.string() })),
    flows: z.array(z.object({ id: z.string(), title: z.string() })),
  })
  .meta({ id: 'AssistantAnswerChoices' })
export type AnswerChoices = z.infer<typeof AnswerChoices>
