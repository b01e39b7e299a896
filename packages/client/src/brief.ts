import type { Activity, HandOverBrief } from '@clew/contract/conversations'
import type { ConversationState } from './conversation-state.ts'

export type HandedOver = Extract<Activity, { type: 'handed_over' }>

/**
 * What the person who takes over knows: as the assistant told it, or, where the contact went past the assistant, what
 * stands in the conversation itself.
 */
export function briefAt({ brief }: HandedOver, state: ConversationState): HandOverBrief {
  return brief ?? briefFrom(state)
}

function briefFrom({ case: known, conversation, messages }: ConversationState): HandOverBrief {
  const problem = known.facts.find((fact) => fact.field === 'problem')
  const flow = messages.findLast(({ activity }) => activity?.type === 'flow_ended')?.activity
  const lacking = new Set(known.missing.map(({ field }) => field))
  const shown = messages.flatMap(({ sources = [] }) =>
    sources.map(({ slug, title }): [string, string] => [slug, title]),
  )
  return {
    ...(problem?.field === 'problem' ? { problem: problem.value.text } : {}),
    kind: known.kind,
    language: conversation.locale,
    given: known.facts.map(({ field }) => field).filter((field) => !lacking.has(field)),
    missing: known.missing.filter(({ importance }) => importance === 'needed').map(({ field }) => field),
    tried: flow?.type === 'flow_ended' ? flow.steps : [],
    articles: [...new Map(shown)].map(([slug, title]) => ({ slug, title })),
    findings: [],
  }
}
