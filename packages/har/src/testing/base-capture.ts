import type { JsonObject, JsonValue } from '../types.ts'
import { ALNUM, HEX, type Random } from './random.ts'

/** An ordinary exchange as one of several exporters writes it; plants go into it. */
export function makeEntry(random: Random): JsonObject {
  return random.pick([chromeEntry, firefoxEntry, safariEntry, proxyEntry])(random)
}

export function makeCapture(entries: JsonValue[]): JsonObject {
  const pageTimings = { onContentLoad: 310.5, onLoad: 822.25 }
  const pages = [{ startedDateTime: STARTED, id: 'page_1', title: `${APP}/en/settings`, pageTimings }]
  return { log: { version: '1.2', creator: { name: 'WebInspector', version: '537.36' }, pages, entries } }
}

const APP = 'https://app.northlight.example'
const STARTED = '2026-11-24T10:15:30.123Z'

const PATHS = ['/en/settings', '/api/v2/members', '/v1/files/list', '/oauth/callback', '/assets/site.css', '/search']
const QUERIES = ['', '?page=2&limit=50', '?lang=el', '?sort=created&dir=desc&q=']
const MIMES = ['application/json', 'text/html; charset=utf-8', 'application/javascript', 'image/png', 'text/css']

function baseEntry(random: Random): JsonObject {
  const cookie = random.text(ALNUM, 28)
  return {
    startedDateTime: STARTED,
    time: 20 + random.below(90_000) / 100,
    request: {
      method: 'GET',
      url: `${APP}${random.pick(PATHS)}${random.pick(QUERIES)}`,
      httpVersion: 'HTTP/1.1',
      headers: headers({
        Host: 'app.northlight.example',
        Accept: 'application/json, text/plain, */*',
        'Accept-Language': 'el-GR,el;q=0.9,en;q=0.8',
        'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/147.0.0.0 Safari/537.36',
        Cookie: `sid=${cookie}`,
      }),
      queryString: [],
      cookies: [{ name: 'sid', value: cookie }],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: random.pick([200, 200, 204, 304, 404, 500]),
      statusText: 'OK',
      httpVersion: 'HTTP/1.1',
      headers: headers({
        Date: 'Tue, 24 Nov 2026 10:15:30 GMT',
        Server: 'nginx/1.25.3',
        'Content-Length': String(random.below(100_000)),
        'Cache-Control': 'private, max-age=0, must-revalidate',
        ETag: `W/"${random.text(HEX, 20)}"`,
        Vary: 'Accept-Encoding, Origin',
        'X-Request-Id': `req_${random.text(ALNUM, 24)}`,
      }),
      cookies: [],
      content: { size: random.below(90_000), mimeType: random.pick(MIMES) },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { blocked: 1.25, dns: -1, connect: -1, send: 0.2, wait: 80 + random.below(50), receive: 3.5, ssl: -1 },
    serverIPAddress: '203.0.113.7',
    pageref: 'page_1',
  }
}

function chromeEntry(random: Random): JsonObject {
  const callFrame = {
    functionName: 'load',
    scriptId: '12',
    url: `${APP}/assets/main.js`,
    lineNumber: 1,
    columnNumber: 9,
  }
  return {
    ...baseEntry(random),
    _initiator: { type: 'script', stack: { callFrames: [callFrame] } },
    _priority: 'High',
    _resourceType: 'fetch',
    _connectionId: '4411',
    connection: '443',
  }
}

function firefoxEntry(random: Random): JsonObject {
  return { ...baseEntry(random), startedDateTime: '2026-11-24T12:15:30.123+02:00', _securityState: 'secure' }
}

function safariEntry(random: Random): JsonObject {
  return { ...baseEntry(random), _fetchType: 'Network Load', _priority: 'medium' }
}

function proxyEntry(random: Random): JsonObject {
  return { ...baseEntry(random), _requestId: `${random.below(9_000)}.42`, _serverPort: 443 }
}

function headers(values: Record<string, string>): JsonValue {
  return Object.entries(values).map(([name, value]) => ({ name, value }))
}
