import { amountOf, listOf, numberOf, objectOf, textOf } from './read-values.ts'
import { MAX_DEPTH, parseTolerantly } from './tolerant-json.ts'
import { isObject, type JsonObject, type JsonValue } from './types.ts'

export interface NameValue {
  name: string
  value: string
}

export interface CookieDetails extends NameValue {
  path: string
  domain: string
  expires: string
  sameSite: string
  isSecure: boolean
  isHttpOnly: boolean
}

export interface FormPart extends NameValue {
  fileName: string
  contentType: string
}

export interface BodyDetails {
  mime: string
  /** As in the file: with `encoding` `base64` still encoded. */
  text: string
  encoding: string
  sizeBytes: number | undefined
}

/** A message of a WebSocket or an EventSource. */
export interface StreamMessage {
  /** `send`, `receive`, `error`, or the name of the event. */
  type: string
  /** Seconds since the epoch. */
  time: number | undefined
  opcode: number | undefined
  data: string
}

export interface CallFrame {
  functionName: string
  url: string
  line: number | undefined
}

/** Everything of an entry that a list does not need. */
export interface EntryDetails {
  request: {
    headers: NameValue[]
    cookies: CookieDetails[]
    query: NameValue[]
    body: BodyDetails | undefined
    form: FormPart[]
    headersBytes: number | undefined
    bodyBytes: number | undefined
  }
  response: {
    headers: NameValue[]
    cookies: CookieDetails[]
    body: BodyDetails
    headersBytes: number | undefined
    bodyBytes: number | undefined
  }
  /** Who asked, the innermost first. */
  callStack: CallFrame[]
  messages: StreamMessage[]
  comment: string
}

/** Reads one entry from its own bytes: the part of the file at `CaptureEntry.span`. Undefined when they are no entry. */
export function readEntryDetails(bytes: Uint8Array | string): EntryDetails | undefined {
  const text = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes)
  if (isTooDeep(text)) return undefined
  const value = parseTolerantly(text)
  return isObject(value) ? entryDetails(value) : undefined
}

/** Reads one entry of a HAR that was parsed already. */
export function entryDetails(entry: JsonValue): EntryDetails {
  const raw = objectOf(entry)
  return {
    request: requestOf(objectOf(raw['request'])),
    response: responseOf(objectOf(raw['response'])),
    callStack: callStackOf(objectOf(objectOf(raw['_initiator'])['stack'])),
    messages: [...messagesOf(raw['_webSocketMessages']), ...messagesOf(raw['_eventSourceMessages'])],
    comment: textOf(raw['comment']),
  }
}

function isTooDeep(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at)
    if (char === 0x5b || char === 0x7b) depth += 1
    else if (char === 0x5d || char === 0x7d) depth -= 1
    else if (char === 0x22) at = endOfString(text, at)
    if (depth > MAX_DEPTH) return true
  }
  return false
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text.charCodeAt(at) !== 0x22) at += text.charCodeAt(at) === 0x5c ? 2 : 1
  return at
}

function requestOf(request: JsonObject): EntryDetails['request'] {
  const postData = request['postData']
  return {
    headers: pairsOf(request['headers']),
    cookies: listOf(request['cookies']).map(cookieOf),
    query: pairsOf(request['queryString']),
    body: isObject(postData) ? bodyOf(postData) : undefined,
    form: listOf(objectOf(postData)['params']).map((part) => ({
      name: textOf(part['name']),
      value: textOf(part['value']),
      fileName: textOf(part['fileName']),
      contentType: textOf(part['contentType']),
    })),
    headersBytes: amountOf(request['headersSize']),
    bodyBytes: amountOf(request['bodySize']),
  }
}

function responseOf(response: JsonObject): EntryDetails['response'] {
  return {
    headers: pairsOf(response['headers']),
    cookies: listOf(response['cookies']).map(cookieOf),
    body: bodyOf(objectOf(response['content'])),
    headersBytes: amountOf(response['headersSize']),
    bodyBytes: amountOf(response['bodySize']),
  }
}

function bodyOf(content: JsonObject): BodyDetails {
  return {
    mime: textOf(content['mimeType']),
    text: textOf(content['text']),
    encoding: textOf(content['encoding']),
    sizeBytes: amountOf(content['size']),
  }
}

function pairsOf(value: JsonValue | undefined): NameValue[] {
  return listOf(value).map((pair) => ({ name: textOf(pair['name']), value: textOf(pair['value']) }))
}

function cookieOf(cookie: JsonObject): CookieDetails {
  return {
    name: textOf(cookie['name']),
    value: textOf(cookie['value']),
    path: textOf(cookie['path']),
    domain: textOf(cookie['domain']),
    expires: textOf(cookie['expires']),
    sameSite: textOf(cookie['sameSite']),
    isSecure: cookie['secure'] === true,
    isHttpOnly: cookie['httpOnly'] === true,
  }
}

const MAX_FRAMES = 50
const MAX_PARENTS = 20

/** Asynchronous calls hang below each other as `parent`. */
function callStackOf(stack: JsonObject): CallFrame[] {
  const frames: CallFrame[] = []
  let current: JsonObject = stack
  for (let level = 0; level < MAX_PARENTS && frames.length < MAX_FRAMES; level += 1) {
    for (const frame of listOf(current['callFrames']))
      frames.push({
        functionName: textOf(frame['functionName']),
        url: textOf(frame['url']),
        line: amountOf(frame['lineNumber']),
      })
    const parent = current['parent']
    if (!isObject(parent)) break
    current = parent
  }
  return frames.slice(0, MAX_FRAMES)
}

function messagesOf(value: JsonValue | undefined): StreamMessage[] {
  return listOf(value).map((message) => ({
    type: textOf(message['type']) || textOf(message['eventName']),
    time: numberOf(message['time']),
    opcode: amountOf(message['opcode']),
    data: textOf(message['data']),
  }))
}
