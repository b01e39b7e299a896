import type { Flow, SlotReader } from '@clew/flows/flow'
import { isOpen, type Run } from '@clew/flows/run'
import type { Heard } from '@clew/flows/run-input'
import { isOwnSlot, type SlotValue } from '@clew/flows/slots'
import { type AskStep, type Reply, repliesOf } from '@clew/flows/steps'
import { readHttpStatus } from '@clew/intake/extract/said-values'
import { fold, type Locale, stem, tokenise } from '@clew/text'
import { type Phrases, phrases, saidIn } from '../understanding/said.ts'

/*
 * What typed words say to the questions of a flow, without anything that had to be learnt: the bubble, an agent's walk and the
 * test run beside the editor read them alike.
 */

export type Words = { text: string; at: string }

/** Questions of the flow's own that the contact has answered without being asked; the latest words count. */
export function heardFrom(flow: Flow, said: readonly Words[]): Record<string, Heard> {
  const heard: Record<string, Heard> = {}
  for (const { text, at } of said)
    for (const step of ownQuestions(flow)) {
      const value = saidFor(step, text)
      if (value !== undefined) heard[step.slot] = { value, quote: text.slice(0, longestQuote), at }
    }
  return heard
}

const longestQuote = 200

export const ownQuestions = (flow: Flow): AskStep[] =>
  flow.steps.flatMap((step) => (step.kind === 'ask' && isOwnSlot(step.slot) ? [step] : []))

/** What these words say for a question that is still to come is kept for it. */
export function keepSaid(flow: Flow, run: Run, { text, at }: Words): Run {
  const current = isOpen(run) ? run.currentStepId : undefined
  const fresh = ownQuestions(flow).flatMap((step) => {
    const value = step.id === current || Object.hasOwn(run.slots, step.slot) ? undefined : saidFor(step, text)
    return value === undefined ? [] : [[step.slot, { value, quote: text.slice(0, longestQuote), at }] as const]
  })
  return {
    ...run,
    slots: { ...Object.fromEntries(fresh.map(([slot, { value }]) => [slot, value])), ...run.slots },
    heard: { ...run.heard, ...Object.fromEntries(fresh) },
  }
}

const readers: Record<SlotReader, (text: string, options: { isAsked: boolean }) => string | undefined> = {
  'http-status': (text, options) => readHttpStatus(text, options)?.value,
}

/** A flow that changes has new steps. */
const compiled = new WeakMap<AskStep, { value: SlotValue; phrases: Phrases }[]>()

/** The value that words have for a question: by its rule, else as one of its replies may be said. Two are none. */
export function saidFor(step: AskStep, text: string, { isAsked = false } = {}): SlotValue | undefined {
  const read = step.read && readers[step.read](text, { isAsked })
  if (read !== undefined) return read
  const words = saidIn(text)
  const found = new Set(
    phrasesOf(step)
      .filter((each) => each.phrases.in(words))
      .map(({ value }) => value),
  )
  return found.size === 1 ? [...found][0] : undefined
}

function phrasesOf(step: AskStep): { value: SlotValue; phrases: Phrases }[] {
  const known = compiled.get(step)
  if (known) return known
  const made = repliesOf(step).flatMap(({ value, said }) => {
    const lines = said ? [...said.en, ...said.el] : []
    return value === undefined || lines.length === 0 ? [] : [{ value, phrases: phrases(lines.join('\n')) }]
  })
  compiled.set(step, made)
  return made
}

/** A person types what stands on a button, or most of it. */
export function labelSaid(replies: readonly Reply[], text: string, locale: Locale): Reply | undefined {
  const said = contentOf(text)
  if (said.size === 0 || said.size > 8) return undefined
  const scored = replies.map((reply) => {
    const label = contentOf(reply.label?.[locale] ?? '')
    const shared = [...label].filter((word) => said.has(word)).length
    return { reply, share: label.size === 0 ? 0 : shared / label.size }
  })
  const [best, second] = scored.sort((a, b) => b.share - a.share)
  return best && best.share >= 0.6 && best.share > (second?.share ?? 0) ? best.reply : undefined
}

const contentOf = (text: string): ReadonlySet<string> => new Set(tokenise(text).map(({ folded }) => stem(fold(folded))))
