import type { Flow, FlowLocale, FlowStep } from '@clew/flows/flow'
import { outcomeOf, repliesOf } from '@clew/flows/steps'

/** One way on from a step, in the reader's words. `labels` are all that lead the same way. */
export type Way = { to: string; label: string; place: string }

export type WayWords = {
  outcome(check: string, name: string): string
  otherwise: string
  value(value: string | number | boolean): string
}

/** Every way on from a step, in the order in which it is written. */
export function waysOf(step: FlowStep, locale: FlowLocale, words: WayWords): Way[] {
  switch (step.kind) {
    case 'say':
      return [{ to: step.next, label: '', place: 'next' }]
    case 'do':
    case 'ask':
      return replyWays(step, locale)
    case 'check':
      return Object.keys(step.outcomes).map((name) => ({
        to: outcomeOf(step, name).next,
        label: words.outcome(step.check, name),
        place: `outcomes.${name}`,
      }))
    case 'branch':
      return [
        ...step.cases.map(({ is, next }, index) => ({
          to: next,
          label: (Array.isArray(is) ? is : [is]).map(words.value).join(', '),
          place: `cases.${index}`,
        })),
        { to: step.otherwise, label: words.otherwise, place: 'otherwise' },
      ]
    case 'end':
      return []
  }
}

function replyWays(step: Extract<FlowStep, { kind: 'do' | 'ask' }>, locale: FlowLocale): Way[] {
  const replies = repliesOf(step).map(({ id, label, next }, index) => ({
    to: next ?? '',
    label: label?.[locale] || id,
    place: `replies.${index}`,
  }))
  if (replies.length > 0 || step.next === undefined) return replies
  return [{ to: step.next, label: '', place: 'next' }]
}

/** Ways to the same step are one line. */
export type Edge = { from: string; to: string; label: string }

export function edgesOf(flow: Flow, locale: FlowLocale, words: WayWords): Edge[] {
  const ids = new Set(flow.steps.map(({ id }) => id))
  return flow.steps.flatMap((step) => {
    const labels = new Map<string, string[]>()
    for (const { to, label } of waysOf(step, locale, words))
      if (ids.has(to)) labels.set(to, [...(labels.get(to) ?? []), label])
    return [...labels].map(([to, all]) => ({ from: step.id, to, label: all.filter(Boolean).join(', ') }))
  })
}

/** What a card is called where its step has no title: the beginning of what it says. */
export function titleOf(step: FlowStep, locale: FlowLocale, kindName: string): string {
  const title = 'title' in step ? step.title?.[locale] : undefined
  if (title) return title
  const said = 'say' in step ? step.say?.[locale] : undefined
  if (!said) return kindName
  // No dot stands before an ellipsis.
  return said.length > 48 ? `${said.slice(0, 47).replace(/[\s.…,]+$/, '')}…` : said
}
