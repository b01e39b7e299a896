import {
  createNeedleFinder,
  decodePercent,
  foldText,
  fromBase64,
  MIN_NEEDLE,
  type NeedleFinder,
  needleForms,
  ownCopy,
  redactText,
  spellingsOf,
} from '@clew/redact'
import { claimsOfJson } from './claims.ts'
import { isDistinctive, isStricter, type Ordinary, ordinaryAs } from './distinctive.ts'
import type { RemovalKind } from './types.ts'

const MAX_SECRETS = 50_000
const MAX_NEEDLE_CHARS = 24_000_000
const MAX_LENGTH = 8_192
const NOT_ASCII = /[^\x00-\x7f]/
const LONE_SURROGATE = /[\ud800-\udfff]/
/** A shorter word may be the beginning of another. */
const MIN_FOLDED = 8
const ESCAPED_IN_JSON = /[\\"\x00-\x1f\ud800-\udfff]/

interface Learnt {
  secrets: Record<RemovalKind, string[]>
  isCapped: boolean
}

/** The secrets of one file, learnt in the first pass so that the second can erase them wherever else they stand. */
export class Harvest {
  /** True when there were more secrets than are remembered: the caller then has to deny more. */
  isCapped = false
  readonly #secrets = new Map<string, RemovalKind>()
  readonly #folded = new Map<string, string>()
  #ordinary: ReadonlyMap<string, Ordinary> = new Map()
  /** A word that is nothing in a cookie may be a password elsewhere. */
  readonly #seen = new Map<RemovalKind, Set<string>>()
  #seenCount = 0

  get size(): number {
    return this.#secrets.size
  }

  learn(kind: RemovalKind, value: string): void {
    if (value.length < MIN_NEEDLE || this.#wasSeen(kind, value)) return
    const decoded = value.includes('%') ? decodePercent(value) : value
    if (isDistinctive(kind, decoded)) {
      this.#add(kind, value)
      if (decoded !== value) this.#add(kind, decoded)
    }
    this.#learnInside(decoded)
    if (value.length >= 12 && value.length <= MAX_LENGTH) this.#learnBase64(kind, value)
  }

  #wasSeen(kind: RemovalKind, value: string): boolean {
    let seen = this.#seen.get(kind)
    if (seen === undefined) this.#seen.set(kind, (seen = new Set()))
    if (seen.has(value)) return true
    if (this.#seenCount < MAX_SECRETS * 2) {
      seen.add(ownCopy(value))
      this.#seenCount += 1
    }
    return false
  }

  /** What was learnt, to be handed on to other threads: in bytes, which whoever only hands them on need not read. */
  learnt(): Uint8Array {
    const secrets: Partial<Learnt['secrets']> = {}
    for (const [secret, kind] of this.#secrets) (secrets[kind] ??= []).push(secret)
    return new TextEncoder().encode(JSON.stringify({ secrets, isCapped: this.isCapped }))
  }

  /** Knows afterwards what others and this one have learnt of the same file, and learns no more. */
  absorb(all: readonly Uint8Array[]): void {
    this.#secrets.clear()
    this.#seen.clear()
    for (const bytes of all) {
      const { secrets, isCapped }: Learnt = JSON.parse(new TextDecoder().decode(bytes))
      this.isCapped ||= isCapped
      for (const [kind, ofKind] of Object.entries(secrets))
        for (const secret of ofKind) this.#keep(kind as RemovalKind, secret)
    }
  }

  /** True when there are secrets that look like anything else. */
  get hasOrdinary(): boolean {
    return this.#ordinary.size > 0
  }

  /** Of a secret in lower case, as finders tell it; undefined for one that is distinctive, and for encoded forms of any. */
  ordinaryOf(secret: string): Ordinary | undefined {
    return this.#ordinary.get(secret)
  }

  kindOf(secret: string): RemovalKind {
    return this.#secrets.get(secret) ?? 'token'
  }

  /** Finds every written form of every secret, in a text and in the JSON of that text. */
  encodedFinder(): NeedleFinder {
    this.#ordinary = this.#findOrdinary()
    return createNeedleFinder(this.#allForms())
  }

  /** Finds the secrets as they are, for the check that decodes what is left. */
  plainFinder(): NeedleFinder {
    return createNeedleFinder(this.#secrets.keys())
  }

  /** Finds those with letters beyond ASCII in a text that `foldText` made of another. */
  foldedFinder(): NeedleFinder {
    for (const secret of this.#secrets.keys())
      if (secret.length >= MIN_FOLDED && NOT_ASCII.test(secret))
        this.#folded.set(foldText(secret.toLowerCase().normalize('NFC')), secret)
    return createNeedleFinder(this.#folded.keys())
  }

  /** The secret that a finder of folded ones has found. */
  unfolded(needle: string): string {
    return this.#folded.get(needle) ?? needle
  }

  *#allForms(): Generator<string | Uint8Array> {
    let chars = 0
    for (const secret of this.#secrets.keys()) {
      for (const form of chars > MAX_NEEDLE_CHARS ? [secret] : formsOf(secret)) {
        chars += form.length
        yield form
        if (typeof form === 'string' && ESCAPED_IN_JSON.test(form)) yield JSON.stringify(form).slice(1, -1)
      }
    }
    if (chars > MAX_NEEDLE_CHARS) this.isCapped = true
  }

  /** What is distinctive in one spelling is so in all. */
  #findOrdinary(): Map<string, Ordinary> {
    const found = new Map<string, Ordinary>()
    for (const [secret, kind] of this.#secrets) {
      const ordinary = ordinaryAs(kind, secret)
      if (ordinary !== undefined) found.set(secret.toLowerCase(), ordinary)
    }
    if (found.size > 0)
      for (const [secret, kind] of this.#secrets)
        if (ordinaryAs(kind, secret) === undefined) found.delete(secret.toLowerCase())
    return found
  }

  #add(kind: RemovalKind, value: string): void {
    const secret = value.trim().slice(0, MAX_LENGTH)
    if (isDistinctive(kind, secret)) this.#keep(kind, secret)
  }

  #keep(kind: RemovalKind, secret: string): void {
    const known = this.#secrets.get(secret)
    if (known === undefined && this.#secrets.size >= MAX_SECRETS) this.isCapped = true
    else if (known === undefined || isStricter(kind, known, secret)) this.#secrets.set(ownCopy(secret), kind)
  }

  /** An address or a token inside a longer secret is a secret of its own: it may stand elsewhere alone. */
  #learnInside(text: string): void {
    if (text.length > MAX_LENGTH) return
    for (const { kind, value } of redactText(text, { kinds: ['email', 'jwt', 'api_key', 'password', 'token'] })
      .values) {
      if (value !== text) this.#add(kind === 'email' ? 'email' : kind === 'password' ? 'password' : 'token', value)
      if (kind === 'jwt') this.#learnJwt(value)
    }
  }

  #learnJwt(jwt: string): void {
    const [, payload, signature] = jwt.split('.')
    if (signature !== undefined) this.#add('token', signature)
    if (payload === undefined) return
    this.#add('token', payload)
    this.#learnBase64('token', payload)
  }

  /** `user:password` of Basic, the claims of a JWT, a session kept in a cookie as base64 JSON. */
  #learnBase64(kind: RemovalKind, value: string): void {
    const bytes = fromBase64(value)
    if (bytes === undefined) return
    const text = new TextDecoder().decode(bytes)
    if (/[\ufffd\x00-\x08]/.test(text)) return
    const basic = /^([^:\s{}"]{1,128}):([^\s{}"]{4,128})$/.exec(text)
    if (basic !== null) {
      this.#add('personal', basic[1] ?? '')
      this.#add('password', basic[2] ?? '')
      this.#add(kind, text)
    }
    for (const claim of claimsOfJson(text)) this.#add(claim.kind, claim.value)
    this.#learnInside(text)
  }
}

function* formsOf(secret: string): Generator<string | Uint8Array> {
  yield* needleForms(secret)
  if (secret.length < MIN_FOLDED || !NOT_ASCII.test(secret) || LONE_SURROGATE.test(secret)) return
  for (const spelling of spellingsOf(secret)) {
    yield spelling
    yield encodeURIComponent(spelling)
  }
}
