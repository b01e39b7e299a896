import { type AskStep, type Flow, type Heard, isOwnSlot, repliesOf, type SlotReader, type SlotValue } from '@clew/flows'
import { type Fact, readFileSize, readHttpStatus } from '@clew/intake'
import { type Phrases, phrases, saidIn } from '../understanding/said.ts'
import type { Turn } from './step.ts'

/** What the contact wrote of the problem, oldest first, as the case has it. */
export const toldIn = (facts: readonly Fact[]): Words[] =>
  facts.flatMap((fact) =>
    fact.field === 'problem' && fact.source === 'contact' ? [{ text: fact.value.text, at: fact.at }] : [],
  )

/** What the contact wrote, oldest first: each message that said something, and this one. */
function wordsOf({ facts, at, text, understood }: Turn): Words[] {
  const told = toldIn(facts)
  return understood ? [...told.filter((each) => each.at !== at), { text, at }] : told
}

export const heardIn = (flow: Flow, turn: Turn): Record<string, Heard> => heardFrom(flow, wordsOf(turn))

type Words = { text: string; at: string }

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

/** How large the contact says the file is. */
export const saidBytesOf = (turn: Turn): number | undefined =>
  wordsOf(turn)
    .map(({ text }) => readFileSize(text)?.bytes)
    .findLast((bytes) => bytes !== undefined)

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
