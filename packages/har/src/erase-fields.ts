import type { Place } from './erase-places.ts'
import { type HeaderTreatment, headerTreatment } from './header-treatments.ts'
import { isIdName } from './names.ts'
import { CONTENT, MESSAGE, POST_DATA, type Treatment, type TreatmentTable } from './treatments.ts'
import { isObject, type JsonObject, type JsonValue } from './types.ts'

/** What becomes of a text. */
export type Erase = (text: string, place: Place) => string

/**
 * Erases in an object of a cleaned capture, in place. The names of declared fields are never touched, nor what they say in the
 * form that HAR gives them; everything else is handed over with its place.
 */
export function eraseFields(object: JsonObject, table: TreatmentTable, erase: Erase): void {
  for (const name of Object.keys(object)) {
    const value = object[name] ?? null
    if (typeof value === 'string') object[name] = eraseScalar(value, table.get(name) ?? 'body', erase)
    else if (typeof value === 'object' && value !== null) eraseNested(value, table.get(name), erase)
  }
}

/** A date or a version of the protocol, whatever number somebody's password is. */
const PROTOCOL = /^(?:\d{4}-\d\d-\d\dT[\d:.]{1,30}(?:Z|[+-]\d\d:?\d\d)|(?:http|h|spdy|quic)\/?[\d.]{1,4})$/i

const PLACES: Partial<Record<Treatment & string, Place>> = {
  keep: 'structure',
  word: 'structure',
  id: 'structure',
  url: 'url',
  title: 'url',
  held: 'body',
}

function eraseScalar(value: string, treatment: Treatment | 'body', erase: Erase): string {
  if (treatment === 'body') return erase(value, 'body')
  if (treatment === 'keep' && PROTOCOL.test(value)) return value
  return erase(value, (typeof treatment === 'string' ? PLACES[treatment] : undefined) ?? 'text')
}

function eraseNested(value: JsonObject | JsonValue[], treatment: Treatment | undefined, erase: Erase): void {
  if (typeof treatment === 'object') {
    const table = 'object' in treatment ? treatment.object : treatment.list
    for (const item of Array.isArray(value) ? value : [value]) if (isObject(item)) eraseFields(item, table, erase)
    return
  }
  const walk = treatment === undefined ? undefined : WALKERS[treatment]
  if (walk === undefined) eraseAll(value, erase)
  else walk(value, erase)
}

type Walker = (value: JsonObject | JsonValue[], erase: Erase) => void

/** The fields of these objects are named by whoever wrote the walker of the same name. */
const WALKERS: Partial<Record<Treatment & string, Walker>> = {
  headers: ofEach(eraseHeader),
  'header-lines': (lines, erase) => {
    if (!Array.isArray(lines)) return eraseAll(lines, erase)
    for (let i = 0; i < lines.length; i += 1) lines[i] = eraseHeaderLine(String(lines[i] ?? ''), erase)
  },
  cookies: ofEach(eraseCookie),
  parameters: ofEach((parameter, erase) => {
    for (const [key, value] of Object.entries(parameter))
      if (typeof value === 'string') parameter[key] = erase(value, key === 'value' ? 'body' : 'structure')
  }),
  'post-data': ofEach((data, erase) => eraseFields(data, POST_DATA, erase)),
  content: ofEach((content, erase) => eraseFields(content, CONTENT, erase)),
  messages: ofEach((message, erase) => eraseFields(message, MESSAGE, erase)),
}

function ofEach(eraseOne: (object: JsonObject, erase: Erase) => void): Walker {
  return (value, erase) => {
    for (const item of Array.isArray(value) ? value : [value]) if (isObject(item)) eraseOne(item, erase)
  }
}

function eraseHeader(header: JsonObject, erase: Erase): void {
  const { name, value } = header
  if (typeof name === 'string') header['name'] = erase(name, 'structure')
  if (typeof value === 'string') header['value'] = erase(value, placeOfHeader(String(name).toLowerCase()))
}

function eraseHeaderLine(line: string, erase: Erase): string {
  const colon = line.indexOf(':', 1)
  if (colon < 0) return erase(line, 'structure')
  const name = line.slice(0, colon)
  return `${erase(name, 'structure')}:${erase(line.slice(colon + 1), placeOfHeader(name.toLowerCase()))}`
}

const STRUCTURED: ReadonlySet<HeaderTreatment> = new Set([
  'keep',
  'keep-raw',
  'cookie',
  'set-cookie',
  'authorization',
  'policy',
  'protocols',
  'link',
])

/** Kept headers whose value is a sentence. */
const SENTENCES = /^(?:grpc-message|warning|x-api-warn|x-deprecation|x-squid-error|x-(?:amzn?-)?error-?message)$/

function placeOfHeader(name: string): Place {
  const treatment = headerTreatment(name)
  if (treatment === undefined) return isIdName(name) ? 'structure' : 'text'
  if (treatment === 'url') return 'url'
  return STRUCTURED.has(treatment) && !SENTENCES.test(name) ? 'structure' : 'text'
}

const COOKIE_FIELDS: ReadonlySet<string> = new Set(
  'name value path domain expires httpOnly secure sameSite maxAge partitionKey comment'.split(' '),
)

function eraseCookie(cookie: JsonObject, erase: Erase): void {
  for (const [key, value] of Object.entries(cookie)) {
    const cleanKey = COOKIE_FIELDS.has(key) ? key : erase(key, 'structure')
    if (cleanKey !== key) delete cookie[key]
    const place = key === 'path' ? 'url' : key === 'value' ? 'text' : 'structure'
    cookie[cleanKey] = typeof value === 'string' && !PROTOCOL.test(value) ? erase(value, place) : value
  }
}

/** Where nothing is declared, names may be anything too. */
function eraseAll(value: JsonObject | JsonValue[], erase: Erase): void {
  for (const [key, item] of Object.entries(value)) {
    const clean = typeof item === 'string' ? erase(item, 'text') : item
    if (typeof item === 'object' && item !== null) eraseAll(item, erase)
    if (Array.isArray(value)) value[Number(key)] = clean
    else {
      const cleanKey = erase(key, 'text')
      if (cleanKey !== key) delete value[key]
      value[cleanKey] = clean
    }
  }
}
