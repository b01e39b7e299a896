import { isPlaceholder, looksRandom } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { factsOf } from './json-keys.ts'
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
  /** Beside an error, as in `{ error, error_description }`: this object's own words are kept, not those further in. */
  isBesideError: boolean
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
  const isBesideError = isObject(value) && hasErrorShape(value)
  return cleanValue(value, { key: '', isError: cleaner.status >= 400, isBesideError, depth: 0, inner }, cleaner)
}

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
    // `{ name: "password", value: "…" }`: the name beside says what the value is.
    const inside = placeInside(place, key === 'value' && named !== undefined ? named : key, value)
    const cleanKey = isPlain ? key : cleaner.secret(key.includes('@') ? 'email' : 'other', 'key', key)
    setOwn(clean, cleanKey, cleanValue(value, inside, cleaner))
    cleaner.path.pop()
  }
  return clean
}

function placeInside(place: Place, key: string, value: JsonValue): Place {
  const { holdsError, holdsData } = factsOf(key)
  return {
    // `"credentials": { "a": "…" }`: what is inside a secret is a secret.
    key: isSecretName(place.key) && kindOfName(key) === undefined ? place.key : key,
    isError: holdsError || (place.isError && !holdsData) || (place.isBesideError && isScalar(value)),
    isBesideError: false,
    depth: place.depth + 1,
    inner: place.inner,
  }
}

function isScalar(value: JsonValue): boolean {
  return typeof value !== 'object'
}

/** A key such as `__proto__` becomes a field like any other. */
function setOwn(object: JsonObject, key: string, value: JsonValue): void {
  if (key !== '__proto__') object[key] = value
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
}

function isSecretName(key: string): boolean {
  const kind = kindOfName(key)
  return kind === 'password' || kind === 'token' || kind === 'cookie'
}

/** The name that stands beside a value, when it says what the value is. */
function namedValue(object: JsonObject): string | undefined {
  const name = object['name'] ?? object['key'] ?? object['field'] ?? object['id']
  if (typeof name !== 'string' || typeof object['value'] !== 'string') return undefined
  return kindOfName(name) === undefined ? undefined : name
}

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
  return factsOf(key).isDate && /^\d{4}-\d\d-\d\d[T ]?[\d:.+Z-]{0,24}$/.test(value)
}

function isDiagnostic(value: string, place: Place, cleaner: Cleaner): boolean {
  if (cleaner.policy === 'strict') return place.isError && factsOf(place.key).isCode && WORD.test(value)
  return (factsOf(place.key).isAlwaysKept && value.length <= 300) || (place.isError && isErrorText(place.key, value))
}

function isErrorText(key: string, value: string): boolean {
  if (factsOf(key).isCode && (WORD.test(value) || (CODE.test(value) && value.length <= 40 && !looksRandom(value))))
    return true
  return factsOf(key).isWords && value.length <= 1_000
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
  if (factsOf(key).isReference) return cleaner.secret('other', 'id', value)
  return cleaner.deny('body', 'string', value)
}

function isEmail(value: string): boolean {
  return value.includes('@') && /^[^\s@<>]{1,128}@[^\s@<>]{1,128}$/.test(value)
}

function cleanNumber(value: number, place: Place, cleaner: Cleaner): number {
  const kind = kindOfName(place.key)
  if (kind !== undefined) {
    if (value === 0) return 0
    cleaner.secret(kind, kind, String(value))
    return 0
  }
  if (
    Math.abs(value) <
    (place.isError ? Math.max(100_000, factsOf(place.key).largestMeasure) : factsOf(place.key).largestMeasure)
  )
    return value
  cleaner.deny('body', 'number', String(value))
  return 0
}
