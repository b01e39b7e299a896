import { isPlaceholder, looksRandom, type NameKind } from '@clew/redact'
import { bytesOfMap, denyBytes, isByteList, isMeasureName } from './byte-lists.ts'
import type { Cleaner } from './cleaner.ts'
import { isFieldWords } from './distinctive.ts'
import { cleanGraphql } from './graphql.ts'
import { factsOf, type KeyFacts } from './json-keys.ts'
import { isIdValue, kindOfName } from './names.ts'
import { applyRule, ruleFor } from './operator-rule.ts'
import { parseTolerantly } from './tolerant-json.ts'
import { isObject, type JsonObject, type JsonValue, type SanitiseRule } from './types.ts'
import { cleanUrl } from './url.ts'

const MAX_NESTING = 64
const MAX_INNER = 3

/** Cleans a JSON text; undefined when it is none. Values are denied unless a name says that they are diagnostics. */
export function cleanJsonText(text: string, cleaner: Cleaner, inner = 0): string | undefined {
  const guard = GUARDED.test(text) ? (GUARD.exec(text)?.[0] ?? '') : ''
  const value = parseTolerantly(guard === '' ? text : text.slice(guard.length))
  if (typeof value !== 'object' || value === null) return undefined
  return guard + JSON.stringify(cleanJson(value, cleaner, inner))
}

const GUARDED = /^[\ufeff)wf]/
const GUARD = /^(?:\ufeff|\)\]\}'?,?\s{0,4}|while\s?\(1\);|for\s?\(;;\);)*/

/** Cleans a parsed value, which is changed in place where it can be. */
export function cleanJson(value: JsonValue, cleaner: Cleaner, inner = 0): JsonValue {
  return new JsonWalk(cleaner, inner).clean(value)
}

/** `{ error, error_description }`, `{ success: false, message }`, `{ status: "error", message }`: it says itself that it is one. */
function reportsError(value: JsonObject): boolean {
  return Object.keys(value).some((key) => {
    const said = value[key]
    if (ERROR_SAID.test(key)) return isFailure(said)
    if (SUCCESS_SAID.test(key)) return said === false
    return STATE_SAID.test(key) && typeof said === 'string' && /^(?:error|fail(?:ed|ure)?|fault|exception)$/i.test(said)
  })
}

const ERROR_SAID = /^(?:errors?|error_?code|error_description|exception|fault)$/i
const SUCCESS_SAID = /^(?:is_?)?(?:success|succeeded|successful|ok)$/i
const STATE_SAID = /^(?:status|result|state|type|outcome)$/i

/** Whether something is said where an error would be: `"error": false` and `"errors": []` say that there is none. */
function isFailure(said: JsonValue | undefined): boolean {
  if (typeof said === 'string') return !/^(?:|0|ok|none|no|false|null|success)$/i.test(said)
  return typeof said === 'object' && said !== null ? Object.keys(said).length > 0 : Boolean(said)
}

/** One walk over one value. What it knows of the place where it is stands in its fields: most values are many and small. */
class JsonWalk {
  readonly #cleaner: Cleaner
  /** How many times JSON was found inside a JSON string. */
  readonly #inner: number
  /** What the key says that is nearest, or the one further out that is a secret's. */
  #facts: KeyFacts = factsOf('')
  /** The key that says so is further out, and the nearest names something else of it: a type, an issuer. */
  #isDescribed = false
  /** Inside something that reports an error, whose words are kept. */
  #isError: boolean
  /** In what was asked nothing does: its words are the person's. */
  readonly #mayReport: boolean
  /** The object that comes next says what is wrong with each field. */
  #areFieldErrors = false
  /** What is wrong with the field. */
  #isFieldError = false
  #depth = 0
  /** The operator's rule for this value, or for what it is in. */
  #rule: SanitiseRule | undefined
  /** The steps to here, where some rule looks at them. */
  #steps: readonly (string | number)[] | undefined

  constructor(cleaner: Cleaner, inner: number) {
    this.#cleaner = cleaner
    this.#inner = inner
    this.#isError = cleaner.status >= 400
    this.#mayReport = cleaner.status >= 0
    this.#steps = cleaner.operator.hasPaths ? [] : undefined
  }

  clean(value: JsonValue): JsonValue {
    // Beside an error, as in `{ error, error_description }`, this object's own words are kept, not those further in.
    return isObject(value) ? this.#object(value, this.#mayReport && reportsError(value)) : this.#value(value)
  }

  #value(value: JsonValue): JsonValue {
    if (typeof value === 'string') return this.#string(value)
    if (typeof value === 'number') return this.#number(value)
    if (value === null || typeof value === 'boolean') return value
    return Array.isArray(value) ? this.#list(value) : this.#object(value, false)
  }

  #list(list: JsonValue[]): JsonValue[] {
    if (this.#isTooDeep()) return []
    if (isByteList(list) && this.#deniesBytes(list)) return list.fill(0)
    const place = this.#place()
    this.#depth += 1
    for (let i = 0; i < list.length; i += 1) {
      this.#return(place)
      // Of a list each has a name of its own for what is wrong.
      this.#areFieldErrors = false
      if (place.steps !== undefined) {
        this.#steps = [...place.steps, i]
        this.#rule = ruleFor({ name: place.facts.key, jsonPath: this.#steps }, this.#cleaner) ?? place.rule
      }
      list[i] = this.#value(list[i] ?? null)
    }
    this.#depth -= 1
    return list
  }

  /** Where a name says what the numbers are, that decides. */
  #deniesBytes(bytes: readonly number[]): boolean {
    const { key, kind, largestMeasure } = this.#facts
    if (this.#rule !== undefined || kind !== undefined || largestMeasure > 1_000 || isMeasureName(key)) return false
    return denyBytes(bytes, this.#cleaner)
  }

  /** What stands in place of bytes that are written as an object. */
  #zerosOf(object: JsonObject): JsonObject | undefined {
    const bytes = bytesOfMap(object)
    if (bytes === undefined || !this.#deniesBytes(bytes)) return undefined
    return Object.fromEntries(bytes.map((_, i) => [String(i), 0]))
  }

  #object(object: JsonObject, isBesideError: boolean): JsonObject {
    if (this.#isTooDeep()) return {}
    const zeros = this.#zerosOf(object)
    if (zeros !== undefined) return zeros
    const place = this.#place()
    const areFieldErrors = this.#areFieldErrors
    const told = factsOfValue(object)
    let names: Map<string, string> | undefined
    this.#depth += 1
    for (const key of Object.keys(object)) {
      const facts = factsOf(key)
      if (!facts.isPlain) {
        names ??= new Map()
        names.set(key, this.#renamed(key))
      }
      const value = object[key]
      if (!mayTell(value)) continue
      this.#enter(place, key, key === 'value' ? told : facts)
      this.#isError ||= isBesideError && typeof value !== 'object'
      this.#isFieldError = areFieldErrors
      this.#field(object, facts.isPlain ? key : '(key)', { key, value })
    }
    this.#depth -= 1
    return names === undefined ? object : withNames(object, names)
  }

  #field(object: JsonObject, step: string, { key, value }: { key: string; value: JsonValue }): void {
    this.#cleaner.path.push(step)
    const clean = this.#value(value)
    if (clean !== value) setOwn(object, key, clean)
    this.#cleaner.path.pop()
  }

  #isTooDeep(): boolean {
    if (this.#depth < MAX_NESTING) return false
    this.#cleaner.warn('body.too_deep')
    return true
  }

  #renamed(key: string): string {
    this.#cleaner.path.push('(key)')
    const clean = this.#cleaner.secret(key.includes('@') ? 'email' : 'other', 'key', key)
    this.#cleaner.path.pop()
    return clean
  }

  #place(): Place {
    return {
      facts: this.#facts,
      isDescribed: this.#isDescribed,
      isError: this.#isError,
      isFieldError: this.#isFieldError,
      rule: this.#rule,
      steps: this.#steps,
    }
  }

  #return({ facts, isDescribed, isError, isFieldError, rule, steps }: Place): void {
    this.#facts = facts
    this.#isDescribed = isDescribed
    this.#isError = isError
    this.#isFieldError = isFieldError
    this.#rule = rule
    this.#steps = steps
  }

  /** Steps from an object to one of its values. */
  #enter(place: Place, key: string, facts: KeyFacts): void {
    // `"credentials": { "a": "…" }`: what is inside a secret is a secret.
    const isInside = place.facts.isSecret && facts.kind === undefined
    this.#facts = isInside ? place.facts : facts
    this.#isDescribed = isInside && !VALUE_KEY.test(key)
    this.#isError = (facts.holdsError && this.#mayReport) || (place.isError && !facts.holdsData)
    this.#areFieldErrors = this.#isError && facts.holdsFieldErrors
    if (!this.#cleaner.operator.hasRules) return
    const name = facts.key
    this.#steps = place.steps === undefined ? undefined : [...place.steps, key]
    this.#rule =
      ruleFor(this.#steps === undefined ? { name } : { name, jsonPath: this.#steps }, this.#cleaner) ?? place.rule
  }

  #string(value: string): string {
    if (value === '' || isPlaceholder(value)) return value
    const rule = this.#rule
    const ruled = rule === undefined ? undefined : applyRule(rule, { name: this.#facts.key, value }, this.#cleaner)
    return ruled ?? this.#judged(value)
  }

  #judged(value: string): string {
    const facts = this.#facts
    const cleaner = this.#cleaner
    if (this.#isFieldError && cleaner.policy !== 'strict' && isSentence(value)) return this.#keepDiagnostic(value)
    if (facts.kind !== undefined) return this.#removeByName(value, facts.kind)
    if (facts.isId && isIdValue(value)) return keepId(value, facts, cleaner)
    if (facts.isDate && DATE.test(value)) return value
    if (this.#isDiagnostic(value)) return this.#keepDiagnostic(value)
    return this.#structured(value) ?? keptOfHost(value, cleaner) ?? deniedString(value, facts, cleaner)
  }

  #removeByName(value: string, kind: NameKind): string {
    // The address of somebody's picture must not be looked for elsewhere: its beginning is a host that stays.
    if (kind === 'personal' && ADDRESS.test(value)) return this.#cleaner.deny(kind, 'url', value)
    const isWords = kind === 'password' && this.#isDescribed && isFieldWords(value)
    return isWords ? this.#cleaner.reference(kind, kind, value) : this.#cleaner.secret(kind, kind, value)
  }

  #isDiagnostic(value: string): boolean {
    const facts = this.#facts
    if (this.#cleaner.policy === 'strict') return this.#isError && facts.isCode && ONE_WORD.test(value)
    return (facts.isAlwaysKept && value.length <= 300) || (this.#isError && isErrorText(facts, value))
  }

  #keepDiagnostic(value: string): string {
    const { key } = this.#facts
    const clean = this.#cleaner.net(value)
    if (clean !== value) return clean
    if (this.#isError) this.#cleaner.kept('error_text')
    else if (/^operation/i.test(key)) this.#cleaner.kept('operation_name')
    else if (/file/i.test(key)) this.#cleaner.kept('file_name')
    return clean
  }

  #structured(value: string): string | undefined {
    if (value.length < 8_192 && ADDRESS.test(value)) return cleanUrl(value, this.#cleaner)
    if (this.#inner < MAX_INNER && JSON_START.test(value)) {
      const clean = cleanJsonText(value, this.#cleaner, this.#inner + 1)
      if (clean !== undefined) return clean
    }
    const { key } = this.#facts
    return key === 'query' || key === 'mutation' ? cleanGraphql(value, this.#cleaner) : undefined
  }

  #number(value: number): number {
    if (this.#rule !== undefined) return ruledNumber(value, this.#rule, this.#cleaner)
    const { kind, largestMeasure, isCode } = this.#facts
    if (kind !== undefined) {
      if (value !== 0) this.#cleaner.secret(kind, kind, String(value))
      return 0
    }
    const largest = this.#isError ? Math.max(isCode ? 1e9 : 100_000, largestMeasure) : largestMeasure
    return Math.abs(value) < largest ? value : hiddenNumber(value, this.#cleaner)
  }
}

function mayTell(value: JsonValue | undefined): value is Exclude<JsonValue, boolean | null> {
  return value !== undefined && value !== null && typeof value !== 'boolean'
}

/** Inside `"password": { … }` what was typed itself. */
const VALUE_KEY = /^(?:values?|text|plain|raw|new|old|current|confirm(?:ation)?|repeat|\d{1,3})$/i

interface Place {
  facts: KeyFacts
  isDescribed: boolean
  isError: boolean
  isFieldError: boolean
  rule: SanitiseRule | undefined
  steps: readonly (string | number)[] | undefined
}

function withNames(object: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const renamed: JsonObject = {}
  for (const key of Object.keys(object)) setOwn(renamed, names.get(key) ?? key, object[key] ?? null)
  return renamed
}

/** A key such as `__proto__` becomes a field like any other. */
function setOwn(object: JsonObject, key: string, value: JsonValue): void {
  if (key !== '__proto__') object[key] = value
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
}

/** What is known of `value` in this object: the name beside it may say more than its own. */
function factsOfValue(object: JsonObject): KeyFacts {
  if (typeof object['value'] !== 'string') return factsOf('value')
  const name = object['name'] ?? object['key'] ?? object['field'] ?? object['id']
  return factsOf(typeof name !== 'string' || kindOfName(name) === undefined ? 'value' : name)
}

const ADDRESS = /^https?:\/\//i
const JSON_START = /^\s{0,8}[[{]/
const DATE = /^\d{4}-\d\d-\d\d[T ]?[\d:.+Z-]{0,24}$/
const WORD = /^[A-Za-z_][A-Za-z_.:/ -]{0,79}$/
const ONE_WORD = /^[A-Za-z_][A-Za-z_.:/-]{0,79}$/
const CODE = /^[A-Za-z0-9_.:/\- ]{1,80}$/

/** "can't be blank", "is invalid", and no name or number of somebody. */
function isSentence(value: string): boolean {
  if (value.length > 300 || /@|\d{4}/.test(value)) return false
  return value.split(' ', 3).length === 3 || /^[a-z]+ [a-z]+\.?$/.test(value)
}

function keepId(value: string, { isOrganisation }: KeyFacts, cleaner: Cleaner): string {
  const clean = cleaner.netForId(value)
  if (clean === value) cleaner.kept(isOrganisation ? 'organisation_id' : 'request_or_trace_id')
  return clean
}

/** The operator keeps the bodies of this host; what the nets find in them goes all the same. */
function keptOfHost(value: string, cleaner: Cleaner): string | undefined {
  if (!cleaner.keepsBody) return undefined
  cleaner.kept('body_of_host')
  return cleaner.net(value)
}

function isErrorText({ isCode, isWords }: KeyFacts, value: string): boolean {
  if (isCode && (WORD.test(value) || (CODE.test(value) && value.length <= 40 && !looksRandom(value)))) return true
  return isWords && value.length <= 1_000
}

/** The text goes; what a pattern recognises in it is learnt, to be erased elsewhere too. */
function deniedString(value: string, { isReference }: KeyFacts, cleaner: Cleaner): string {
  if (value.length <= 254 && isEmail(value)) return cleaner.secret('email', 'email', value)
  cleaner.learnFrom(value)
  if (isReference) return cleaner.secret('other', 'id', value)
  return cleaner.deny('body', 'string', value)
}

function isEmail(value: string): boolean {
  return value.includes('@') && /^[^\s@<>]{1,128}@[^\s@<>]{1,128}$/.test(value)
}

function hiddenNumber(value: number, cleaner: Cleaner): number {
  if (cleaner.keepsBody && cleaner.net(String(value)) === String(value)) return value
  cleaner.deny('body', 'number', String(value))
  return 0
}

/** A number stays a number. */
function ruledNumber(value: number, rule: SanitiseRule, cleaner: Cleaner): number {
  if (rule.action === 'keep') return value
  cleaner.secret(rule.kind ?? 'other', 'number', String(value))
  return 0
}
