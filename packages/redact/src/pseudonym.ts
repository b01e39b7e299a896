import { sipHash } from './siphash.ts'

/** Gives the same value the same short tag within one file, and another tag in another file. */
export interface Pseudonymiser {
  tag(kind: string, value: string): string
  /** `[cookie:3f9a, 64 chars]` */
  placeholder(kind: string, value: string): string
  /** `[cookie:3f9a,64chars]`: the same without a space, for places such as a URL where a space would break the syntax. */
  compact(kind: string, value: string): string
}

const REMEMBERED_TAGS = 20_000

/**
 * Tags are as short as they can be without two values sharing one, which depends on what was tagged before. `areLong`: they
 * depend on key and value alone, for those who work on parts of a file apart from each other.
 */
export function createPseudonymiser(key: Uint8Array, { areLong = false } = {}): Pseudonymiser {
  const tagOf = areLong ? longTags(key) : shortTags(key)
  return {
    tag: (_kind, value) => tagOf(value),
    placeholder: (kind, value) => `[${kind}:${tagOf(value)}, ${value.length} chars]`,
    compact: (kind, value) => `[${kind}:${tagOf(value)},${value.length}chars]`,
  }
}

function shortTags(key: Uint8Array): (value: string) => string {
  const registry = registryOf(key)
  return (value) => registry.tagOf(value)
}

/** Of fifty thousand values two share one in one file out of a thousand. */
const LONG_TAG = 10

function longTags(key: Uint8Array): (value: string) => string {
  const encoder = new TextEncoder()
  return (value) => sipHash(key, encoder.encode(value)).slice(0, LONG_TAG)
}

/** All that share a key object share the tags given so far, so that none of them gives one twice. */
function registryOf(key: Uint8Array): TagRegistry {
  const known = registries.get(key)
  if (known !== undefined) return known
  const fresh = new TagRegistry(key)
  registries.set(key, fresh)
  return fresh
}

const registries = new WeakMap<Uint8Array, TagRegistry>()

/** Four digits are readable, but two of a few hundred values would share them: whoever comes second gets a longer tag. */
const TAG_LENGTHS = [4, 6, 8]
const MAX_SHORT_TAGS = 100_000

class TagRegistry {
  readonly #key: Uint8Array
  readonly #encoder = new TextEncoder()
  readonly #remembered = new Map<string, string>()
  readonly #hashOfTag = new Map<string, string>()

  constructor(key: Uint8Array) {
    this.#key = key
  }

  tagOf(value: string): string {
    const known = this.#remembered.get(value)
    if (known !== undefined) return known
    const fresh = this.#shortened(sipHash(this.#key, this.#encoder.encode(value)))
    if (this.#remembered.size < REMEMBERED_TAGS && value.length < 512) this.#remembered.set(value, fresh)
    return fresh
  }

  /** When there are too many tags to remember, the whole hash is one. */
  #shortened(hash: string): string {
    for (const length of TAG_LENGTHS) {
      const tag = hash.slice(0, length)
      const owner = this.#hashOfTag.get(tag)
      if (owner === hash) return tag
      if (owner !== undefined) continue
      if (this.#hashOfTag.size >= MAX_SHORT_TAGS) break
      this.#hashOfTag.set(tag, hash)
      return tag
    }
    return hash
  }
}

/** A key that nobody else has; `getRandomValues` exists on plain http too, unlike `crypto.subtle`. */
export function createFileKey(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(16))
}

const ONE =
  '\\[[a-z][a-z_ -]{0,30}(?::[0-9a-f]{4,16})?,\\s?\\d{1,12}\\s?(?:chars|bytes|items)(?:, [a-z]{1,20} "[\\w .:/-]{1,80}")?\\]'
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
