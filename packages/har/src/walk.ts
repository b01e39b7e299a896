import { isIpv4, isIpv6, isPlaceholder, isWordy } from '@clew/redact'
import { cleanBody, cleanMessage, decodeBase64Body } from './bodies.ts'
import type { Cleaner, InnerWalkers } from './cleaner.ts'
import { cleanCookies } from './cookies.ts'
import { cleanParameters } from './forms.ts'
import { cleanGraphql } from './graphql.ts'
import { cleanHeaderLine, cleanHeaders } from './headers.ts'
import { cleanJsonText } from './json-body.ts'
import { isPlainName } from './names.ts'
import { isPublicAsset } from './public-asset.ts'
import { readSaml } from './saml.ts'
import { CONTENT, ENTRY, LOG, MESSAGE, POST_DATA, type Treatment, type TreatmentTable } from './treatments.ts'
import { isObject, type JsonObject, type JsonValue } from './types.ts'
import { cleanUrl } from './url.ts'

/** The answer may have failed, the question did not: its words are the person's, not an error's. */
const ASKED = -1

const INNER_WALKERS: InnerWalkers = {
  structured: (text, cleaner) => {
    const status = cleaner.status
    cleaner.status = ASKED
    const clean = cleanJsonText(text, cleaner) ?? cleanGraphql(text, cleaner)
    cleaner.status = status
    return clean
  },
  samlStatus: readSaml,
}

/** One entry of a capture, cleaned field by field. */
export function cleanEntry(entry: JsonObject, cleaner: Cleaner): JsonObject {
  const { request, response } = entry
  cleaner.status = isObject(response) ? Number(response['status']) || 0 : 0
  cleaner.inner = INNER_WALKERS
  cleaner.host = isObject(request) ? hostOf(request['url']) : ''
  cleaner.isPublic = isPublicAsset(entry)
  cleaner.isAnswer = false
  cleaner.keepsBody = cleaner.operator.keepsBodiesOf(cleaner.host)
  return cleanFields(entry, ENTRY_WALKERS, cleaner)
}

function hostOf(url: JsonValue | undefined): string {
  if (typeof url !== 'string') return ''
  return /^[a-z]{2,10}:\/\/(?:[^/?#@]{0,500}@)?([^/?#:]{1,300})/i.exec(url)?.[1]?.toLowerCase() ?? ''
}

/** A field of `log` other than its entries; undefined when it goes. */
export function cleanLogField(name: string, value: JsonValue, cleaner: Cleaner): JsonValue | undefined {
  cleaner.status = 0
  cleaner.inner = INNER_WALKERS
  cleaner.host = ''
  cleaner.isPublic = false
  cleaner.isAnswer = false
  cleaner.keepsBody = false
  const fields: Record<string, JsonValue | undefined> = cleanFields({ [name]: value }, LOG_WALKERS, cleaner)
  return fields[name]
}

/** Changes the object itself: a new one for each would take longer than the cleaning. What goes is undefined, which JSON leaves out. */
function cleanFields(object: JsonObject, walkers: Walkers, cleaner: Cleaner): JsonObject {
  const fields: Record<string, JsonValue | undefined> = object
  const { path } = cleaner
  for (const name of Object.keys(object)) {
    const value = object[name] ?? null
    const walker = walkers.get(name)
    path.push(walker !== undefined || isPlainName(name) ? name : '(field)')
    const clean = walker === undefined ? denyUnknown(cleaner) : walker(value, cleaner)
    path.pop()
    if (clean !== value) fields[name] = clean
  }
  return object
}

function denyUnknown(cleaner: Cleaner): undefined {
  cleaner.dropped('other', 'unknown field')
  return undefined
}

type Walker = (value: JsonValue, cleaner: Cleaner) => JsonValue | undefined

type Walkers = ReadonlyMap<string, Walker>

const WALKERS: Readonly<Record<Exclude<Treatment, object | ScalarTreatment>, Walker>> = {
  headers: cleanHeaders,
  cookies: cleanCookies,
  parameters: cleanParameters,
  'post-data': (value, cleaner) => (isObject(value) ? cleanPostData(value, cleaner) : undefined),
  content: (value, cleaner) => (isObject(value) ? cleanContent(value, cleaner) : undefined),
  messages: cleanMessages,
  held: () => undefined,
  'header-lines': cleanHeaderLines,
  drop: (_, cleaner) => {
    cleaner.dropped('other', 'field')
    return undefined
  },
}

/** What walks each field of a table. */
function walkersOf(table: TreatmentTable): Walkers {
  return new Map(Array.from(table, ([name, treatment]) => [name, walkerOf(treatment)]))
}

function walkerOf(treatment: Treatment): Walker {
  if (typeof treatment !== 'object') {
    return isScalar(treatment) ? scalarWalker(treatment) : WALKERS[treatment]
  }
  if ('object' in treatment) {
    const walkers = walkersOf(treatment.object)
    return (value, cleaner) => (isObject(value) ? cleanFields(value, walkers, cleaner) : undefined)
  }
  const walkers = walkersOf(treatment.list)
  return (value, cleaner) => cleanList(value, walkers, cleaner)
}

function cleanList(value: JsonValue, walkers: Walkers, cleaner: Cleaner): JsonValue[] {
  if (!Array.isArray(value)) return []
  const list = value.every(isObject) ? value : value.filter(isObject)
  for (let i = 0; i < list.length; i += 1) {
    cleaner.path.push(i)
    cleanFields(list[i] as JsonObject, walkers, cleaner)
    cleaner.path.pop()
  }
  return list
}

function cleanHeaderLines(value: JsonValue, cleaner: Cleaner): JsonValue {
  if (!Array.isArray(value)) return []
  return value.map((line) => (typeof line === 'string' ? cleanHeaderLine(line, cleaner) : ''))
}

type ScalarTreatment = 'keep' | 'words' | 'number' | 'word' | 'id' | 'url' | 'title' | 'text' | 'address'

function isScalar(treatment: string): treatment is ScalarTreatment {
  return treatment in SCALARS
}

function scalarWalker(treatment: ScalarTreatment): Walker {
  const clean = SCALARS[treatment]
  const keepsNumbers = treatment === 'keep' || treatment === 'number' || treatment === 'id'
  return (value, cleaner) => {
    if (typeof value === 'string') return value === '' || isPlaceholder(value) ? value : clean(value, cleaner)
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'number') return keepsNumbers ? value : undefined
    cleaner.dropped('other', 'field')
    return undefined
  }
}

const NUMERIC = /^-?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?$/i
const REFERENCE = /^[\w.:@{}-]{1,64}$/
const MAX_KEPT = 500

const SCALARS: Readonly<Record<ScalarTreatment, (value: string, cleaner: Cleaner) => string>> = {
  keep: (value, cleaner) => (value.length <= MAX_KEPT ? cleaner.netForId(value) : cleaner.deny('other', 'text', value)),
  words: (value, cleaner) => (value.length <= MAX_KEPT ? cleaner.net(value) : cleaner.deny('other', 'text', value)),
  number: (value, cleaner) => (NUMERIC.test(value) ? value : cleaner.deny('other', 'text', value)),
  word: (value, cleaner) =>
    /^[\w.:-]{1,64}$/.test(value) && isWordy(value) ? cleaner.netForId(value) : cleaner.deny('body', 'word', value),
  id: (value, cleaner) => (isReference(value, cleaner) ? value : cleaner.secret('other', 'id', value)),
  url: (value, cleaner) => cleanUrl(value, cleaner),
  title: (value, cleaner) =>
    /^[a-z][a-z0-9+.-]{0,30}:\/\//i.test(value) ? cleanUrl(value, cleaner) : cleaner.deny('personal', 'title', value),
  text: (value, cleaner) => {
    cleaner.learnFrom(value)
    return cleaner.deny('other', 'text', value)
  },
  address: keepServerAddress,
}

function keepServerAddress(value: string, cleaner: Cleaner): string {
  if (!isServerAddress(value)) return cleaner.deny('other', 'address', value)
  cleaner.kept('server_address')
  return value
}

function isReference(value: string, cleaner: Cleaner): boolean {
  return REFERENCE.test(value) && cleaner.netForId(value) === value
}

function isServerAddress(value: string): boolean {
  const plain = value.replace(/^\[|\](?::\d{1,5})?$/g, '')
  return isIpv4(plain.replace(/:\d{1,5}$/, '')) || isIpv6(plain)
}

function cleanPostData(postData: JsonObject, cleaner: Cleaner): JsonObject {
  const status = cleaner.status
  cleaner.status = ASKED
  const isEncoded = postData['encoding'] === 'base64' || postData['_encoding'] === 'base64'
  const text = cleanTextOf(postData, isEncoded, cleaner)
  cleaner.status = status
  return withText(cleanFields(postData, POST_DATA_WALKERS, cleaner), text)
}

function cleanContent(content: JsonObject, cleaner: Cleaner): JsonObject {
  cleaner.isAnswer = true
  const text = cleanTextOf(content, content['encoding'] === 'base64', cleaner)
  cleaner.isAnswer = false
  return withText(cleanFields(content, CONTENT_WALKERS, cleaner), text)
}

function cleanTextOf(holder: JsonObject, isEncoded: boolean, cleaner: Cleaner): string | undefined {
  const { text } = holder
  if (typeof text !== 'string') return undefined
  cleaner.path.push('text')
  const clean = cleanEncoded({ text, isEncoded, mimeType: typeOf(holder) }, cleaner)
  cleaner.path.pop()
  return clean
}

/** The text comes out as itself, so that nothing says any more how it is encoded. */
function withText(holder: JsonObject, text: string | undefined): JsonObject {
  if (text === undefined) return holder
  holder['text'] = text
  const fields: Record<string, JsonValue | undefined> = holder
  if (holder['encoding'] !== undefined) fields['encoding'] = undefined
  return holder
}

function typeOf(holder: JsonObject): string {
  return typeof holder['mimeType'] === 'string' ? holder['mimeType'].slice(0, 300) : ''
}

/** An encoded body comes out as plain text: a placeholder in base64 could not be read, and `encoding` goes with it. */
function cleanEncoded(body: { text: string; isEncoded: boolean; mimeType: string }, cleaner: Cleaner): string {
  const { text, isEncoded, mimeType } = body
  if (!isEncoded) return cleanBody(text, mimeType, cleaner)
  const isBinary = /^(?:image|font|audio|video)\//i.test(mimeType)
  const decoded = isBinary || text.length > 32 << 20 ? undefined : decodeBase64Body(text)
  if (decoded !== undefined) return cleanBody(decoded, mimeType, cleaner)
  // Brotli and Zstandard, mostly. What cannot be read cannot be cleaned either.
  if (SAYS_TEXT.test(mimeType)) cleaner.warn('body.compressed')
  return cleaner.deny('body', 'binary', text)
}

const SAYS_TEXT = /json|^text\/|script|xml|graphql|x-www-form-urlencoded/i

function cleanMessages(messages: JsonValue, cleaner: Cleaner): JsonValue {
  if (!Array.isArray(messages)) return []
  const status = cleaner.status
  // What is said in a connection is no report of an error, whatever the handshake ended with.
  cleaner.status = 0
  const list = messages.filter(isObject)
  for (const [i, message] of list.entries()) {
    const { data, opcode } = message
    cleaner.path.push(i)
    cleaner.isAnswer = message['type'] !== 'send'
    const clean = typeof data === 'string' ? cleanData(data, opcode === 2, cleaner) : undefined
    cleaner.isAnswer = false
    cleanFields(message, MESSAGE_WALKERS, cleaner)
    if (clean !== undefined) message['data'] = clean
    cleaner.path.pop()
  }
  cleaner.status = status
  return list
}

function cleanData(data: string, isBinary: boolean, cleaner: Cleaner): string {
  return isBinary ? cleaner.deny('body', 'binary', data) : cleanMessage(data, cleaner)
}

const ENTRY_WALKERS = walkersOf(ENTRY)
const LOG_WALKERS = walkersOf(LOG)
const CONTENT_WALKERS = walkersOf(CONTENT)
const POST_DATA_WALKERS = walkersOf(POST_DATA)
const MESSAGE_WALKERS = walkersOf(MESSAGE)
