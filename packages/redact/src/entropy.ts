const MEASURED = 256
const counts = new Uint16Array(1 << 10)
/** n · log2 n, for every n that a count can be. */
const WEIGHTS = Float64Array.from({ length: MEASURED + 1 }, (_, n) => (n < 2 ? 0 : n * Math.log2(n)))

/** Shannon entropy in bits per character of at most the first 256 characters. */
export function entropyOf(text: string): number {
  const length = Math.min(text.length, MEASURED)
  if (length === 0) return 0
  let weight = 0
  for (let i = 0; i < length; i += 1) {
    const place = text.charCodeAt(i) & 0x3ff
    const count = (counts[place] ?? 0) + 1
    counts[place] = count
    weight += (WEIGHTS[count] ?? 0) - (WEIGHTS[count - 1] ?? 0)
  }
  for (let i = 0; i < length; i += 1) counts[text.charCodeAt(i) & 0x3ff] = 0
  return Math.log2(length) - weight / length
}

const TOKEN_BITS = 3.5
const TOKEN_LENGTH = 20

/** Long, evenly spread and not made of words: what a key, a session or a hash looks like. */
export function looksRandom(text: string): boolean {
  if (text.length < TOKEN_LENGTH || !/\d/.test(text) || !/[A-Za-z]/.test(text)) return false
  if (isWordy(text)) return false
  return entropyOf(text) > TOKEN_BITS || /^[0-9a-f]{32,}$/i.test(text)
}

/** `long-running-upload-part-2` is words; `a8f-9Qx2-77Zb` is not. */
export function isWordy(text: string): boolean {
  if (isPlainWord(text)) return text.length <= 40
  const parts = text.split(/[^A-Za-z0-9]+/)
  let random = 0
  for (const part of parts) {
    if (part === '' || /^\d{1,4}$/.test(part) || /^v\d{1,3}$/i.test(part) || isWord(part)) continue
    random += part.length
  }
  return random <= Math.min(4, text.length / 8)
}

function isWord(part: string): boolean {
  if (part.length > 40) return false
  return isPlainWord(part) || (WORD.test(part) && !CONSONANTS.test(part))
}

const WORD = /^\d{0,4}(?:[A-Z]?[a-z]+|[A-Z]+|[a-z]+(?:[A-Z][a-z]+){1,6}|(?:[A-Z][a-z]+){2,6})\d{0,4}$/
const CONSONANTS = /[bcdfghjklmnpqrstvwxz]{6}/i

/** Small letters after a first one of either case, with a vowel now and then: most words, without a pattern. */
function isPlainWord(part: string): boolean {
  let consonants = 0
  for (let i = 0; i < part.length; i += 1) {
    const code = part.charCodeAt(i)
    const lower = i === 0 ? code | 0x20 : code
    if (lower < 0x61 || lower > 0x7a) return false
    consonants = IS_VOWEL[lower - 0x61] === 1 ? 0 : consonants + 1
    if (consonants === 6) return false
  }
  return part.length > 1
}

const IS_VOWEL = Uint8Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => ('aeiouy'.includes(letter) ? 1 : 0))
