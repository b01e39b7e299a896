import { isKnownId, isWordy, MIN_NEEDLE } from '@clew/redact'
import type { RemovalKind } from './types.ts'

/**
 * A secret that looks like anything else. Where structure says what stands there, the same word is no trace of it.
 *
 * word   a password that is a plain word or a date
 * label  a cookie that is words, such as a tenant, a server or a version
 * login  the name of a user that is a word with a number: it may stand in a path
 */
export type Ordinary = 'word' | 'label' | 'login'

const TOO_COMMON =
  /^(?:password|undefined|function|localhost|anonymous|username|required|\[.*\]|[A-Za-z]{2}[-_][A-Za-z]{2}(?:[.,;@].{0,5})?|\d{2,5}x\d{2,5}|(?:iso-8859|windows|utf)-\d{1,4}(?:-\d)?)$/i
const DATE_LIKE = /^[\d:TZ.,+ /-]{6,30}$/
const HOST_LIKE = /^(?:(?:https?:)?\/\/)?(?:[a-z0-9-]{1,40}\.){1,6}[a-z]{2,10}(?::\d+)?(?:\/[a-z/-]{0,60})?$/i
const ADDRESS_LIKE = /^(?:https?:)?\/\/(?:[a-z0-9-]{1,63}\.){0,6}[a-z0-9-]{1,63}(?::\d{1,5})?(\/[\w./~+-]{0,300})?$/i

/** Erasing a word such as "default" everywhere would ruin the file and protect nobody. */
export function isDistinctive(kind: RemovalKind, value: string): boolean {
  if (value.length < MIN_NEEDLE || TOO_COMMON.test(value)) return false
  if (kind === 'password' || (kind === 'email' && value.includes('@'))) return true
  if (value.length < 8 || value.startsWith('Mozilla/')) return false
  return kind === 'personal' ? isPersonal(value) : !isHarmlessAs(kind, value) && isTokenLike(value)
}

function isHarmlessAs(kind: RemovalKind, value: string): boolean {
  if (kind === 'other') return /\s/.test(value) || isKnownId(value)
  return kind === 'cookie' && ((isKnownId(value) && !UUID_START.test(value)) || isPlainPath(value))
}

/** A session may be one; what else is known is an id by its form. */
const UUID_START = /^[0-9a-f]{8}-/i

const MAX_FIELD_WORDS = 200
const FIELD_WORDS = /^[\p{L}\p{M}\s.,:;!?()…'’"«»“”_/-]+$/u
const ALGORITHM = /^(?:hmac[-_]?)?sha[-_]?\d{1,3}$/i

/**
 * True for what a server says under the name of a password and what is none: the label of a field, a sentence about it, a type,
 * a date, an address.
 */
export function isFieldWords(value: string): boolean {
  if (value.length > MAX_FIELD_WORDS) return false
  const words = value.replace(/(\s)\d{1,2}(?=\s)/g, '$1')
  if (FIELD_WORDS.test(words)) return isWordy(words)
  return ALGORITHM.test(value) || isDate(value) || isPageAddress(value) || isPlainPath(value)
}

function isDate(value: string): boolean {
  return DATE_LIKE.test(value) && /^\d{1,4}[-/.:]\d\d/.test(value)
}

const MAX_ORDINARY = 64
const STRICTNESS = ['label', 'word', 'login', undefined] as const

export function isStricter(kind: RemovalKind, known: RemovalKind, secret: string): boolean {
  return STRICTNESS.indexOf(ordinaryAs(kind, secret)) > STRICTNESS.indexOf(ordinaryAs(known, secret))
}

/** As what a secret of this kind looks like anything else; undefined when it is distinctive. */
export function ordinaryAs(kind: RemovalKind, secret: string): Ordinary | undefined {
  if (secret.length > MAX_ORDINARY || !/^[\w ./:,+-]+$/.test(secret)) return undefined
  if (kind === 'password') return (!/\d/.test(secret) && isWordy(secret)) || isDate(secret) ? 'word' : undefined
  if (kind === 'cookie') return isWordy(secret) && !/[A-Za-z]{17}/.test(secret) ? 'label' : undefined
  return kind === 'personal' && isLogin(secret) ? 'login' : undefined
}

/** A word and a number: no word of a sentence. */
function isLogin(value: string): boolean {
  return /^[A-Za-z]{2,24}\d{1,6}$/.test(value)
}

function isPersonal(value: string): boolean {
  if (isKnownId(value)) return false
  return /[\s@]/.test(value) || /\d{8}/.test(value) || /[^\x00-\x7f]/.test(value) || !isWordy(value) || isLogin(value)
}

/** Where somebody was is no secret that opens anything; a segment that looks like one makes it one. */
function isPageAddress(value: string): boolean {
  const path = ADDRESS_LIKE.exec(value)?.[1]
  return path !== undefined && path.split(/[/.]/).every((segment) => segment.length < 12 || isWordy(segment))
}

/** `/api/v1/orders` */
function isPlainPath(value: string): boolean {
  return (
    /^\/[\w./~-]{1,300}$/.test(value) && value.split('/').every((segment) => segment.length < 4 || isWordy(segment))
  )
}

function isTokenLike(value: string): boolean {
  if (HOST_LIKE.test(value) || isPageAddress(value)) return false
  if (DATE_LIKE.test(value)) return /\d{14}/.test(value)
  return (/\d/.test(value) && /[A-Za-z]/.test(value)) || !isWordy(value)
}
