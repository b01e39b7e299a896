import { isPlaceholder } from '@clew/redact'
import { isIdName } from './names.ts'
import { parseTolerantly } from './tolerant-json.ts'
import { isObject, type JsonObject, type JsonValue } from './types.ts'

export interface RequestId {
  name: string
  value: string
}

export interface ServerError {
  code: string
  message: string
}

const MAX_IDS = 6

/** Not ids of one request, though they sound like it. */
const NOT_OF_A_REQUEST =
  /^(?:x-served-by|x-timer|x-runtime|x-trace|ray|organi[sz]ation|x-varnish|openai-(?:organization|project))$|^(?:x-)?org/

/** Ids with which the operator of a server finds one request in its logs, the most useful first. */
export function readRequestIds(
  response: ReadonlyMap<string, string>,
  request: ReadonlyMap<string, string>,
  body: string,
): RequestId[] {
  const found = new Map<string, RequestId>()
  const add = (name: string, value: string): void => {
    if (value === '' || value.length > 200 || isPlaceholder(value) || found.has(value)) return
    found.set(value, { name, value })
  }
  for (const headers of [response, request]) {
    for (const [name, value] of headers) if (isIdName(name) && !NOT_OF_A_REQUEST.test(name)) add(name, value)
  }
  for (const [name, value] of idsInBody(body)) add(name, value)
  return [...found.values()].sort((a, b) => rank(a.name) - rank(b.name)).slice(0, MAX_IDS)
}

function rank(name: string): number {
  const order = [
    'x-request-id',
    'request-id',
    'request_id',
    'requestid',
    'cf-ray',
    'x-amzn-requestid',
    'x-amz-request-id',
    'traceparent',
  ]
  const at = order.indexOf(name.toLowerCase())
  return at < 0 ? order.length : at
}

const MAX_BODY = 262_144

function idsInBody(body: string): [string, string][] {
  const value = readJson(body)
  if (value === undefined) return []
  const ids: [string, string][] = []
  for (const object of [value, value['error'], value['meta']]) {
    if (!isObject(object)) continue
    for (const [key, id] of Object.entries(object)) if (typeof id === 'string' && isIdName(key)) ids.push([key, id])
  }
  return ids
}

/** The code and message of an error in the shapes in use: `{error:{code,message}}`, RFC 9457, OAuth, GraphQL. */
export function readError(body: string): ServerError | undefined {
  const value = readJson(body)
  if (value === undefined) return undefined
  const first = Array.isArray(value['errors']) ? value['errors'][0] : value['errors']
  for (const candidate of [value['error'], first, value]) {
    const found =
      typeof candidate === 'string' ? { code: candidate, message: textIn(value, MESSAGE_KEYS) } : errorIn(candidate)
    if (found !== undefined) return found
  }
  return undefined
}

const CODE_KEYS = ['code', 'error_code', 'errorCode', 'type', 'error', 'status', 'title']
const MESSAGE_KEYS = ['message', 'error_description', 'detail', 'description', 'msg', 'title', 'reason']

function errorIn(value: JsonValue | undefined): ServerError | undefined {
  if (!isObject(value)) return undefined
  const extensions = value['extensions']
  const code = (isObject(extensions) ? textIn(extensions, CODE_KEYS) : '') || textIn(value, CODE_KEYS)
  const message = textIn(value, MESSAGE_KEYS)
  return code === '' && message === '' ? undefined : { code, message: message.slice(0, 300) }
}

function textIn(object: JsonObject, keys: readonly string[]): string {
  for (const key of keys) {
    const value = object[key]
    if (typeof value === 'string' && value !== '') return value.slice(0, 300)
    if (typeof value === 'number') return String(value)
  }
  return ''
}

function readJson(body: string): JsonObject | undefined {
  if (body === '' || body.length > MAX_BODY || !/^\s{0,64}\{/.test(body)) return undefined
  const value = parseTolerantly(body)
  return isObject(value) ? value : undefined
}
