import { isPlaceholder, looksRandom } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { isIdName, isIdValue, isPlainName, kindOfName } from './names.ts'
import { parseTolerantly } from './tolerant-json.ts'
import { isObject, type JsonObject, type JsonValue } from './types.ts'
import { cleanUrl } from './url.ts'

const MAX_NESTING = 64
const MAX_INNER = 3

/** What the walk knows about where it is. */
interface Place {
  key: string
  /** Inside something that reports an error, whose words are kept. */
  isError: boolean
  depth: number
  /** How many times JSON was found inside a JSON string. */
  inner: number
}

/** Cleans a JSON text; undefined when it is none. Values are denied unless a name says that they are diagnostics. */
export function cleanJsonText(text: string, cleaner: Cleaner, inner = 0): string | undefined {
  const guard = /^(?:\ufeff|\)\]\}'?,?\s{0,4}|while\s?\(1\);|for\s?\(;;\);)*/.exec(text)?.[0] ?? ''
  const value = parseTolerantly(guard === '' ? text : text.slice(guard.length))
  if (typeof value !== 'object' || value === null) return undefined
  return guard + JSON.stringify(cleanJson(value, cleaner, inner))
}

export function cleanJson(value: JsonValue, cleaner: Cleaner, inner = 0): JsonValue {
  const isError = cleaner.status >= 400 || (isObject(value) && hasErrorShape(value))
  return cleanValue(value, { key: '', isError, depth: 0, inner }, cleaner)
}

const ERROR_KEY =
  /^(?:errors?|faults?|exceptions?|problems?|warnings?|violations|issues|failures?|invalid[-_]?params|details|cause)$/i

function hasErrorShape(value: JsonObject): boolean {
  return Object.keys(value).some(
    (key) =>
      /^(?:error|errors|error_code|errorCode|error_description|exception|fault)$/.test(key) && value[key] !== null,
  )
}

function cleanValue(value: JsonValue, place: Place, cleaner: Cleaner): JsonValue {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return cleanString(value, place, cleaner)
  if (typeof value === 'number') return cleanNumber(value, place, cleaner)
  if (place.depth >= MAX_NESTING) {
    cleaner.warn('body.too_deep')
    return Array.isArray(value) ? [] : {}
  }
  return Array.isArray(value) ? cleanList(value, place, cleaner) : cleanObject(value, place, cleaner)
}

function cleanList(list: JsonValue[], place: Place, cleaner: Cleaner): JsonValue[] {
  return list.map((item) => cleanValue(item, { ...place, depth: place.depth + 1 }, cleaner))
}

function cleanObject(object: JsonObject, place: Place, cleaner: Cleaner): JsonObject {
  const clean: JsonObject = {}
  const named = namedValue(object)
  for (const key of Object.keys(object)) {
    const value = object[key] ?? null
    const isPlain = isPlainName(key)
    cleaner.path.push(isPlain ? key : '(key)')
    const isError = place.isError || ERROR_KEY.test(key)
    // `{ name: "password", value: "…" }`: the name beside says what the value is.
    const effective = key === named?.valueKey ? named.name : key
    const inherited = isSecretParent(place.key) && kindOfName(effective) === undefined ? place.key : effective
    const cleanKey = isPlain ? key : cleaner.secret(key.includes('@') ? 'email' : 'other', 'key', key)
    const inside: Place = { key: inherited, isError, depth: place.depth + 1, inner: place.inner }
    setOwn(clean, cleanKey, cleanValue(value, inside, cleaner))
    cleaner.path.pop()
  }
  return clean
}

/** A key such as `__proto__` becomes a field like any other. */
function setOwn(object: JsonObject, key: string, value: JsonValue): void {
  if (key !== '__proto__') object[key] = value
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
}

/** `"credentials": { "a": "…" }`: what is inside a secret is a secret. */
function isSecretParent(key: string): boolean {
  const kind = kindOfName(key)
  return kind === 'password' || kind === 'token' || kind === 'cookie'
}

function namedValue(object: JsonObject): { name: string; valueKey: string } | undefined {
  const name = object['name'] ?? object['key'] ?? object['field'] ?? object['id']
  if (typeof name !== 'string' || typeof object['value'] !== 'string') return undefined
  return kindOfName(name) === undefined ? undefined : { name, valueKey: 'value' }
}

const CODE_KEY =
  /^(?:type|code|error|error[_-]?code|error[_-]?subcode|error[_-]?type|errortype|reason|status|statuscode|statustext|param|parameter|field|severity|level|domain|locationtype|title|kind|name|path|grpc[_-]?status)$/i
const WORDS_KEY =
  /^(?:message|msg|error|errors|error[_-]?description|error[_-]?message|error[_-]?summary|errormessage|userMessage|developerMessage|detail|details|description|title|reason|hint|text|info|faultstring|summary)$/i
const ALWAYS_KEY =
  /^(?:operationname|jsonrpc|__typename|error[_-]?description|error[_-]?code|error[_-]?uri|locale|lang|language|currency|object|model|api[_-]?version|schema|finish[_-]?reason|file[_-]?name|filename|original[_-]?(?:file)?name|mime[_-]?type|content[_-]?type|event[_-]?type|encoding|timezone|token_type|scope)$/i
const DATE_KEY = /(?:[_-]at|[_-]?time|time[_-]?stamp|date|[a-z]At)$/
const WORD = /^[A-Za-z_][A-Za-z_.:/ -]{0,79}$/
const CODE = /^[A-Za-z0-9_.:/\- ]{1,80}$/

function cleanString(value: string, place: Place, cleaner: Cleaner): string {
  if (value === '' || isPlaceholder(value)) return value
  const { key } = place
  const kind = kindOfName(key)
  if (kind !== undefined) return cleaner.secret(kind, kind, value)
  if (isIdName(key) && isIdValue(value)) return cleaner.netForId(value)
  if (isDate(key, value)) return value
  if (isDiagnostic(value, place, cleaner)) return cleaner.net(value)
  return cleanStructured(value, place, cleaner) ?? deniedString(value, key, cleaner)
}

function isDate(key: string, value: string): boolean {
  return DATE_KEY.test(key) && /^\d{4}-\d\d-\d\d[T ]?[\d:.+Z-]{0,24}$/.test(value)
}

function isDiagnostic(value: string, place: Place, cleaner: Cleaner): boolean {
  if (cleaner.policy === 'strict') return place.isError && CODE_KEY.test(place.key) && WORD.test(value)
  return (ALWAYS_KEY.test(place.key) && value.length <= 300) || (place.isError && isErrorText(place.key, value))
}

function isErrorText(key: string, value: string): boolean {
  if (CODE_KEY.test(key) && (WORD.test(value) || (CODE.test(value) && value.length <= 40 && !looksRandom(value))))
    return true
  return WORDS_KEY.test(key) && value.length <= 1_000
}

function cleanStructured(value: string, place: Place, cleaner: Cleaner): string | undefined {
  if (/^https?:\/\//i.test(value) && value.length < 8_192) return cleanUrl(value, cleaner)
  if (/^\s{0,8}[[{]/.test(value) && place.inner < MAX_INNER) {
    const clean = cleanJsonText(value, cleaner, place.inner + 1)
    if (clean !== undefined) return clean
  }
  if (place.key === 'query' || place.key === 'mutation') return graphqlShape(value, cleaner)
  return undefined
}

const OPERATION = /^\s{0,40}(?:query|mutation|subscription)\s{1,4}([A-Za-z_][A-Za-z0-9_]{0,60})/

function graphqlShape(value: string, cleaner: Cleaner): string | undefined {
  const operation = OPERATION.exec(value)?.[1]
  if (operation === undefined) return undefined
  cleaner.learnFrom(value)
  return `${cleaner.deny('body', 'graphql', value).slice(0, -1)}, operation "${operation}"]`
}

/** The text goes; what a pattern recognises in it is learnt, to be erased elsewhere too. */
function deniedString(value: string, key: string, cleaner: Cleaner): string {
  if (value.length <= 254 && isEmail(value)) return cleaner.secret('email', 'email', value)
  cleaner.learnFrom(value)
  if (/^(?:id|_id|uuid|guid|[a-zA-Z_]+(?:_id|Id|ID))$/.test(key)) return cleaner.secret('other', 'id', value)
  return cleaner.deny('body', 'string', value)
}

function isEmail(value: string): boolean {
  return value.includes('@') && /^[^\s@<>]{1,128}@[^\s@<>]{1,128}$/.test(value)
}

const NUMBER_WORDS = new Set(
  `status code size length limit max maximum min minimum count total page pages offset bytes duration retry after version width height progress percent
  index line column position attempt attempts tokens ttl timeout latency ms seconds sec minutes remaining quota per`
    .trim()
    .split(/\s+/),
)
const TIME_WORDS = new Set(
  'time timestamp ts date created updated modified expires expiry exp iat nbf at started ended in'.split(' '),
)

/** How large a number under this name may be and still be a measure, not somebody's number. */
function largestMeasure(key: string): number {
  const known = measures.get(key)
  if (known !== undefined) return known
  const parts = key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
  const largest = parts.some((part) => TIME_WORDS.has(part))
    ? 1e14
    : parts.some((part) => NUMBER_WORDS.has(part))
      ? 1e12
      : 1_000
  if (measures.size > 5_000) measures.clear()
  measures.set(key, largest)
  return largest
}

const measures = new Map<string, number>()

function cleanNumber(value: number, place: Place, cleaner: Cleaner): number {
  const kind = kindOfName(place.key)
  if (kind !== undefined) {
    if (value === 0) return 0
    cleaner.secret(kind, kind, String(value))
    return 0
  }
  if (Math.abs(value) < (place.isError ? Math.max(100_000, largestMeasure(place.key)) : largestMeasure(place.key)))
    return value
  cleaner.deny('body', 'number', String(value))
  return 0
}
