import type { Flow, Heard } from '@clew/flows'
import { type Fact, readFileSize } from '@clew/intake'
import { heardFrom, type Words } from './read-words.ts'
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

/** How large the contact says the file is. */
export const saidBytesOf = (turn: Turn): number | undefined =>
  wordsOf(turn)
    .map(({ text }) => readFileSize(text)?.bytes)
    .findLast((bytes) => bytes !== undefined)
