import { isPlaceholder, type NameKind } from '@clew/redact'
import { isIdName, isOrganisationName, isPlainName, kindOfName } from './names.ts'

/** What a key of a JSON body says about the value under it. */
export interface KeyFacts {
  key: string
  /** The key can be shown as it is. */
  isPlain: boolean
  kind: NameKind | undefined
  /** What is inside of it is one too: of a password, of a token, of a day of birth. */
  isSecret: boolean
  isId: boolean
  isOrganisation: boolean
  /** What is inside reports an error, unless it is empty. */
  holdsError: boolean
  /** What is inside tells, in an error, what is wrong with each field of a form. */
  holdsFieldErrors: boolean
  /** What is inside is somebody's data, in an error too. */
  holdsData: boolean
  /** In an error: a code, a type, the name of a parameter. */
  isCode: boolean
  /** In an error: a sentence. */
  isWords: boolean
  /** Kept everywhere: names of operations, files, types and languages. */
  isAlwaysKept: boolean
  isDate: boolean
  /** An identifier whose equals should stay recognisable. */
  isReference: boolean
  /** How large a number may be and still be a measure, not somebody's number. */
  largestMeasure: number
}

const MAX_REMEMBERED = 5_000
const remembered = new Map<string, KeyFacts>()

/** The same few keys come thousands of times. */
export function factsOf(key: string): KeyFacts {
  const known = remembered.get(key)
  if (known !== undefined) return known
  const kind = kindOfName(key)
  const isAboutBirth = kind === 'personal' && /birth|born/i.test(key)
  const facts: KeyFacts = {
    key,
    isPlain: isPlainName(key) && !isDatum(key),
    kind,
    isSecret: kind === 'password' || kind === 'token' || kind === 'cookie' || isAboutBirth,
    isId: isIdName(key),
    isOrganisation: isOrganisationName(key),
    holdsError: ERROR_KEY.test(key),
    holdsFieldErrors: FIELD_ERRORS_KEY.test(key),
    holdsData: DATA_KEY.test(key),
    isCode: CODE_KEY.test(key),
    isWords: WORDS_KEY.test(key),
    isAlwaysKept: ALWAYS_KEY.test(key),
    isDate: DATE_KEY.test(key),
    isReference: /^(?:id|_id|uuid|guid|[a-zA-Z_]{1,60}(?:_id|Id|ID))$/.test(key),
    largestMeasure: largestMeasureOf(key),
  }
  if (remembered.size >= MAX_REMEMBERED) remembered.clear()
  if (key.length <= 128) remembered.set(key, facts)
  return facts
}

/** A name of a person, a number or a sentence: no programmer calls a field so. */
function isDatum(key: string): boolean {
  return /^\d{5,}$/.test(key) || (/[\s\u0370-\uffff]/.test(key) && !isPlaceholder(key))
}

/** Not what only an error would say so: a tracker has issues, an order has details. */
const ERROR_KEY = /^(?:errors?|faults?|exception|violations|(?:validation|field)[-_]?errors?|invalid[-_]?params)$/i
const FIELD_ERRORS_KEY = /^(?:errors|violations|(?:validation|field)[-_]?errors|invalid[-_]?params)$/i

const DATA_KEY =
  /^(?:data|users?|accounts?|profiles?|customers?|contacts?|input|request|payload|body|context|session|values?|rejectedvalue|params|variables|items|results?|records?|messages|history)$/i
const CODE_KEY =
  /^(?:type|code|exception|error|error[_-]?code|error[_-]?subcode|error[_-]?type|errortype|reason|status|statuscode|statustext|param|parameter|field|severity|level|domain|locationtype|title|kind|path|grpc[_-]?status)$/i
const WORDS_KEY =
  /^(?:message|msg|error|errors|error[_-]?description|error[_-]?message|error[_-]?summary|errormessage|userMessage|developerMessage|detail|details|description|title|reason|hint|text|info|faultstring|summary)$/i
const ALWAYS_KEY =
  /^(?:operationname|jsonrpc|__typename|error[_-]?description|error[_-]?code|error[_-]?uri|locale|lang|language|currency|object|model|api[_-]?version|schema|finish[_-]?reason|file[_-]?name|filename|original[_-]?(?:file)?name|mime[_-]?type|content[_-]?type|event[_-]?type|encoding|timezone|token_type|scope)$/i
const DATE_KEY = /(?:[_-]at|[_-]?time|time[_-]?stamp|date|[a-z]At)$/

const NUMBER_WORDS = new Set(
  `status size length limit max maximum min minimum count total page pages offset bytes duration retry after version width height progress percent
  index line column position attempt attempts tokens ttl timeout latency ms seconds sec minutes remaining quota per`
    .trim()
    .split(/\s+/),
)
const TIME_WORDS = new Set(
  'time timestamp ts date created updated modified expires expiry exp iat nbf at started ended in'.split(' '),
)

function largestMeasureOf(key: string): number {
  const parts = key
    .slice(0, 128)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
  if (parts.some((part) => TIME_WORDS.has(part))) return 1e14
  if (parts.some((part) => NUMBER_WORDS.has(part))) return 1e12
  // A code of an error, but six digits are what is sent to a phone.
  return parts.includes('code') ? 100_000 : 1_000
}
