import { readEvidence } from './body-evidence.ts'
import type {
  CacheSource,
  CaptureEntry,
  CaptureTimings,
  HeaderMap,
  HttpProtocol,
  Initiator,
  SecurityDetails,
} from './capture-entry.ts'
import { readError, readRequestIds } from './evidence.ts'
import { amountOf, firstText, listOf, numberOf, objectOf, textOf } from './read-values.ts'
import { isObject, type JsonObject, type JsonValue } from './types.ts'

/** What lists and rules need of an entry; headers in their order, cookies and bodies are in `entryDetails`. */
export function readEntry(entry: JsonObject, place: Pick<CaptureEntry, 'index' | 'span'>): CaptureEntry {
  const request = objectOf(entry['request'])
  const response = objectOf(entry['response'])
  const requestHeaders = headersOf(request['headers'])
  const responseHeaders = headersOf(response['headers'])
  const status = Math.max(0, Math.trunc(numberOf(response['status']) ?? 0))
  const body = status >= 400 ? textOf(objectOf(response['content'])['text']) : ''
  return {
    ...place,
    ...timeOf(entry),
    ...askedOf(request, requestHeaders),
    ...answerOf(response, responseHeaders),
    ...originOf(entry, response),
    status,
    hasResponse: textOf(response['status']) !== '',
    httpVersion: firstText(response['httpVersion'], request['httpVersion']),
    protocol: protocolOf(firstText(response['httpVersion'], request['httpVersion'])),
    networkError: firstText(response['_error'], entry['_error']),
    requestHeaders,
    responseHeaders,
    timings: timingsOf(objectOf(entry['timings'])),
    requestIds: readRequestIds(responseHeaders, requestHeaders, body),
    error: status >= 400 ? readError(body) : undefined,
    evidence: readEvidence(entry),
  }
}

function timeOf(entry: JsonObject): Pick<CaptureEntry, 'startedAt' | 'startedDateTime' | 'durationMs'> {
  const startedDateTime = textOf(entry['startedDateTime'])
  const started = Date.parse(startedDateTime)
  return {
    startedAt: Number.isNaN(started) ? undefined : started,
    startedDateTime,
    durationMs: amountOf(entry['time']),
  }
}

type Asked = Pick<CaptureEntry, 'method' | 'url' | 'scheme' | 'host' | 'path' | 'requestMime' | 'requestBytes'>

function askedOf(request: JsonObject, headers: HeaderMap): Asked {
  const url = textOf(request['url'])
  return {
    method: textOf(request['method']).toUpperCase(),
    url,
    ...addressOf(url),
    requestMime: firstText(objectOf(request['postData'])['mimeType'], headers.get('content-type')).toLowerCase(),
    requestBytes: requestBytesOf(request, headers),
  }
}

function requestBytesOf(request: JsonObject, headers: HeaderMap): number | undefined {
  const declared = amountOf(headers.get('content-length')) ?? amountOf(headers.get('upload-length'))
  const sent = amountOf(request['bodySize'])
  return declared === undefined ? sent : Math.max(declared, sent ?? 0)
}

function addressOf(url: string): { scheme: string; host: string; path: string } {
  const match = /^([a-z][a-z0-9+.-]{0,30}):\/\/(?:[^/?#@]{0,512}@)?([^/?#]{0,512})([^?#]*)/i.exec(url)
  if (match === null) return { scheme: '', host: '', path: url.split(/[?#]/, 1)[0] ?? '' }
  return { scheme: (match[1] ?? '').toLowerCase(), host: (match[2] ?? '').toLowerCase(), path: match[3] || '/' }
}

type Answer = Pick<
  CaptureEntry,
  | 'statusText'
  | 'mime'
  | 'responseBytes'
  | 'announcedBytes'
  | 'contentBytes'
  | 'transferBytes'
  | 'hasBody'
  | 'redirectUrl'
>

function answerOf(response: JsonObject, headers: HeaderMap): Answer {
  const content = objectOf(response['content'])
  return {
    statusText: textOf(response['statusText']),
    mime: firstText(content['mimeType'], headers.get('content-type')).toLowerCase(),
    announcedBytes: amountOf(headers.get('content-length')),
    responseBytes: amountOf(response['bodySize']) ?? amountOf(content['size']),
    contentBytes: amountOf(content['size']),
    transferBytes: amountOf(response['_transferSize']),
    hasBody: textOf(content['text']) !== '',
    redirectUrl: firstText(response['redirectURL'], headers.get('location')),
  }
}

type Origin = Pick<
  CaptureEntry,
  'pageRef' | 'resourceType' | 'priority' | 'initiator' | 'fromCache' | 'serverAddress' | 'connection' | 'security'
>

function originOf(entry: JsonObject, response: JsonObject): Origin {
  return {
    pageRef: textOf(entry['pageref']),
    resourceType: textOf(entry['_resourceType']).toLowerCase(),
    priority: firstText(entry['_priority'], entry['_initialPriority']),
    initiator: initiatorOf(entry['_initiator']),
    fromCache: cacheSourceOf(entry, response),
    serverAddress: textOf(entry['serverIPAddress']),
    connection: firstText(entry['connection'], entry['_connectionId']),
    security: securityOf(entry['_securityDetails']),
  }
}

function initiatorOf(value: JsonValue | undefined): Initiator | undefined {
  if (typeof value === 'string' && value !== '') return { type: 'other', url: value, line: undefined }
  if (!isObject(value)) return undefined
  const frame = listOf(objectOf(value['stack'])['callFrames'])[0]
  return {
    type: textOf(value['type']),
    url: firstText(value['url'], frame?.['url']),
    line: amountOf(value['lineNumber']) ?? amountOf(frame?.['lineNumber']),
  }
}

/** Chrome says `_fromCache` and flags on the response, Safari `_fetchType`, others `fromDiskCache`. */
function cacheSourceOf(entry: JsonObject, response: JsonObject): CacheSource {
  if (response['_fetchedViaServiceWorker'] === true || entry['_fetchedViaServiceWorker'] === true)
    return 'service-worker'
  const said = firstText(entry['_fromCache'], entry['_fetchType'], response['_fetchType']).toLowerCase()
  if (/service.?worker/.test(said)) return 'service-worker'
  if (said.includes('memory')) return 'memory'
  if (said.includes('disk')) return 'disk'
  if (said.includes('prefetch')) return 'prefetch'
  if (said.includes('push')) return 'push'
  return ''
}

function securityOf(value: JsonValue | undefined): SecurityDetails | undefined {
  if (!isObject(value)) return undefined
  return {
    protocol: textOf(value['protocol']),
    subject: firstText(value['subjectName'], value['subject']),
    issuer: textOf(value['issuer']),
    validFrom: amountOf(value['validFrom']),
    validTo: amountOf(value['validTo']),
  }
}

function protocolOf(httpVersion: string): HttpProtocol {
  if (/^(?:h3|http\/3|quic|http\/2\+quic|http\/2\.0\+quic)/i.test(httpVersion)) return 'h3'
  if (/^(?:h2|http\/2|2(?:\.0)?$|spdy)/i.test(httpVersion)) return 'h2'
  return /^(?:http\/1|1\.[01]$)/i.test(httpVersion) ? 'h1' : ''
}

function headersOf(value: JsonValue | undefined): HeaderMap {
  const map = new Map<string, string>()
  for (const header of listOf(value)) {
    const name = textOf(header['name']).toLowerCase()
    const text = textOf(header['value'])
    const before = map.get(name)
    map.set(name, before === undefined ? text : `${before}${name === 'set-cookie' ? '\n' : ', '}${text}`)
  }
  return map
}

function timingsOf(timings: JsonObject): CaptureTimings {
  return {
    blocked: amountOf(timings['blocked']),
    dns: amountOf(timings['dns']),
    connect: amountOf(timings['connect']),
    ssl: amountOf(timings['ssl']),
    send: amountOf(timings['send']),
    wait: amountOf(timings['wait']),
    receive: amountOf(timings['receive']),
    queueing: amountOf(timings['_blocked_queueing']) ?? amountOf(timings['_queued']),
    proxy: amountOf(timings['_blocked_proxy']),
  }
}
