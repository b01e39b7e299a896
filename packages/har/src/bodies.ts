import { decodeUtf8, fromBase64, isPlaceholder } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { cleanCss } from './css-body.ts'
import { cleanFormText } from './forms.ts'
import { cleanGraphql } from './graphql.ts'
import { cleanHtml } from './html-body.ts'
import { inflate, isGzip } from './inflate.ts'
import { cleanJsonText } from './json-body.ts'
import { cleanMultipart } from './multipart.ts'
import { cleanScript } from './script-body.ts'
import { cleanXml } from './xml-body.ts'

/** Longer JSON is not walked but denied whole: nobody reads it, and it would hold up everything else. */
const MAX_WALKED = 24 << 20

/** Cleans a body by its type. A type that has no walker loses its content and keeps its length. */
export function cleanBody(text: string, mimeType: string, cleaner: Cleaner): string {
  if (text === '' || isPlaceholder(text)) return text
  const ruled = cleaner.operator.bodyActionFor(cleaner.host)
  if (ruled !== undefined && ruled.action !== 'keep') {
    cleaner.learnFrom(text)
    return cleaner.deny(ruled.kind ?? 'body', 'body', text)
  }
  const type = mimeType.toLowerCase()
  const walked = text.length > MAX_WALKED ? undefined : walk(text, mimeType, cleaner)
  return walked ?? denyBody(text, type, cleaner)
}

function walk(text: string, mimeType: string, cleaner: Cleaner): string | undefined {
  const type = mimeType.toLowerCase()
  if (type.includes('ndjson') || type.includes('jsonl') || type.includes('json-seq')) return cleanLines(text, cleaner)
  if (type.includes('event-stream')) return cleanEventStream(text, cleaner)
  if (type.includes('x-www-form-urlencoded')) return cleanForm(text, cleaner)
  if (type.includes('multipart/')) return cleanMultipart(text, mimeType, cleaner)
  if (type.includes('json') || JSON_START.test(text)) {
    const clean = cleanJsonText(text, cleaner)
    if (clean !== undefined) return clean
  }
  if (/^\s{0,4}--[^\r\n]{4,100}\r?\ncontent-disposition:/i.test(text)) return cleanMultipart(text, mimeType, cleaner)
  return walkLanguage(text, type, cleaner)
}

const JSON_START = /^\s{0,64}(?:\)\]\}'|\ufeff)?\s{0,4}[[{]/

/** By what it says it is; where it says nothing, or `text/plain`, by how it begins. */
function walkLanguage(text: string, type: string, cleaner: Cleaner): string | undefined {
  if (type.includes('graphql')) return cleanGraphql(text, cleaner)
  if (type.includes('html') || HTML_START.test(text)) return cleanHtml(text, cleaner)
  if (/javascript|ecmascript/.test(type)) return cleanScript(text, cleaner)
  if (type.includes('css')) return cleanCss(text, cleaner)
  if (type.startsWith('image/') || type.startsWith('font/')) return undefined
  return type.includes('xml') || XML_START.test(text) ? cleanXml(text, cleaner) : undefined
}

const HTML_START = /^\ufeff?\s{0,64}<(?:!doctype html|html)/i
const XML_START = /^\ufeff?\s{0,64}<(?:\?xml|(?:soap|soapenv|s|samlp|saml2p|env):)/i

/** A body that calls itself a form may hold JSON all the same. */
function cleanForm(text: string, cleaner: Cleaner): string | undefined {
  if (/^\s{0,64}[[{]/.test(text)) {
    const clean = cleanJsonText(text, cleaner)
    if (clean !== undefined) return clean
  }
  return cleanFormText(text, cleaner)
}

function cleanLines(text: string, cleaner: Cleaner): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : (cleanJsonText(line, cleaner) ?? cleaner.deny('body', 'line', line))))
    .join('\n')
}

/** Server-sent events: the field names and event names stay, the data is walked as JSON or denied. */
export function cleanEventStream(text: string, cleaner: Cleaner): string {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => cleanEventLine(line, cleaner))
    .join('\n')
}

function cleanEventLine(line: string, cleaner: Cleaner): string {
  const match = /^(data|event|id|retry): ?(.*)$/s.exec(line)
  if (match === null) return line === '' ? '' : cleaner.deny('body', 'line', line)
  const [, field = '', value = ''] = match
  if (field === 'event') return /^[\w.:-]{1,64}$/.test(value) ? line : `event: ${cleaner.deny('body', 'event', value)}`
  if (field === 'retry') return /^\d{1,9}$/.test(value) ? line : ''
  if (field === 'id') return `id: ${cleaner.secret('other', 'id', value)}`
  return `data: ${cleanMessage(value, cleaner)}`
}

/** One message of a socket or a stream. */
export function cleanMessage(text: string, cleaner: Cleaner): string {
  if (text === '' || text === '[DONE]' || isPlaceholder(text)) return text
  // Socket.io and its like put a packet number before the JSON.
  const packet = /^\d{1,6}(?=[[{])/.exec(text)?.[0] ?? ''
  const rest = text.slice(packet.length)
  if (/^\s{0,8}[[{]/.test(rest)) {
    const clean = cleanJsonText(rest, cleaner)
    if (clean !== undefined) return packet + clean
  }
  if (/^(?:ping|pong|\d{1,2}|h|o)$/.test(text)) return text
  cleaner.learnFrom(text)
  return cleaner.deny('body', 'message', text)
}

const ERROR_WORDS = /^[A-Za-z][A-Za-z0-9 ,.:;'"()/_-]{1,200}$/

/** More is not searched through for the sake of a body that an operator keeps. */
const MAX_NETTED = 1 << 20

function denyBody(text: string, type: string, cleaner: Cleaner): string {
  if (cleaner.keepsBody && text.length <= MAX_NETTED && /^[^\u0000-\u0008\ufffd]*$/.test(text.slice(0, 4_096))) {
    cleaner.kept('body_of_host')
    return cleaner.net(text)
  }
  const isShortError = cleaner.status >= 400 && cleaner.policy === 'standard' && text.length <= 200
  if (isShortError && ERROR_WORDS.test(text.trim())) {
    cleaner.kept('error_text')
    return cleaner.net(text)
  }
  if (isText(type)) cleaner.learnFrom(text)
  return cleaner.deny('body', labelOf(type), text)
}

function isText(type: string): boolean {
  return type === '' || /text\/plain|xml|graphql|yaml|csv|html|json/.test(type)
}

function labelOf(type: string): string {
  if (type.includes('javascript') || type.includes('ecmascript')) return 'javascript'
  const [, family] = /^(image|font|audio|video|text)\//.exec(type) ?? []
  if (type.includes('html')) return 'html'
  if (type.includes('css')) return 'css'
  if (type.includes('xml')) return 'xml'
  return family ?? 'body'
}

/** A body that the exporter encoded, compressed or not; undefined when it holds no readable text. */
export function decodeBase64Body(text: string): string | undefined {
  const bytes = fromBase64(text)
  if (bytes === undefined) return undefined
  const plain = isGzip(bytes) || bytes[0] === 0x78 ? (inflate(bytes, MAX_WALKED) ?? bytes) : bytes
  const decoded = decodeUtf8(plain)
  return decoded.includes('\ufffd') || decoded.includes('\u0000') ? undefined : decoded
}
