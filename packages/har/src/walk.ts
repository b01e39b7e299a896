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
  return cleanFields(entry, ENTRY, cleaner)
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
  return cleanNamed({ name, value }, LOG, cleaner)
}

function cleanFields(object: JsonObject, table: TreatmentTable, cleaner: Cleaner): JsonObject {
  const clean: JsonObject = {}
  for (const name of Object.keys(object)) {
    const value = cleanNamed({ name, value: object[name] ?? null }, table, cleaner)
    if (value !== undefined) clean[name] = value
  }
  return clean
}

interface Field {
  name: string
  value: JsonValue
}

function cleanNamed({ name, value }: Field, table: TreatmentTable, cleaner: Cleaner): JsonValue | undefined {
  const treatment = table.get(name)
  cleaner.path.push(isPlainName(name) ? name : '(field)')
  const clean = treatment === undefined ? denyUnknown(cleaner) : treat(value, treatment, cleaner)
  cleaner.path.pop()
  return clean
}

function denyUnknown(cleaner: Cleaner): undefined {
  cleaner.dropped('other', 'unknown field')
  return undefined
}

type Walker = (value: JsonValue, cleaner: Cleaner) => JsonValue | undefined

const WALKERS: Readonly<Record<Exclude<Treatment, object | ScalarTreatment>, Walker>> = {
  headers: cleanHeaders,
  cookies: cleanCookies,
  parameters: cleanParameters,
  'post-data': (value, cleaner) => (isObject(value) ? cleanPostData(value, cleaner) : undefined),
  content: (value, cleaner) => (isObject(value) ? cleanContent(value, cleaner) : undefined),
  messages: cleanMessages,
  'header-lines': cleanHeaderLines,
  drop: (_, cleaner) => {
    cleaner.dropped('other', 'field')
    return undefined
  },
}

function treat(value: JsonValue, treatment: Treatment, cleaner: Cleaner): JsonValue | undefined {
  if (typeof treatment === 'object') return treatNested(value, treatment, cleaner)
  return treatment in SCALARS
    ? treatScalar(value, treatment as ScalarTreatment, cleaner)
    : WALKERS[treatment as keyof typeof WALKERS](value, cleaner)
}

function cleanHeaderLines(value: JsonValue, cleaner: Cleaner): JsonValue {
  if (!Array.isArray(value)) return []
  return value.map((line) => (typeof line === 'string' ? cleanHeaderLine(line, cleaner) : ''))
}

function treatNested(
  value: JsonValue,
  treatment: { object: TreatmentTable } | { list: TreatmentTable },
  cleaner: Cleaner,
): JsonValue | undefined {
  if ('object' in treatment) return isObject(value) ? cleanFields(value, treatment.object, cleaner) : undefined
  if (!Array.isArray(value)) return []
  return value.filter(isObject).map((item, i) => {
    cleaner.path.push(i)
    const clean = cleanFields(item, treatment.list, cleaner)
    cleaner.path.pop()
    return clean
  })
}

type ScalarTreatment = 'keep' | 'words' | 'number' | 'word' | 'id' | 'url' | 'title' | 'text' | 'address'

function treatScalar(value: JsonValue, treatment: ScalarTreatment, cleaner: Cleaner): JsonValue | undefined {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number')
    return treatment === 'keep' || treatment === 'number' || treatment === 'id' ? value : undefined
  if (typeof value !== 'string') {
    cleaner.dropped('other', 'field')
    return undefined
  }
  return value === '' || isPlaceholder(value) ? value : SCALARS[treatment](value, cleaner)
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
  const { text, ...others } = postData
  const clean = cleanFields(others, POST_DATA, cleaner)
  if (typeof text !== 'string') return clean
  cleaner.path.push('text')
  const status = cleaner.status
  cleaner.status = ASKED
  const isEncoded = postData['encoding'] === 'base64' || postData['_encoding'] === 'base64'
  clean['text'] = cleanEncoded({ text, isEncoded, mimeType: typeOf(postData) }, cleaner)
  delete clean['encoding']
  cleaner.status = status
  cleaner.path.pop()
  return clean
}

function cleanContent(content: JsonObject, cleaner: Cleaner): JsonObject {
  const { text, encoding, ...others } = content
  const clean = cleanFields(others, CONTENT, cleaner)
  if (typeof text !== 'string') return clean
  cleaner.path.push('text')
  cleaner.isAnswer = true
  clean['text'] = cleanEncoded({ text, isEncoded: encoding === 'base64', mimeType: typeOf(content) }, cleaner)
  cleaner.isAnswer = false
  cleaner.path.pop()
  return clean
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
  const clean = messages.filter(isObject).map((message, i) => {
    cleaner.path.push(i)
    const { data, ...others } = message
    const clean = cleanFields(others, MESSAGE, cleaner)
    if (typeof data === 'string') {
      cleaner.isAnswer = message['type'] !== 'send'
      clean['data'] = message['opcode'] === 2 ? cleaner.deny('body', 'binary', data) : cleanMessage(data, cleaner)
    }
    cleaner.isAnswer = false
    cleaner.path.pop()
    return clean
  })
  cleaner.status = status
  return clean
}
