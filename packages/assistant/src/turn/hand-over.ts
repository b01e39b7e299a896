import type { HandOverReason } from '@clew/contract/conversations'
import { completeness, nextQuestion } from '@clew/intake'
import type { Dialogue } from '../dialogue/dialogue.ts'
import { moved, type Step, type Turn } from './step.ts'
import { askName, fieldNames, questionSaying, say, words } from './words.ts'

/** A person takes over now. The last thing said is what they know and what would still help them. */
export function handOver(turn: Turn, dialogue: Dialogue, reason: HandOverReason): Step {
  const t = words[turn.locale]
  const { given, missing } = completeness(turn.kind, turn.facts)
  const needed = missing.filter(({ importance }) => importance === 'needed').map(({ field }) => field)
  const isUrgent = reason === 'danger'
  const parts = [
    t(`assistant.handed_over_${reason}`),
    ...(turn.team.isOpen || turn.team.opensLine === undefined
      ? []
      : [t('assistant.closed_until', { line: turn.team.opensLine })]),
    ...(isUrgent || given.length === 0 ? [] : [t('assistant.they_know', { known: fieldNames(turn.locale, given) })]),
    ...(isUrgent || needed.length === 0
      ? []
      : [t('assistant.would_help', { missing: fieldNames(turn.locale, needed) })]),
  ]
  return {
    dialogue: moved(dialogue, 'handed_over', { open: undefined, pending: undefined, offeredPerson: false }),
    sayings: [say(parts.join(' '))],
    effects: [{ type: 'hand_over', reason }],
    did: { action: 'handoff', slugs: [], ask: [] },
  }
}

/** What a person has to decide anyway does not wait for answers. */
const waits: readonly HandOverReason[] = ['flow_exhausted', 'low_confidence']

/** So many questions are put before a person is called; somebody who has tried everything is tired. */
const mostQuestions = 2

/** What is still needed is asked first, a question at a time; each may be skipped, and a person called at once. */
export function collectThenHandOver(
  turn: Turn,
  dialogue: Dialogue,
  { reason, lead = '' }: { reason: HandOverReason; lead?: string },
): Step {
  const question = nextQuestion(turn.kind, turn.facts, { asked: dialogue.asked })
  const put = dialogue.pending === undefined ? 0 : dialogue.asked.length
  if (!question || put >= mostQuestions || !waits.includes(reason))
    return handOver(turn, dialogue, dialogue.pending ?? reason)
  const asked = { field: question.field, part: question.part }
  return {
    dialogue: moved(dialogue, 'question_put', {
      open: asked,
      asked: [...dialogue.asked, asked],
      pending: dialogue.pending ?? reason,
    }),
    sayings: [questionSaying(turn.locale, asked, lead)],
    effects: [],
    did: { action: 'ask', slugs: [], ask: [askName(asked)] },
  }
}
