import {
  createNeedleFinder,
  decodePercent,
  fromBase64,
  isKnownId,
  isWordy,
  MIN_NEEDLE,
  type NeedleFinder,
  needleForms,
  ownCopy,
  redactText,
} from '@clew/redact'
import { claimsOfJson } from './claims.ts'
import type { RemovalKind } from './types.ts'

const MAX_SECRETS = 50_000
const MAX_NEEDLE_CHARS = 24_000_000
const MAX_LENGTH = 8_192
const ESCAPED_IN_JSON = /[\\"\x00-\x1f\ud800-\udfff]/

/** The secrets of one file, learnt in the first pass so that the second can erase them wherever else they stand. */
export class Harvest {
  /** True when there were more secrets than are remembered: the caller then has to deny more. */
  isCapped = false
  readonly #secrets = new Map<string, RemovalKind>()
  readonly #seen = new Set<string>()

  get size(): number {
    return this.#secrets.size
  }

  learn(kind: RemovalKind, value: string): void {
    if (value.length < MIN_NEEDLE || this.#seen.has(value)) return
    if (this.#seen.size < MAX_SECRETS * 2) this.#seen.add(ownCopy(value))
    const decoded = value.includes('%') ? decodePercent(value) : value
    if (isDistinctive(kind, decoded)) {
      this.#add(kind, value)
      if (decoded !== value) this.#add(kind, decoded)
    }
    this.#learnInside(decoded)
    if (value.length >= 12 && value.length <= MAX_LENGTH) this.#learnBase64(kind, value)
  }

  kindOf(secret: string): RemovalKind {
    return this.#secrets.get(secret) ?? 'token'
  }

  /** Finds every written form of every secret, in a text and in the JSON of that text. */
  encodedFinder(): NeedleFinder {
    return createNeedleFinder(this.#allForms())
  }

  /** Finds the secrets as they are, for the check that decodes what is left. */
  plainFinder(): NeedleFinder {
    return createNeedleFinder(this.#secrets.keys())
  }

  *#allForms(): Generator<string | Uint8Array> {
    let chars = 0
    for (const secret of this.#secrets.keys()) {
      for (const form of chars > MAX_NEEDLE_CHARS ? [secret] : needleForms(secret)) {
        chars += form.length
        yield form
        if (typeof form === 'string' && ESCAPED_IN_JSON.test(form)) yield JSON.stringify(form).slice(1, -1)
      }
    }
    if (chars > MAX_NEEDLE_CHARS) this.isCapped = true
  }

  #add(kind: RemovalKind, value: string): void {
    const secret = value.trim().slice(0, MAX_LENGTH)
    if (!isDistinctive(kind, secret)) return
    if (this.#secrets.size >= MAX_SECRETS) this.isCapped = true
    else if (!this.#secrets.has(secret)) this.#secrets.set(ownCopy(secret), kind)
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

const TOO_COMMON =
  /^(?:password|undefined|function|localhost|anonymous|username|required|\[.*\]|[A-Za-z]{2}[-_][A-Za-z]{2}.{0,6}|\d{2,5}x\d{2,5}|(?:iso-8859|windows|utf)-\d{1,4}(?:-\d)?)$/i
const DATE_LIKE = /^[\d:TZ.,+ /-]{6,30}$/
const HOST_LIKE = /^(?:(?:https?:)?\/\/)?(?:[a-z0-9-]{1,40}\.){1,6}[a-z]{2,10}(?::\d+)?(?:\/[a-z/-]{0,60})?$/i
const ADDRESS_LIKE = /^(?:https?:)?\/\/(?:[a-z0-9-]{1,63}\.){0,6}[a-z0-9-]{1,63}(?::\d{1,5})?(\/[\w./~+-]{0,300})?$/i

/** Erasing a word such as "default" everywhere would ruin the file and protect nobody. */
function isDistinctive(kind: RemovalKind, value: string): boolean {
  if (value.length < MIN_NEEDLE || TOO_COMMON.test(value)) return false
  if (kind === 'password' || (kind === 'email' && value.includes('@'))) return true
  if (value.length < 8 || value.startsWith('Mozilla/')) return false
  if (kind === 'personal') return isPersonal(value)
  if (kind === 'other' && (/\s/.test(value) || isKnownId(value))) return false
  return isTokenLike(value)
}

function isPersonal(value: string): boolean {
  return !isKnownId(value) && (/[\s@]/.test(value) || /\d{8}/.test(value) || !isWordy(value))
}

/** Where somebody was is no secret that opens anything; a segment that looks like one makes it one. */
function isPageAddress(value: string): boolean {
  const path = ADDRESS_LIKE.exec(value)?.[1]
  return path !== undefined && path.split(/[/.]/).every((segment) => segment.length < 12 || isWordy(segment))
}

function isTokenLike(value: string): boolean {
  if (HOST_LIKE.test(value) || isPageAddress(value)) return false
  if (DATE_LIKE.test(value)) return /\d{14}/.test(value)
  return (/\d/.test(value) && /[A-Za-z]/.test(value)) || !isWordy(value)
}
