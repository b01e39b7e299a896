/** Puts tokens in place of what may not leave the house, and puts the words back into what returns. */
export type Tokens = {
  hide: (text: string) => string
  /** Undefined when the text names a token that was never given out. */
  restore: (text: string) => string | undefined
}

type Kind = 'email' | 'phone' | 'iban' | 'tax-id' | 'address' | 'name'

const patterns: readonly [Kind, RegExp][] = [
  ['email', /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu],
  ['iban', /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g],
  ['address', /\b(?:\d{1,3}\.){3}\d{1,3}\b/g],
  ['tax-id', /(?<=(?:ΑΦΜ|Α\.Φ\.Μ\.|afm|vat(?: id| number)?|ΑΜΚΑ|amka)\W{0,4})(?:[A-Z]{2})?\d{9,12}\b/giu],
  [
    'phone',
    /(?<![\p{L}\p{N}_-])(?!\d{1,4}[-./]\d{1,2}[-./]\d{1,4})(?:\+|00)?\d(?:[ ./()-]?\d){8,13}(?![\p{L}\p{N}_-])/gu,
  ],
]

const token = /\[(?:email|phone|iban|tax-id|address|name)#\d{1,3}\]/g

/**
 * The same words get the same token through a whole turn, so a model can still tell two addresses apart. `names` are
 * those of the people in the conversation: a name cannot be told by its shape.
 */
export function createTokens(names: readonly string[] = []): Tokens {
  const tokenOf = new Map<string, string>()
  const wordsOf = new Map<string, string>()
  const counts = new Map<Kind, number>()
  const give = (kind: Kind, words: string): string => {
    const key = words.toLowerCase()
    const known = tokenOf.get(key)
    if (known) return known
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    const made = `[${kind}#${count}]`
    tokenOf.set(key, made)
    wordsOf.set(made, words)
    return made
  }
  const people = names.flatMap(patternsOf)
  return {
    hide: (text) => {
      // What looks like a token in the text itself must not be mistaken for one of ours.
      let hidden = text.replace(token, (found) => found.replace('#', ' '))
      for (const [kind, pattern] of patterns) hidden = hidden.replace(pattern, (words) => give(kind, words))
      for (const pattern of people) hidden = hidden.replace(pattern, (words) => give('name', words))
      return hidden
    },
    restore: (text) => {
      let isWhole = true
      const restored = text.replace(token, (found) => {
        const words = wordsOf.get(found)
        if (words === undefined) isWhole = false
        return words ?? ''
      })
      return isWhole ? restored : undefined
    },
  }
}

const shortestName = 3

/** A whole name in any case; a part of it as a name is written, because many are words as well. */
function patternsOf(name: string): RegExp[] {
  const whole = name.trim()
  if (whole.length < shortestName) return []
  const parts = whole.split(/\s+/).filter((part) => part !== whole && part.length >= shortestName)
  return [wordsOnly(whole, 'giu'), ...parts.map((part) => wordsOnly(part, 'gu'))]
}

const wordsOnly = (words: string, flags: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}_#])${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')}(?![\\p{L}\\p{N}_])`,
    flags,
  )
