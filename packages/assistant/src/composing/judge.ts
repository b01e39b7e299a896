import type { HandOverReason } from '@clew/contract/conversations'
import { currentValues, expectationsOf } from '@clew/intake'
import type { Locale } from '@clew/text'
import { decideUrgent } from '../policy/decide.ts'
import type { Did, Turn } from '../turn/step.ts'
import type { Sign } from '../understanding/signs.ts'
import type { Desk } from './desk.ts'
import { type Fault, faultsOf, type Ground, type Sentence } from './verify.ts'

/** What a model answers with. */
export type Written = { kind: 'answer' | 'ask' | 'cannot'; language: Locale; sentences: readonly Sentence[] }

export type WrittenFault = Fault | 'asked_again' | 'unknown_token' | 'wrong_kind' | 'nothing_said' | 'too_much'

const mostSentences = 8
const longestReply = 1800

export type Bench = {
  turn: Turn
  desk: Desk
  /** Hosts that a link may lead to. */
  hosts: readonly string[]
  /** Everything that the contact wrote in this conversation. */
  said: string
  /** Puts the words behind tokens back. */
  restore: (text: string) => string | undefined
}

export type Judged = { text: string; cites: readonly string[]; faults: readonly WrittenFault[] }

/** One sentence as the reader would see it, and what speaks against it. */
export function judgeSentence({ turn, desk, hosts, said, restore }: Bench, sentence: Sentence): Judged {
  const text = restore(sentence.text)
  if (text === undefined) return { ...sentence, faults: ['unknown_token'] }
  const ground: Ground = {
    passages: new Map([...desk.evidence].map(([id, { text: passage }]) => [id, passage])),
    said,
    language: turn.locale,
    hosts,
  }
  const faults = faultsOf({ text, cites: sentence.cites }, ground)
  return {
    text: text.trim(),
    cites: sentence.cites,
    faults: asksAgain(turn, text) ? [...faults, 'asked_again'] : faults,
  }
}

/** What speaks against a reply as a whole. The rules have said whether it is an answer or a question. */
export function judgeReply(
  { kind, language, sentences }: Written,
  { did, turn }: { did: Did; turn: Turn },
): WrittenFault[] {
  const isTooMuch =
    sentences.length > mostSentences || sentences.map(({ text }) => text).join(' ').length > longestReply
  const found: [WrittenFault, boolean][] = [
    ['wrong_kind', did.action === 'answer' ? kind !== 'answer' : kind === 'cannot'],
    ['language', language !== turn.locale],
    [
      'nothing_said',
      sentences.length === 0 || (kind === 'answer' && sentences.every(({ cites }) => cites.length === 0)),
    ],
    ['too_much', isTooMuch],
  ]
  return found.filter(([, holds]) => holds).map(([fault]) => fault)
}

/** A question is legal only while its answer is not known and it was not put before. */
function asksAgain({ facts }: Turn, text: string): boolean {
  const known = currentValues(facts)
  return expectationsOf(text).some(({ field, part }) => {
    if (field === 'timestamps') return known.timestamps !== undefined && known.timestamps.unclear === undefined
    const value = known[field]
    return value !== undefined && (part === undefined || Object.hasOwn(value, part))
  })
}

const signOf: Partial<Record<HandOverReason, Sign>> = {
  danger: 'danger',
  legal: 'legal',
  recovery: 'recovery',
  dispute: 'dispute',
  appeal: 'appeal',
  anger: 'anger',
}

/**
 * Whether a person takes over because a model thinks so: its opinion counts as much as a word that was said, and the
 * same rules are asked once more. What only means "I do not know" is no reason, the rules have one of their own.
 */
export function urgentBy({ understood }: Turn, proposed: HandOverReason | undefined): HandOverReason | undefined {
  const sign = proposed && signOf[proposed]
  if (!understood || !sign) return undefined
  const intention = decideUrgent({ ...understood, signs: new Set([...understood.signs, sign]) })
  return intention?.kind === 'hand-over' ? intention.reason : undefined
}

const meanings: Record<WrittenFault, string> = {
  empty: 'it is empty',
  too_long: 'it is too long',
  no_source: 'it says something and cites no passage',
  unknown_source: 'it cites a passage that was not shown',
  unsupported: 'the cited passages do not say this',
  contradicts: 'the cited passage says the opposite',
  number: 'a number in it stands neither in the passage nor in the message',
  link: 'it holds a link or host that the passage does not have',
  address: 'it holds an address that the passage does not have',
  identifier: 'it holds an id that nobody gave',
  promise: 'it promises or claims to have done something',
  language: 'it is in the wrong language',
  markup: 'it holds markup',
  secret: 'it repeats a secret',
  asked_again: 'it asks for what is known already',
  unknown_token: 'it holds a token that stands for nothing',
  wrong_kind: 'this kind of reply is not wanted here',
  nothing_said: 'it says nothing that rests on a passage',
  too_much: 'it is too much text',
}

/** Tells the model what was wrong, once. */
export const tellFaults = (faults: readonly WrittenFault[]): string =>
  `Your reply cannot be sent: ${[...new Set(faults)].map((fault) => meanings[fault]).join('; ')}. Write it again, or say "cannot".`
