import { decodeUtf8, fromBase64, isPlaceholder } from '@clew/redact'
import { filterProductIn } from './filter-products.ts'
import { type CspReport, postedEvidence } from './posted-evidence.ts'
import { listOf, numberOf, objectOf, textOf } from './read-values.ts'
import type { JsonObject, JsonValue } from './types.ts'

/** What bodies and messages show, read once so that the bodies need not be kept. */
export interface EntryEvidence {
  /** Names of the cookies that are listed apart from the headers. */
  cookiesSent: readonly string[]
  cookiesSet: readonly string[]
  /** What the body begins like, whatever its type says. */
  bodyLooksLike: '' | 'html' | 'json' | 'other'
  /** True when cleaning took the text of the page. */
  isHidden: boolean
  /** Title of an HTML answer. */
  title: string
  /** Product that writes such a page when it blocks something; empty when it does not look like one. */
  filterProduct: string
  /** How an event stream went. */
  stream: StreamEvidence | undefined
  socket: SocketEvidence | undefined
  /** True when a SAML response was posted and says how it went. */
  readsSaml: boolean
  /** Its status, unless Success. */
  samlError: string
  cspReport: CspReport | undefined
}

export interface StreamEvidence {
  /** An answer that is written piece by piece and says when it is over, unlike notifications, which never are. */
  isAnswer: boolean
  isOver: boolean
}

export interface SocketEvidence {
  received: number
  hasError: boolean
  /** Code of the close frame. */
  closeCode: number | undefined
}

const NOTHING: EntryEvidence = {
  cookiesSent: [],
  cookiesSet: [],
  bodyLooksLike: '',
  isHidden: false,
  title: '',
  filterProduct: '',
  stream: undefined,
  socket: undefined,
  readsSaml: false,
  samlError: '',
  cspReport: undefined,
}

/** Most entries show nothing of this kind and share one object. */
export function readEvidence(entry: JsonObject): EntryEvidence {
  const request = objectOf(entry['request'])
  const response = objectOf(entry['response'])
  const content = objectOf(response['content'])
  const found: Partial<EntryEvidence> = {
    ...cookiesOf(request, response),
    ...bodyOf(content),
    ...streamOf(entry, content),
    ...postedEvidence(objectOf(request['postData']), textOf(request['url'])),
  }
  const socket = socketOf(entry['_webSocketMessages'])
  if (socket !== undefined) found.socket = socket
  return Object.keys(found).length === 0 ? NOTHING : { ...NOTHING, ...found }
}

function cookiesOf(request: JsonObject, response: JsonObject): Partial<EntryEvidence> {
  const cookiesSent = namesOf(request['cookies'])
  const cookiesSet = namesOf(response['cookies'])
  return { ...(cookiesSent.length > 0 && { cookiesSent }), ...(cookiesSet.length > 0 && { cookiesSet }) }
}

function namesOf(value: JsonValue | undefined): string[] {
  return listOf(value)
    .map((cookie) => textOf(cookie['name']))
    .filter((name) => name !== '')
}

const HEAD = 16_384

function bodyOf(content: JsonObject): Partial<EntryEvidence> {
  const isText = /html|json|text\/plain|^$/i.test(textOf(content['mimeType']))
  const text = isText ? headOf(content) : ''
  const bodyLooksLike = looksLike(text)
  if (bodyLooksLike !== 'html') return bodyLooksLike === '' ? {} : { bodyLooksLike }
  const title = titleOf(text)
  return { bodyLooksLike, isHidden: isPlaceholder(text), title, filterProduct: filterProductIn(title, text) }
}

function headOf(content: JsonObject): string {
  const text = textOf(content['text'])
  if (content['encoding'] !== 'base64') return text.slice(0, HEAD)
  const bytes = fromBase64(text.slice(0, HEAD))
  return bytes === undefined ? '' : decodeUtf8(bytes)
}

function looksLike(text: string): EntryEvidence['bodyLooksLike'] {
  const start = text.slice(0, 200).trimStart()
  if (start === '') return ''
  if (/^(?:<!doctype html|<html|<head|<body|<!--|\[html\b)/i.test(start)) return 'html'
  return /^(?:\)\]\}'|[[{"])/.test(start) ? 'json' : 'other'
}

/** In a clean capture the placeholder carries the titles of error pages. */
function titleOf(text: string): string {
  const title =
    /<title[^>]{0,200}>\s{0,80}([^<]{1,200})/i.exec(text)?.[1] ??
    /^\[html\b[^\]]{0,60}title "([^"]{1,80})"/.exec(text)?.[1]
  return (title ?? '').replace(/\s+/g, ' ').trim().slice(0, 120)
}

/** Marks of an answer that comes in pieces, and of its end, in the streams of model providers and the like. */
const ANSWER =
  /"(?:delta|choices|completion|content_block|finish_reason|stop_reason)"|event: ?(?:message_start|content_block_delta|response\.|delta|token|chunk)/
const OVER =
  /\[DONE\]|"finish_reason": ?"\w|"stop_reason": ?"\w|message_stop|response\.(?:completed|failed|incomplete|done)|event: ?(?:done|end|complete[d]?|finish(?:ed)?|close|error)\b|"(?:done|final|is_final)": ?true|"type": ?"(?:done|end|complete[d]?|error)"/
const TAIL = 8_192
/** Firefox keeps no more of a body than this, so that its end is not known. */
const CUT_BY_EXPORTER = 1_000_000

function streamOf(entry: JsonObject, content: JsonObject): Partial<EntryEvidence> {
  const messages = listOf(entry['_eventSourceMessages'])
  const body = /event-stream/i.test(textOf(content['mimeType'])) ? textOf(content['text']) : ''
  if (messages.length === 0 && body === '') return {}
  const last = messages
    .slice(-20)
    .map((message) => `event: ${textOf(message['eventName'])}\n${textOf(message['data'])}`)
  const first = messages
    .slice(0, 5)
    .map((message) => `event: ${textOf(message['eventName'])}\n${textOf(message['data'])}`)
  const head = body.slice(0, TAIL) + first.join('\n').slice(0, TAIL)
  const tail = body.slice(-TAIL) + last.join('\n').slice(-TAIL)
  return { stream: { isAnswer: ANSWER.test(head), isOver: body.length >= CUT_BY_EXPORTER || OVER.test(tail) } }
}

function socketOf(value: JsonValue | undefined): SocketEvidence | undefined {
  const messages = listOf(value)
  if (messages.length === 0) return undefined
  const close = messages.findLast((message) => numberOf(message['opcode']) === 8)
  const code = /\b(1\d{3}|[34]\d{3})\b/.exec(textOf(close?.['data']))?.[1]
  return {
    received: messages.filter((message) => message['type'] === 'receive').length,
    hasError: messages.some((message) => message['type'] === 'error'),
    closeCode: code === undefined ? undefined : Number(code),
  }
}
