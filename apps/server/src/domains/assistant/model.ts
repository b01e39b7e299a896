import type { Run } from '@clew/flows'
import { fold } from '@clew/text'

/** Where the assistant stands in one conversation. */
export type Turn = {
  state: 'answering' | 'in_flow' | 'silent'
  /** How often in a row it had no answer that it trusts. */
  unsure: number
  /** The last message it has dealt with; nothing is answered twice. */
  answeredSeq: number
  run: Run | undefined
}

export const newTurn: Turn = { state: 'answering', unsure: 0, answeredSeq: 0, run: undefined }

/** What a pressed button means. The ids travel through the browser, so they are parsed, never trusted. */
export type Choice =
  | { type: 'person' }
  | { type: 'worked' }
  | { type: 'still_stuck'; slug: string | undefined }
  | { type: 'article'; slug: string }
  | { type: 'start_flow'; flowId: string }
  | { type: 'flow_reply'; flowId: string; stepId: string; replyId: string }

const name = '[a-z0-9_-]{1,80}'
const patterns: readonly [RegExp, (parts: readonly string[]) => Choice][] = [
  [/^person$/, () => ({ type: 'person' })],
  [/^worked$/, () => ({ type: 'worked' })],
  [new RegExp(`^stuck(?::(${name}))?$`), ([slug]) => ({ type: 'still_stuck', slug })],
  [new RegExp(`^article:(${name})$`), ([slug = '']) => ({ type: 'article', slug })],
  [new RegExp(`^flow:(${name})$`), ([flowId = '']) => ({ type: 'start_flow', flowId })],
  [
    new RegExp(`^flow:(${name}):(${name}):(${name})$`),
    ([flowId = '', stepId = '', replyId = '']) => ({ type: 'flow_reply', flowId, stepId, replyId }),
  ],
]

export function parseChoice(quickReplyId: string): Choice | undefined {
  for (const [pattern, read] of patterns) {
    const match = pattern.exec(quickReplyId)
    if (match) return read(match.slice(1))
  }
  return undefined
}

/** Folded words with which people ask for a person, in English, Greek and Greek in Latin letters. */
const personPatterns: readonly RegExp[] = [
  /\b(talk|speak|chat|connect|transfer|pass|put)\b.{0,30}\b(human|person|agent|someone|somebody|representative|people)\b/,
  /\b(real|live|actual) (human|person|agent)\b/,
  /\b(want|need|get|give) (me )?(a |an |to )?(human|person|agent)\b/,
  /^\s*(human|agent|person|representative)\s*[!.?]*\s*$/,
  /(μιλησω|μιλησουμε|συνδεσε|συνδεστε|θελω|μιλαω).{0,30}(ανθρωπο|εκπροσωπο|καποιον|υπαλληλο)/,
  /^\s*(ανθρωπο[σς]?|εκπροσωπο[σς]?)\s*[!.;?]*\s*$/,
  /\b(thelo|8elo|milis[oaw]|milhs[ow]|sindese|syndese).{0,30}\b(an[tu8]h?rwpo|an[t8]h?ropo|ekprosopo|ekproswpo|kapoion)\b/,
]

/** Whether someone asks for a person. Missing one is worse than offering one too soon. */
export const asksForPerson = (text: string): boolean => {
  const folded = fold(text.slice(0, 500))
  return personPatterns.some((pattern) => pattern.test(folded))
}

const greetings =
  /^\s*(hi|hello|hey|good (morning|evening|afternoon)|γεια( σ[αο][σς]?)?|καλημερα( σ[αο][σς]?)?|καλησπερα( σ[αο][σς]?)?|geia( sas| sou)?|kalimera|kalispera)( there| all)?[\s!.,;?]*$/

export const isGreeting = (text: string): boolean => greetings.test(fold(text.slice(0, 80)))

const thanks = /^\s*(thanks?( you| a lot)?|ευχαριστω( πολυ)?|efxaristo|eyxaristw|ok(ay)?( thanks?)?|ενταξει)[\s!.,]*$/
export const isThanks = (text: string): boolean => thanks.test(fold(text.slice(0, 80)))
