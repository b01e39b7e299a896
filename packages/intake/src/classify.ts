import { fold, type Locale, skeleton, skeletonVariants } from '@clew/text'
import { readAsSpelt } from './extract/spelling.ts'
import { kindClues } from './kind-clues.ts'
import { type ProblemKind, problemKinds } from './problem-kinds.ts'

export type ClassifiedProblem = { kind: ProblemKind /** 0–1; 0 when no word decided. */; confidence: number }

type Clue = { written: RegExp; heard: RegExp | undefined; weight: number }

const isGreekStem = (stem: string): boolean => /^[\p{Script=Greek} ]+$/u.test(stem)

function asClue([weight, ...stems]: readonly [number, ...string[]]): Clue {
  const heard = stems.filter(isGreekStem).map(skeleton)
  return {
    weight,
    written: new RegExp(`(?<!\\p{L})(?:${stems.join('|')})`, 'gu'),
    // By sound a stem says less, so that short ones would be found everywhere.
    heard: heard.length > 0 ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${heard.join('|')})`, 'gu') : undefined,
  }
}

type Clues = Record<Exclude<ProblemKind, 'other'>, readonly Clue[]>

let read: Clues | undefined

/** Read with the first message and not while a server starts. */
const clues = (): Clues => {
  read ??= Object.fromEntries(
    Object.entries(kindClues).map(([kind, list]) => [kind, list.map(asClue)]),
  ) as unknown as Clues
  return read
}

/** "This is not about uploads": a clue that is denied speaks for nothing. */
const denial =
  /(?:not about|nothing to do with|δεν εχει να κανει με|δεν αφορα|δεν ειναι θεμα|den exei na kanei me|den afora)\s+(?:the |την? |τισ |το |ta |tin )?[\p{L}-]+|(?<!\p{L})not (?:sso|billing|the api|an? (?:upload|outage|api)\p{L}*)/gu

const longest = 8_000
const soundings = 4

/** Which kind of problem a message describes. The languages are read together, because people mix them. */
export function classifyProblem(text: string, _locale: Locale): ClassifiedProblem {
  const said = text.slice(0, longest)
  const folded = fold(said).replace(denial, ' ')
  const heard = isGreeklish(said) ? soundsOf(folded) : undefined
  const scores = problemKinds.flatMap((kind) =>
    kind === 'other' ? [] : [{ kind, score: scoreOf(clues()[kind], folded, heard) }],
  )
  const total = scores.reduce((sum, { score }) => sum + score, 0)
  const best = scores.reduce((top, next) => (next.score > top.score ? next : top), { kind: 'other', score: 0 } as {
    kind: ProblemKind
    score: number
  })
  return best.score < 2 ? { kind: 'other', confidence: 0 } : { kind: best.kind, confidence: best.score / (total + 1) }
}

const isGreeklish = (text: string): boolean => !/\p{Script=Greek}/u.test(text) && readAsSpelt(text).isGreek

/** The text as it sounds, in each of the ways in which its letters may be meant. */
function soundsOf(folded: string): string {
  const words = (folded.match(/[\p{L}\p{N}]{1,30}/gu) ?? []).map((word) => skeletonVariants(word))
  const reading = (index: number): string => words.map((variants) => variants[index] ?? variants[0] ?? '').join(' ')
  return Array.from({ length: soundings }, (_, index) => reading(index)).join('\n')
}

/** Each clue counts once: saying "file" five times is not five reasons. */
function scoreOf(list: readonly Clue[], folded: string, heard: string | undefined): number {
  return list.reduce((sum, { written, heard: sound, weight }) => {
    const words = [...(folded.match(written) ?? []), ...((sound && heard?.match(sound)) ?? [])]
    const different = new Set(words).size
    return sum + (different === 0 ? 0 : weight + Math.min(1, different - 1))
  }, 0)
}
