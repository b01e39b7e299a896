import { fold } from './fold.ts'

/*
 * A phonetic key that Greek letters and every common way of typing Greek in Latin letters share.
 * Capitals and digits are sounds that one Latin letter does not carry: U = ου, F = β φ and the υ of αυ/ευ, 8 = θ, 3 = ξ, X = χ.
 */

const greekPairs: Record<string, string> = {
  ου: 'U',
  αι: 'e',
  ει: 'i',
  οι: 'i',
  υι: 'i',
  αυ: 'aF',
  ευ: 'eF',
  ηυ: 'iF',
  μπ: 'b',
  γκ: 'g',
  γγ: 'g',
}
const greekLetters: Record<string, string> = {
  α: 'a',
  β: 'F',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: '8',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: '3',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  τ: 't',
  υ: 'i',
  φ: 'F',
  χ: 'X',
  ψ: 'ps',
  ω: 'o',
}

const latinPairs: Record<string, string> = {
  ou: 'U',
  oy: 'U',
  ai: 'e',
  ei: 'i',
  oi: 'i',
  ui: 'i',
  yi: 'i',
  au: 'aF',
  av: 'aF',
  af: 'aF',
  ay: 'aF',
  eu: 'eF',
  ev: 'eF',
  ef: 'eF',
  ey: 'eF',
  th: '8',
  ks: '3',
  ch: 'X',
  kh: 'X',
  ph: 'F',
  mp: 'b',
  gk: 'g',
  gg: 'g',
  ps: 'ps',
}
const latinLetters: Record<string, string> = {
  a: 'a',
  c: 'k',
  d: 'd',
  e: 'e',
  f: 'F',
  g: 'g',
  i: 'i',
  j: 'z',
  k: 'k',
  l: 'l',
  m: 'm',
  n: 'n',
  o: 'o',
  p: 'p',
  q: 'k',
  r: 'r',
  s: 's',
  t: 't',
  v: 'F',
  w: 'o',
  y: 'i',
  z: 'z',
  '3': '3',
  '8': '8',
  '9': '8',
  '0': 'o',
  '4': 'ps',
}
/** Letters that two habits use for two sounds. */
const ambiguous: Record<string, readonly string[]> = { x: ['X', '3'], h: ['X', 'i'], u: ['U', 'i'], b: ['F', 'b'] }

const maxVariants = 12

/** The phonetic key of a text, word by word; of an ambiguous Latin word the first reading. */
export function skeleton(text: string): string {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => skeletonVariants(word)[0] ?? word)
    .join(' ')
}

/** Every reading of one folded word, at most twelve. A word with Greek letters or only digits has exactly one. */
export function skeletonVariants(folded: string): string[] {
  if (/^\d+$/.test(folded)) return [folded]
  const isGreek = /\p{Script=Greek}/u.test(folded)
  const [pairs, letters] = isGreek ? [greekPairs, greekLetters] : [latinPairs, latinLetters]
  let variants = ['']
  for (let i = 0; i < folded.length; i++) {
    const pair = pairs[folded.slice(i, i + 2)]
    const letter = folded[i] ?? ''
    const readings = pair ? [pair] : ((isGreek ? undefined : ambiguous[letter]) ?? [letters[letter] ?? letter])
    if (pair) i++
    const [only = ''] = readings
    variants = readings.length === 1 ? variants.map((variant) => variant + only) : extend(variants, readings)
  }
  return [...new Set(variants.map((variant) => variant.replace(/(.)\1+/g, '$1')))]
}

function extend(variants: string[], readings: readonly string[]): string[] {
  const longer = readings.flatMap((reading) => variants.map((variant) => variant + reading))
  return longer.slice(0, maxVariants)
}
