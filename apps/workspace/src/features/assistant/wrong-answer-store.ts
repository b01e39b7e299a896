import type { Message } from '@clew/contract/conversations'
import type { Locale } from '@clew/contract/primitives'
import { createStore } from '../../app/store.ts'

export type WrongAnswer = { answer: Message; question: string; locale: Locale }

/** The answer that somebody is about to mark as wrong. */
export const wrongAnswer = createStore<WrongAnswer | undefined>(undefined)

/** Which answer a key means: the one that holds the focus, else the last that rests on an article, else the last. */
export function answerInReach(messages: readonly Message[]): Message | undefined {
  const seq = Number(document.activeElement?.closest<HTMLElement>('[data-seq]')?.dataset['seq'])
  const said = messages.filter(({ author, activity }) => author.type === 'assistant' && activity === undefined)
  const quoted = said.findLast(({ sources = [] }) => sources.length > 0)
  return said.find((message) => message.seq === seq) ?? quoted ?? said.at(-1)
}

/** What the contact had written last before an answer. */
const questionBefore = (messages: readonly Message[], answer: Message): string =>
  messages.findLast(({ seq, author, body }) => seq < answer.seq && author.type === 'contact' && body !== '')?.body ?? ''

export function askAboutAnswer(messages: readonly Message[], answer: Message | undefined, locale: Locale): void {
  if (answer) wrongAnswer.set({ answer, question: questionBefore(messages, answer), locale })
}
