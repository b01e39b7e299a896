import { isPlaceholder, looksRandom, type NameKind } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { cleanGraphql } from './graphql.ts'
import { factsOf } from './json-keys.ts'
import { isIdName, isIdValue, isOrganisationName, isPlainName, kindOfName } from './names.ts'
import { applyRule, ruleFor } from './operator-rule.ts'
import { parseTolerantly } from './tolerant-json.ts'
import { isObject, type JsonObject, type JsonValue, type SanitiseRule } from './types.ts'
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
  /** The operator's rule for this value, or for what it is in. */
  rule?: SanitiseRule | undefined
  /** The steps to here, where some rule looks at them. */
  steps?: readonly (string | number)[] | undefined
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
  const steps = cleaner.operator.hasPaths ? [] : undefined
  return cleanValue(value, { key: '', isError: cleaner.status >= 400, isBesideError, depth: 0, inner, steps }, cleaner)
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
  return list.map((item, i) => cleanValue(item, placeOfItem(place, i, cleaner), cleaner))
}

function placeOfItem(place: Place, i: number, cleaner: Cleaner): Place {
  const inside = { ...place, depth: place.depth + 1 }
  if (place.steps !== undefined) {
    inside.steps = [...place.steps, i]
    inside.rule = ruleFor({ name: place.key, jsonPath: inside.steps }, cleaner) ?? place.rule
  }
  return inside
}

function cleanObject(object: JsonObject, place: Place, cleaner: Cleaner): JsonObject {
  const clean: JsonObject = {}
  const named = namedValue(object)
  for (const key of Object.keys(object)) {
    const value = object[key] ?? null
    const isPlain = isPlainName(key)
    cleaner.path.push(isPlain ? key : '(key)')
    const inside = placeInside(place, { key, named, value }, cleaner)
    const cleanKey = isPlain ? key : cleaner.secret(key.includes('@') ? 'email' : 'other', 'key', key)
    setOwn(clean, cleanKey, cleanValue(value, inside, cleaner))
    cleaner.path.pop()
  }
  return clean
}

interface Field {
  key: string
  /** `{ name: "password", value: "…" }`: the name beside says what the value is. */
  named: string | undefined
  value: JsonValue
}

function placeInside(place: Place, field: Field, cleaner: Cleaner): Place {
  const key = field.key === 'value' && field.named !== undefined ? field.named : field.key
  const { holdsError, holdsData } = factsOf(key)
  const steps = place.steps === undefined ? undefined : [...place.steps, field.key]
  return {
    // `"credentials": { "a": "…" }`: what is inside a secret is a secret.
    key: isSecretName(place.key) && kindOfName(key) === undefined ? place.key : key,
    isError: holdsError || (place.isError && !holdsData) || (place.isBesideError && isScalar(field.value)),
    isBesideError: false,
    depth: place.depth + 1,
    inner: place.inner,
    steps,
    rule: ruleInside(place, { key, steps }, cleaner),
  }
}

function ruleInside(
  place: Place,
  { key, steps }: { key: string; steps: Place['steps'] },
  cleaner: Cleaner,
): SanitiseRule | undefined {
  if (!cleaner.operator.hasRules) return undefined
  return ruleFor(steps === undefined ? { name: key } : { name: key, jsonPath: steps }, cleaner) ?? place.rule
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
  const ruled = place.rule === undefined ? undefined : applyRule(place.rule, { name: place.key, value }, cleaner)
  return ruled ?? judgeString(value, place, cleaner)
}

function judgeString(value: string, place: Place, cleaner: Cleaner): string {
  const { key } = place
  const kind = kindOfName(key)
  if (kind !== undefined) return removeByName(value, kind, cleaner)
  if (isIdName(key) && isIdValue(value)) return keepId(value, key, cleaner)
  if (isDate(key, value)) return value
  if (isDiagnostic(value, place, cleaner)) return keepDiagnostic(value, place, cleaner)
  return cleanStructured(value, place, cleaner) ?? keptOfHost(value, cleaner) ?? deniedString(value, key, cleaner)
}

/** The address of somebody's picture goes, but must not be looked for elsewhere: its beginning is a host that stays. */
function removeByName(value: string, kind: NameKind, cleaner: Cleaner): string {
  const isAddress = kind === 'personal' && /^https?:\/\//i.test(value)
  return isAddress ? cleaner.deny(kind, 'url', value) : cleaner.secret(kind, kind, value)
}

function keepId(value: string, key: string, cleaner: Cleaner): string {
  const clean = cleaner.netForId(value)
  if (clean === value) cleaner.kept(isOrganisationName(key) ? 'organisation_id' : 'request_or_trace_id')
  return clean
}

function keepDiagnostic(value: string, place: Place, cleaner: Cleaner): string {
  const clean = cleaner.net(value)
  if (clean !== value) return clean
  if (place.isError) cleaner.kept('error_text')
  else if (/^operation/i.test(place.key)) cleaner.kept('operation_name')
  else if (/file/i.test(place.key)) cleaner.kept('file_name')
  return clean
}

/** The operator keeps the bodies of this host; what the nets find in them goes all the same. */
function keptOfHost(value: string, cleaner: Cleaner): string | undefined {
  if (!cleaner.keepsBody) return undefined
  cleaner.kept('body_of_host')
  return cleaner.net(value)
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
  return place.key === 'query' || place.key === 'mutation' ? cleanGraphql(value, cleaner) : undefined
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
  if (place.rule !== undefined) return ruledNumber(value, place.rule, cleaner)
  const kind = kindOfName(place.key)
  if (kind !== undefined) {
    if (value === 0) return 0
    cleaner.secret(kind, kind, String(value))
    return 0
  }
  if (Math.abs(value) < largestMeasureAt(place)) return value
  if (cleaner.keepsBody && cleaner.net(String(value)) === String(value)) return value
  cleaner.deny('body', 'number', String(value))
  return 0
}

function largestMeasureAt({ key, isError }: Place): number {
  const { largestMeasure, isCode } = factsOf(key)
  return isError ? Math.max(isCode ? 1e9 : 100_000, largestMeasure) : largestMeasure
}

/** A number stays a number. */
function ruledNumber(value: number, rule: SanitiseRule, cleaner: Cleaner): number {
  if (rule.action === 'keep') return value
  cleaner.secret(rule.kind ?? 'other', 'number', String(value))
  return 0
}
