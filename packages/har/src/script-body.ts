import type { SecretKind } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { cleanJson, cleanJsonText } from './json-body.ts'
import type { JsonObject, JsonValue } from './types.ts'

/** Random-looking texts are not among them: a bundle is full of hashes of its own files, which must stay readable elsewhere. */
const CREDENTIALS: readonly SecretKind[] = ['private_key', 'api_key', 'jwt', 'email', 'password', 'token']

const MAX_SCRIPT = 4 << 20
const MAX_STATES = 40

/** Code is not kept: nobody diagnoses by reading it here. What a server wrote into it, a call with JSON, is walked. */
export function cleanScript(text: string, cleaner: Cleaner): string {
  const called = cleanJsonCall(text, cleaner)
  if (called !== undefined) return called
  if (!cleaner.isPublic) learnFromScript(text, cleaner)
  return cleaner.deny('body', 'javascript', text)
}

/** A name of which a part was erased is still one. */
const JSON_CALL =
  /^(\s{0,64}(?:\/\*\*\/)?\s{0,8}(?:[\w$.]|\[[a-z]{1,20}:[0-9a-f]{4,16},\d{1,9}chars\]){1,100}\()(?=\s{0,8}[[{])/

/** `callback({ … });` */
function cleanJsonCall(text: string, cleaner: Cleaner): string | undefined {
  const open = JSON_CALL.exec(text)?.[1]
  const close = /\)\s{0,8};?\s{0,8}$/.exec(text.slice(-24))?.[0]
  if (open === undefined || close === undefined) return undefined
  const clean = cleanJsonText(text.slice(open.length, -close.length), cleaner)
  return clean === undefined ? undefined : open + clean + close
}

/** Finds what a script holds of credentials, and the state that a server put into it, such as `window.__STATE__ = {…}`. */
export function learnFromScript(text: string, cleaner: Cleaner): void {
  const learner = cleaner.learner
  if (learner === undefined || text.length > MAX_SCRIPT) return
  cleaner.learnFrom(text, CREDENTIALS)
  let states = 0
  for (const match of text.matchAll(STATE)) {
    states += 1
    if (states > MAX_STATES) return
    learnState(text, match.index + match[0].length, learner)
  }
}

const STATE = /[=(]\s{0,8}(?=\{\s{0,64}"|\[\s{0,64}[{"])|JSON\.parse\(\s{0,8}(?=["'])/g

function learnState(text: string, start: number, learner: Cleaner): void {
  const first = text.charAt(start)
  const isQuoted = first === '"' || first === "'"
  const end = isQuoted ? endOfString(text, start) : endOfValue(text, start)
  if (end === undefined) return
  const source = text.slice(start, end)
  try {
    const value: unknown = JSON.parse(isQuoted ? unquoted(source) : source)
    if (isState(value)) cleanJson(value, learner)
  } catch {
    // Code that looks like JSON at its beginning.
  }
}

/** Not the list of its own files that a bundle carries: `{ "12": "8f3a2c1d" }`. */
function isState(value: unknown): value is JsonObject | JsonValue[] {
  if (typeof value !== 'object' || value === null) return false
  return !Object.values(value).every((item) => typeof item === 'string' && /^[0-9a-f]{4,64}$/.test(item))
}

function unquoted(source: string): string {
  const inner = source.slice(1, -1)
  return source.startsWith('"') ? String(JSON.parse(source)) : inner.replace(/\\(['\\])/g, '$1')
}

const MAX_STATE = 1 << 20

/** Where the object or list that begins here ends. */
function endOfValue(text: string, start: number): number | undefined {
  let depth = 0
  const limit = Math.min(text.length, start + MAX_STATE)
  for (let i = start; i < limit; i += 1) {
    const char = text.charCodeAt(i)
    if (char === 0x22) {
      const end = endOfString(text, i)
      if (end === undefined) return undefined
      i = end - 1
    } else if (char === 0x7b || char === 0x5b) depth += 1
    else if (char === 0x7d || char === 0x5d) {
      depth -= 1
      if (depth === 0) return i + 1
    }
  }
  return undefined
}

function endOfString(text: string, start: number): number | undefined {
  const quote = text.charCodeAt(start)
  const limit = Math.min(text.length, start + MAX_STATE)
  for (let i = start + 1; i < limit; i += 1) {
    const char = text.charCodeAt(i)
    if (char === 0x5c) i += 1
    else if (char === quote) return i + 1
    else if (char === 0x0a) return undefined
  }
  return undefined
}
