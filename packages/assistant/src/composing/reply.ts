import type { Dialogue } from '../dialogue/dialogue.ts'
import { handOver } from '../turn/hand-over.ts'
import type { Reply, Step, Turn } from '../turn/step.ts'
import { answerReplies } from '../turn/words.ts'
import type { Desk, Evidence } from './desk.ts'
import { type Judged, urgentBy, type Written } from './judge.ts'

/** A reply in a model's words, with the passages that it rests on. */
export type Composed = { body: string; cited: readonly Evidence[]; replies: readonly Reply[] }

/** What a composed turn comes to: the reply and what is remembered, a person after all, or what the rules say. */
export type ComposedStep =
  | { type: 'say'; composed: Composed; dialogue: Dialogue }
  | { type: 'hand_over'; step: Step }
  | { type: 'as_stored' }

export type Draft = { written: Written; judged: readonly Judged[] }

/**
 * Puts a verified draft in the place of what the rules would have said. Counters and states stay theirs, so that the
 * next turn is decided as it would be without a model. What the model proposed counts without a draft as well.
 */
export function composedStep(
  turn: Turn,
  stored: Pick<Step, 'sayings' | 'dialogue'>,
  { desk, draft }: { desk: Desk; draft: Draft | undefined },
): ComposedStep {
  const urgent = urgentBy(turn, desk.proposals.handOver)
  if (urgent) return { type: 'hand_over', step: handOver(turn, stored.dialogue, urgent) }
  if (!draft) return { type: 'as_stored' }
  const cited = citedBy(draft.judged, desk)
  const slugs = [...new Set(cited.flatMap(({ slug }) => slug ?? []))]
  const { shown } = stored.dialogue
  const isAnswer = draft.written.kind === 'answer'
  return {
    type: 'say',
    composed: {
      body: bodyOf(draft.judged),
      cited,
      replies: isAnswer ? repliesTo(turn, slugs, desk) : (stored.sayings[0]?.replies ?? []),
    },
    // The first that was cited is the one the next words are about.
    dialogue: { ...stored.dialogue, shown: [...shown.filter((one) => !slugs.includes(one)), ...slugs.reverse()] },
  }
}

function repliesTo(turn: Turn, [slug]: readonly string[], { proposals }: Desk): readonly Reply[] {
  const article = slug === undefined ? undefined : turn.knowledge.library.find(turn.locale, slug)
  return answerReplies(turn.locale, { slug, flowId: proposals.flowId ?? article?.flowId })
}

function citedBy(judged: readonly Judged[], { evidence }: Desk): Evidence[] {
  const ids = [...new Set(judged.flatMap(({ cites }) => cites))]
  const found = ids.flatMap((id) => evidence.get(id) ?? [])
  // One line for each part of an article, however many sentences rest on it.
  return found.filter(
    (each, at) => found.findIndex(({ slug, anchor }) => slug === each.slug && anchor === each.anchor) === at,
  )
}

/** Numbered steps stand on lines of their own. */
export const bodyOf = (sentences: readonly { text: string }[]): string =>
  sentences.reduce((body, { text }) => {
    if (body === '') return text
    return `${body}${/^(?:\d{1,2}[.)]|[-•])\s/.test(text) ? '\n' : ' '}${text}`
  }, '')
