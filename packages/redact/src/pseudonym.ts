import { sipHash } from './siphash.ts'

/** Gives the same value the same short tag within one file, and another tag in another file. */
export interface Pseudonymiser {
  tag(kind: string, value: string): string
  /** `[cookie:3f9a, 64 chars]` */
  placeholder(kind: string, value: string): string
  /** `[cookie:3f9a,64chars]`: the same without a space, for places such as a URL where a space would break the syntax. */
  compact(kind: string, value: string): string
}

const TAG_LENGTH = 4
const REMEMBERED_TAGS = 20_000

export function createPseudonymiser(key: Uint8Array): Pseudonymiser {
  const encoder = new TextEncoder()
  const remembered = new Map<string, string>()

  function tag(kind: string, value: string): string {
    const name = `${kind}\u0000${value}`
    const known = remembered.get(name)
    if (known !== undefined) return known
    const fresh = sipHash(key, encoder.encode(name)).slice(0, TAG_LENGTH)
    if (remembered.size < REMEMBERED_TAGS && value.length < 512) remembered.set(name, fresh)
    return fresh
  }

  return {
    tag,
    placeholder: (kind, value) => `[${kind}:${tag(kind, value)}, ${value.length} chars]`,
    compact: (kind, value) => `[${kind}:${tag(kind, value)},${value.length}chars]`,
  }
}

/** A key that nobody else has; `getRandomValues` exists on plain http too, unlike `crypto.subtle`. */
export function createFileKey(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(16))
}

const ONE =
  '\\[[a-z][a-z_ -]{0,30}(?::[0-9a-f]{4,8})?,\\s?\\d{1,12}\\s?(?:chars|bytes|items)(?:, [a-z]{1,20} "[\\w .:/-]{1,80}")?\\]'
const WHOLE = new RegExp(`^${ONE}$`)
const ANYWHERE = new RegExp(ONE, 'g')

/** True for exactly one whole placeholder of ours, so that cleaning a clean file again changes nothing. */
export function isPlaceholder(text: string): boolean {
  return text.charCodeAt(0) === 0x5b && text.length < 180 && WHOLE.test(text)
}

/** Where placeholders of ours stand in a longer text. */
export function findPlaceholders(text: string): { start: number; end: number }[] {
  if (!text.includes('[')) return []
  return Array.from(text.matchAll(ANYWHERE), (match) => ({ start: match.index, end: match.index + match[0].length }))
}
