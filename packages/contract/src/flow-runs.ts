import { z } from 'zod'
import { typedText } from './primitives.ts'

/** A flow by its name, for a page that asks for it. */
export const NamedFlow = z.object({ id: z.string(), title: z.string() }).meta({ id: 'NamedFlow' })
export type NamedFlow = z.infer<typeof NamedFlow>

/** A flow that was walked in a conversation, with what it says to the agent and for an administrator. For the team only. */
export const WalkedFlow = z
  .object({
    flowId: z.string(),
    title: z.string(),
    isOpen: z.boolean(),
    /** Where it stands now. */
    current: z.string().optional(),
    /** What the person said, so that it need not be asked. */
    answers: z.array(z.object({ title: z.string(), answer: z.string() })),
    notes: z.array(z.object({ stepId: z.string(), note: z.string().optional(), admin: z.string().optional() })),
  })
  .meta({ id: 'WalkedFlow' })
export type WalkedFlow = z.infer<typeof WalkedFlow>

export const WalkedFlowList = z.object({ flows: z.array(WalkedFlow) }).meta({ id: 'WalkedFlowList' })
export type WalkedFlowList = z.infer<typeof WalkedFlowList>

const Said = z.object({
  stepId: z.string(),
  title: z.string().optional(),
  text: z.string().optional(),
  note: z.string().optional().meta({ description: 'For the agent alone.' }),
})

/** A flow that an agent walks, in the agent's language. `offer` is the same step for the contact, in theirs. */
export const AgentWalk = z
  .object({
    flowId: z.string(),
    title: z.string(),
    state: z.enum(['running', 'done', 'answered', 'handover', 'cancelled']),
    reason: z.string().optional().meta({ description: 'Why it is for a person, as flows name it.' }),
    lead: z.array(Said).meta({ description: 'What was said or found on the way here.' }),
    current: Said.extend({
      title: z.string(),
      minutes: z.number().optional(),
      tried: z
        .enum(['fixed', 'not_fixed', 'skipped', 'not_possible'])
        .optional()
        .meta({ description: 'How it went when the contact tried it.' }),
      ownWords: z.boolean().meta({ description: 'It can be answered in words, besides the replies.' }),
      replies: z.array(z.object({ id: z.string(), label: z.string() })),
    }).optional(),
    end: Said.optional(),
    offer: z.string().optional().meta({ description: 'What could be sent to the contact now.' }),
    answers: z.array(
      z.object({
        stepId: z.string(),
        title: z.string(),
        outcome: z.enum(['fixed', 'not_fixed', 'skipped', 'not_possible', 'answered']),
        answer: z.string().optional(),
        said: z.string().optional().meta({ description: 'The words of the contact that it was taken from.' }),
      }),
    ),
    articles: z.array(z.object({ slug: z.string(), title: z.string(), url: z.string() })),
  })
  .meta({ id: 'AgentWalk' })
export type AgentWalk = z.infer<typeof AgentWalk>

/** What can be walked in a conversation, and what is being walked or was last. */
export const AgentWalkState = z
  .object({
    flows: z.array(z.object({ id: z.string(), title: z.string() })),
    suggested: z.string().optional().meta({ description: 'The flow that the contact was in.' }),
    walk: AgentWalk.optional(),
  })
  .meta({ id: 'AgentWalkState' })
export type AgentWalkState = z.infer<typeof AgentWalkState>

export const StartWalk = z.strictObject({ flowId: z.string().max(80) })
export type StartWalk = z.infer<typeof StartWalk>

const stepId = z.string().max(80)
/** What the agent does at a step. An answer to a step that is no longer the current one changes nothing. */
export const AnswerWalk = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('reply'), stepId, replyId: z.string().max(80) }),
  z.strictObject({ type: z.literal('words'), stepId, text: typedText(2000) }),
  z.strictObject({ type: z.literal('skip'), stepId }),
  z.strictObject({ type: z.literal('correct'), stepId }).meta({ description: 'Back to a step that was answered.' }),
  z.strictObject({ type: z.literal('cancel') }),
])
export type AnswerWalk = z.infer<typeof AnswerWalk>
