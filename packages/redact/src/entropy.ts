/** Shannon entropy in bits per character of at most the first 256 characters. */
export function entropyOf(text: string): number {
  const length = Math.min(text.length, 256)
  if (length === 0) return 0
  const counts = new Map<number, number>()
  for (let i = 0; i < length; i += 1) {
    const code = text.charCodeAt(i)
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  let bits = 0
  for (const count of counts.values()) bits -= (count / length) * Math.log2(count / length)
  return bits
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
  const parts = text.split(/[^A-Za-z0-9]+/)
  let random = 0
  for (const part of parts) {
    if (part === '' || /^\d{1,4}$/.test(part) || /^v\d{1,3}$/i.test(part) || isWord(part)) continue
    random += part.length
  }
  return random <= Math.min(4, text.length / 8)
}

function isWord(part: string): boolean {
  return (
    /^\d{0,4}(?:[A-Z]?[a-z]+|[A-Z]+|[a-z]+(?:[A-Z][a-z]+){1,6}|(?:[A-Z][a-z]+){2,6})\d{0,4}$/.test(part) &&
    part.length <= 40 &&
    !/[bcdfghjklmnpqrstvwxz]{6}/i.test(part)
  )
}
