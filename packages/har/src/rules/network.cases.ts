import { entry, page } from '../test-support.ts'
import type { JsonValue } from '../types.ts'
import { API, APP, after, failed, type RuleCase, TRACKER, times, upload } from './testing.ts'

const stream = (text: string, parts = {}): JsonValue =>
  entry({ mime: 'text/event-stream', url: `${API}/v1/responses`, method: 'POST', body: text, ...parts })
const DELTA = 'event: message\ndata: {"choices":[{"delta":{"content":"x"}}]}\n\n'

const socket = (messages: JsonValue[], parts = {}): JsonValue =>
  entry({
    url: 'wss://live.northlight.example/feed',
    type: 'websocket',
    status: 101,
    time: 900,
    entry: { _webSocketMessages: messages },
    ...parts,
  })
const message = (type: string, opcode: number, data: string): JsonValue => ({ type, time: 1_795_515_330, opcode, data })

const BLOCK_PAGE =
  '<!doctype html><html><head><title>Web Page Blocked</title></head><body>FortiGuard: access to this page has been blocked by your organisation policy.</body></html>'
const VENDOR = 'https://support.sophos.example'

/** What goes wrong between the browser and the server. */
export const NETWORK_CASES: readonly RuleCase[] = [
  {
    rule: 'client-blocked',
    shows: [failed('ERR_BLOCKED_BY_CLIENT')],
    nearMisses: { 'by the browser itself': [failed('ERR_BLOCKED_BY_ORB')] },
  },
  {
    rule: 'status-0-unknown',
    shows: [entry({ status: 0 })],
    nearMisses: {
      'with a reason': [failed('ERR_ABORTED')],
      'a beacon that nobody waits for': [entry({ status: 0, type: 'ping', method: 'POST' })],
      'a picture in the page': [entry({ status: 0, url: 'data:image/png;base64,AAAA' })],
    },
  },
  {
    rule: 'offline',
    shows: [failed('ERR_INTERNET_DISCONNECTED')],
    nearMisses: { 'a host without a name': [failed('ERR_NAME_NOT_RESOLVED')] },
  },
  {
    rule: 'dns-fail',
    shows: [failed('ERR_NAME_NOT_RESOLVED')],
    nearMisses: { 'a refused connection': [failed('ERR_CONNECTION_REFUSED')] },
  },
  {
    rule: 'conn-fail',
    shows: [failed('ERR_CONNECTION_TIMED_OUT')],
    nearMisses: {
      'an upload that was cut, which is told as such': [failed('ERR_CONNECTION_RESET', upload)],
      'a page that was left': [failed('ERR_ABORTED')],
    },
  },
  {
    rule: 'tls-fail',
    shows: [failed('ERR_CERT_DATE_INVALID')],
    nearMisses: { 'a reset': [failed('ERR_CONNECTION_RESET')] },
  },
  {
    rule: 'tls-intercept',
    shows: [secured('Zscaler Intermediate Root CA (zscaler.net)')],
    nearMisses: {
      'a public authority': [secured('R11'), secured("Let's Encrypt")],
      'a private one for a single host, as in a company': [secured('Northlight Internal CA')],
      'an unknown one for several of many sites': ['a', 'b', 'c', 'd', 'e', 'f'].map((name, at) =>
        secured(at < 3 ? 'Regional CA 7' : 'R11', `https://${name}.site-${name}.example/`),
      ),
    },
  },
  {
    rule: 'proxy-auth',
    shows: [entry({ status: 407 })],
    nearMisses: { 'a server that wants a sign-in': [entry({ status: 401 })] },
  },
  {
    rule: 'proxy-seen',
    shows: [page(), entry({ responseHeaders: { via: '1.1 gw.northlight.example (Zscaler/6.2)' } })],
    nearMisses: {
      'the front of a server': [page(), entry({ responseHeaders: { via: '1.1 varnish, 1.1 cloudfront' } })],
      'an unknown name at one site only': [page(), entry({ responseHeaders: { via: '1.1 web-04' } })],
      'a filter vendor’s own site': [page({ url: `${VENDOR}/`, responseHeaders: { via: '1.1 sophos-web' } })],
    },
  },
  {
    rule: 'block-page',
    shows: [
      entry({ status: 403, mime: 'text/html', body: BLOCK_PAGE, requestHeaders: { accept: 'application/json' } }),
    ],
    nearMisses: {
      'a refusal by the server': [
        entry({ status: 403, body: '{"error":{"code":"denied","message":"Access denied by policy"}}' }),
      ],
      'an article about filters': [page({ body: BLOCK_PAGE })],
      'the challenge of a front of ours': [
        page({ status: 403, body: '<html><title>Just a moment...</title><p>Access denied</p></html>' }),
      ],
    },
    lostByCleaning: 'the text of pages is taken out; only titles of well-known error pages stay',
  },
  {
    rule: 'captive-portal',
    shows: [page({ status: 302, redirectURL: 'http://192.168.0.1/login?to=app' })],
    nearMisses: {
      'a sign-in': [page({ status: 302, redirectURL: 'https://login.idp.example/authorize' })],
      'a file in storage': [
        entry({ url: `${API}/v1/files/1`, status: 302, redirectURL: 'https://files.storage.example/1' }),
      ],
    },
  },
  {
    rule: 'aborted',
    shows: [failed('ERR_ABORTED')],
    nearMisses: { 'no reason given': [entry({ status: 0 })] },
  },
  {
    rule: 'preflight-fail',
    shows: [
      entry({
        method: 'OPTIONS',
        status: 403,
        requestHeaders: { 'access-control-request-method': 'PUT', origin: APP },
      }),
    ],
    nearMisses: {
      'one that is allowed': [
        entry({
          method: 'OPTIONS',
          status: 204,
          requestHeaders: { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-trace' },
          responseHeaders: {
            'access-control-allow-origin': '*',
            'access-control-allow-headers': 'Content-Type, X-Trace',
          },
        }),
      ],
      'an OPTIONS of a script': [entry({ method: 'OPTIONS', status: 405 })],
    },
  },
  {
    rule: 'cors-missing',
    shows: [
      entry({
        url: `${API}/v1/me`,
        error: 'net::ERR_FAILED',
        requestHeaders: { origin: APP },
        responseHeaders: { server: 'x' },
      }),
    ],
    nearMisses: {
      'an answer that may be read': [
        entry({
          url: `${API}/v1/me`,
          error: 'net::ERR_FAILED',
          requestHeaders: { origin: APP },
          responseHeaders: { 'access-control-allow-origin': APP },
        }),
      ],
      'the same origin': [
        entry({
          url: `${APP}/v1/me`,
          error: 'net::ERR_FAILED',
          requestHeaders: { origin: APP },
          responseHeaders: { server: 'x' },
        }),
      ],
      'an error of the server, which has another cause': [
        entry({ url: `${API}/v1/me`, status: 502, requestHeaders: { origin: APP }, responseHeaders: { server: 'x' } }),
      ],
    },
  },
  {
    rule: 'upload-cut',
    shows: [failed('ERR_CONNECTION_RESET', { ...upload, timings: { send: 900 } })],
    nearMisses: {
      'one that arrived': [entry({ ...upload, status: 200 })],
      'a small form that the page withdrew': [failed('ERR_ABORTED', { ...upload, requestBytes: 900 })],
      'one that an extension blocked': [failed('ERR_BLOCKED_BY_CLIENT', upload)],
    },
  },
  {
    rule: 'ws-fail',
    shows: [entry({ url: 'wss://live.northlight.example/', type: 'websocket', status: 403 })],
    nearMisses: {
      'one that opened': [entry({ url: 'wss://live.northlight.example/', type: 'websocket', status: 101 })],
      'one that closed as agreed': [socket([message('receive', 8, '1000')])],
      'one that was still opening': [entry({ url: 'wss://live.northlight.example/', type: 'websocket', status: 0 })],
    },
  },
  {
    rule: 'sse-cut',
    shows: [stream(DELTA)],
    nearMisses: {
      'one that came to its end': [stream(`${DELTA}data: [DONE]\n\n`)],
      'notifications, which never end': [stream('event: ping\ndata: {"unread":3}\n\n')],
      'one that the reader stopped': [stream(DELTA, { error: 'net::ERR_ABORTED' })],
    },
  },
  {
    rule: 'truncated-body',
    shows: [entry({ error: 'net::ERR_CONTENT_LENGTH_MISMATCH', status: 200 })],
    nearMisses: {
      'one that is smaller because it is packed': [
        entry({
          responseHeaders: { 'content-length': '900', 'content-encoding': 'gzip' },
          response: { bodySize: 400, content: { size: 400, mimeType: 'application/json', text: 'x' } },
        }),
      ],
      'one from the cache': [
        entry({
          responseHeaders: { 'content-length': '900' },
          response: { bodySize: 1, content: { size: 1, mimeType: 'text/css', text: 'x' } },
          entry: { _fromCache: 'disk' },
        }),
      ],
    },
  },
  {
    rule: 'quic-trouble',
    shows: [failed('ERR_QUIC_PROTOCOL_ERROR')],
    nearMisses: { 'a reset': [failed('ERR_CONNECTION_RESET')] },
  },
  {
    rule: 'csp-block',
    shows: [
      report({
        disposition: 'enforce',
        'effective-directive': 'script-src',
        'blocked-uri': 'https://cdn.other.example/x.js',
      }),
    ],
    nearMisses: {
      'a policy that only watches': [report({ disposition: 'report', 'effective-directive': 'script-src' })],
      'a page that sends no policy': [page(), report({ 'effective-directive': 'script-src' })],
    },
  },
  {
    rule: 'orb-corp',
    shows: [failed('ERR_BLOCKED_BY_ORB')],
    nearMisses: { 'an extension': [failed('ERR_BLOCKED_BY_CLIENT')] },
  },
  {
    rule: 'mixed-content',
    shows: [page(), entry({ status: 0, url: 'http://images.northlight.example/a.js', type: 'script' })],
    nearMisses: {
      'the own machine': [page(), entry({ status: 0, url: 'http://localhost:3000/a.js', type: 'script' })],
      'a page that is not secure itself': [
        page({ url: 'http://app.northlight.example/' }),
        entry({ status: 0, url: 'http://images.northlight.example/a.js', type: 'script' }),
      ],
      'one that was loaded all the same': [
        page(),
        entry({ url: 'http://images.northlight.example/a.png', type: 'image' }),
      ],
    },
  },
  {
    rule: 'third-party-only',
    shows: [page(), failed('ERR_CONNECTION_RESET', { url: `${TRACKER}/x` })],
    nearMisses: {
      'one of ours failed too': [
        page(),
        entry({ status: 500 }),
        failed('ERR_CONNECTION_RESET', { url: `${TRACKER}/x` }),
      ],
      'nothing failed': [page(), entry({ url: `${TRACKER}/x` })],
    },
  },
  {
    rule: 'retry-storm',
    shows: times(6, (at) => entry({ url: `${API}/v1/jobs`, status: 404, startedDateTime: after(at) })),
    one: 'never',
    nearMisses: {
      'the same over a longer time': times(6, (at) =>
        entry({ url: `${API}/v1/jobs`, status: 404, startedDateTime: after(at * 4) }),
      ),
      'different addresses': times(6, (at) =>
        entry({ url: `${API}/v1/jobs/${at}`, status: 404, startedDateTime: after(at) }),
      ),
    },
  },
]

function secured(issuer: string, url = `${APP}/x`): JsonValue {
  return entry({
    url,
    entry: { _securityDetails: { issuer, protocol: 'TLS 1.3', subjectName: 'app.northlight.example' } },
  })
}

function report(fields: Record<string, string>): JsonValue {
  const text = JSON.stringify({ 'csp-report': fields })
  return entry({
    method: 'POST',
    url: `${APP}/csp`,
    status: 204,
    type: 'cspviolationreport',
    postData: { mimeType: 'application/csp-report', text },
  })
}
