import { closeSync, openSync, writeSync } from 'node:fs'
import { type Bodies, createBodies } from './har-bodies.ts'
import { createRandom, type Random } from './har-random.ts'

/**
 * Writes a made-up capture of about so many bytes, as a browser exports it: a day in a web application with pages, scripts,
 * styles, fonts, images, an API, uploads, beacons, preflights, sockets and failures. Bodies are about four fifths of it, no two
 * are equal, and sizes, header lists and call stacks vary as they do in real captures.
 */
export function writeCapture(path: string, bytes: number): void {
  const out = openSync(path, 'w')
  const random = createRandom(42)
  const scene: Scene = { random, bodies: createBodies(random), session: random.text(64), number: 0 }
  writeSync(
    out,
    '{\n  "log": {\n    "version": "1.2",\n    "creator": {"name": "WebInspector", "version": "537.36"},\n    "pages": [],\n    "entries": [\n',
  )
  let written = 0
  while (written < bytes) {
    let pending = ''
    while (pending.length < 1 << 20) {
      pending += `${scene.number === 0 ? '' : ',\n'}${JSON.stringify(entryOf(scene), null, 2)}`
      scene.number += 1
    }
    written += writeSync(out, pending)
  }
  writeSync(out, '\n]}}\n')
  closeSync(out)
}

interface Scene {
  random: Random
  bodies: Bodies
  /** Changes now and then, as a session does. */
  session: string
  number: number
}

type Kind = keyof typeof KINDS

/** How many of a hundred requests are of which kind, their address and type. */
const KINDS = {
  fetch: { weight: 34, mime: 'application/json', path: '/v1/projects/{id}/items?page={digit}&sort=-updated&q={word}' },
  upload: { weight: 7, mime: 'application/json', path: '/graphql' },
  image: { weight: 17, mime: 'image/png', path: '/media/{hash}/thumb_{digit}.png' },
  script: { weight: 14, mime: 'application/javascript', path: '/assets/{word}.{hash}.js' },
  stylesheet: { weight: 4, mime: 'text/css', path: '/assets/{word}.{hash}.css' },
  font: { weight: 3, mime: 'font/woff2', path: '/fonts/{word}-{digit}.woff2' },
  document: { weight: 4, mime: 'text/html', path: '/en/{word}/settings?tab={word}' },
  ping: {
    weight: 9,
    mime: '',
    path: '/collect?v=2&tid=G-{hash}&cid={id}.{id}&dl=https%3A%2F%2Fapp.northlight.example%2Fen',
  },
  preflight: { weight: 4, mime: '', path: '/v1/projects/{id}/items' },
  failed: { weight: 3, mime: 'application/json', path: '/v1/files/{uuid}/parts/{digit}' },
  websocket: { weight: 1, mime: '', path: '/socket?token={secret}' },
} as const

const WHEEL = Object.entries(KINDS).flatMap(([kind, { weight }]) => Array<Kind>(weight).fill(kind as Kind))
const HOSTS = ['app', 'api', 'cdn', 'static', 'metrics'] as const

function entryOf(scene: Scene): object {
  const { random, number } = scene
  if (number % 250 === 249) scene.session = random.text(64)
  const kind = random.pick(WHEEL)
  const wait = 10 + random.upTo(900)
  return {
    _connectionId: String(100 + random.upTo(900)),
    _initiator: initiatorOf(kind, scene),
    _priority: random.pick(['High', 'Low', 'VeryHigh']),
    _resourceType: kind,
    cache: {},
    connection: '443',
    ...(kind === 'websocket' ? { _webSocketMessages: messagesOf(scene) } : {}),
    request: requestOf(kind, scene),
    response: responseOf(kind, scene),
    serverIPAddress: '203.0.113.7',
    startedDateTime: new Date(1_795_514_400_000 + number * 137).toISOString(),
    time: wait + 1.6999999999534339,
    timings: {
      blocked: 0.9129999990463257,
      dns: -1,
      ssl: -1,
      connect: -1,
      send: 0.137,
      wait,
      receive: 0.650000000372529,
      _blocked_queueing: 0.7389999990467913,
      _workerStart: -1,
    },
  }
}

function initiatorOf(kind: Kind, { random }: Scene): object {
  if (kind === 'document' || kind === 'preflight') return { type: 'other' }
  if (kind !== 'fetch' && kind !== 'upload' && kind !== 'ping')
    return { type: 'parser', url: 'https://app.northlight.example/en/settings', lineNumber: random.upTo(400) }
  const callFrames = Array.from({ length: 2 + random.upTo(12) }, () => ({
    functionName: random.pick(['', 'fetch', 'e.request', 'dispatch', 'onClick', 'r', 'Object.next']),
    scriptId: String(random.upTo(90)),
    url: `https://cdn.northlight.example/assets/${random.pick(['main', 'vendor', 'runtime'])}.3f9c2b1a.js`,
    lineNumber: random.upTo(4),
    columnNumber: random.upTo(400_000),
  }))
  return { type: 'script', stack: { callFrames } }
}

function urlOf(kind: Kind, { random }: Scene): string {
  const host = kind === 'fetch' || kind === 'upload' || kind === 'failed' ? 'api' : random.pick(HOSTS)
  const path = KINDS[kind].path.replace(/\{(\w+)\}/g, (_, what: string) => random.fill(what))
  return `${kind === 'websocket' ? 'wss' : 'https'}://${host}.northlight.example${path}`
}

function requestOf(kind: Kind, scene: Scene): object {
  const { random, session, bodies } = scene
  const url = urlOf(kind, scene)
  const query = new URL(url).searchParams
  const method = kind === 'upload' || kind === 'ping' ? 'POST' : kind === 'preflight' ? 'OPTIONS' : 'GET'
  const cookie = (name: string, value: string): object => ({
    name,
    value,
    path: '/',
    domain: '.northlight.example',
    expires: '2027-11-24T10:15:30.123Z',
    httpOnly: true,
    secure: true,
    sameSite: 'Lax',
  })
  const cookies = [
    cookie('sid', session),
    cookie('theme', 'dark'),
    cookie('_ga', `GA1.1.${random.fill('id')}.1795514400`),
  ]
  return {
    method,
    url,
    httpVersion: 'http/2.0',
    headers: requestHeaders(kind, url, scene),
    queryString: Array.from(query, ([name, value]) => ({ name, value })),
    cookies: kind === 'preflight' ? [] : cookies,
    headersSize: -1,
    bodySize: 0,
    ...(kind === 'upload' ? { postData: { mimeType: 'application/json', text: bodies.graphql() } } : {}),
    ...(kind === 'ping' ? { postData: { mimeType: 'text/plain;charset=UTF-8', text: bodies.beacon() } } : {}),
  }
}

function requestHeaders(kind: Kind, url: string, { random, session }: Scene): object[] {
  const { host, pathname, search } = new URL(url)
  return listOf({
    ':authority': host,
    ':method': 'GET',
    ':path': pathname + search,
    ':scheme': 'https',
    accept:
      kind === 'image' ? 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8' : 'application/json, */*',
    'accept-encoding': 'gzip, deflate, br, zstd',
    'accept-language': 'el-GR,el;q=0.9,en-GB;q=0.8,en;q=0.7',
    ...(kind === 'fetch' || kind === 'upload' ? { authorization: `Bearer ${session}` } : {}),
    ...(kind === 'preflight'
      ? {}
      : { cookie: `sid=${session}; theme=dark; _ga=GA1.1.${random.fill('id')}.1795514400` }),
    'cache-control': 'no-cache',
    origin: 'https://app.northlight.example',
    pragma: 'no-cache',
    referer: `https://app.northlight.example/en/settings?tab=${random.fill('word')}`,
    'sec-ch-ua': '"Chromium";v="147", "Not.A/Brand";v="8"',
    'sec-ch-ua-mobile': '?0',
    'sec-ch-ua-platform': '"Linux"',
    'sec-fetch-dest': 'empty',
    'sec-fetch-mode': 'cors',
    'sec-fetch-site': 'same-site',
    'user-agent':
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36',
    ...(kind === 'fetch' ? { traceparent: `00-${random.hex(32)}-${random.hex(16)}-01` } : {}),
  })
}

function responseOf(kind: Kind, scene: Scene): object {
  const { random } = scene
  const status =
    kind === 'failed' ? random.pick([0, 401, 413, 500]) : kind === 'ping' || kind === 'preflight' ? 204 : 200
  const content = contentOf(kind, scene)
  return {
    status: kind === 'websocket' ? 101 : status,
    statusText: '',
    httpVersion: 'http/2.0',
    headers: status === 0 ? [] : responseHeaders(kind, scene),
    cookies: [],
    content,
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
    _transferSize: 300 + random.upTo(90_000),
    _error: status === 0 ? 'net::ERR_CONNECTION_RESET' : null,
    _fetchedViaServiceWorker: false,
  }
}

function responseHeaders(kind: Kind, { random, session }: Scene): object[] {
  return listOf({
    'access-control-allow-origin': 'https://app.northlight.example',
    'alt-svc': 'h3=":443"; ma=86400',
    'cache-control': kind === 'fetch' ? 'private, no-store' : 'public, max-age=31536000, immutable',
    'cf-cache-status': random.pick(['HIT', 'MISS', 'DYNAMIC']),
    'cf-ray': `${random.hex(16)}-ATH`,
    'content-encoding': 'br',
    'content-length': String(random.upTo(400_000)),
    ...(KINDS[kind].mime === '' ? {} : { 'content-type': KINDS[kind].mime }),
    ...(kind === 'document' ? { 'content-security-policy': CSP } : {}),
    date: new Date(1_795_514_400_000 + random.upTo(1e7)).toUTCString(),
    etag: `W/"${random.hex(32)}"`,
    'last-modified': new Date(1_780_000_000_000 + random.upTo(1e9)).toUTCString(),
    server: 'cloudflare',
    ...(random.upTo(40) === 0
      ? { 'set-cookie': `sid=${session}; Path=/; Domain=northlight.example; Secure; HttpOnly` }
      : {}),
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    vary: 'Accept-Encoding, Origin',
    'x-content-type-options': 'nosniff',
    ...(kind === 'fetch' || kind === 'upload' || kind === 'failed' ? { 'x-request-id': `req_${random.text(24)}` } : {}),
  })
}

const CSP =
  "default-src 'self'; script-src 'self' https://cdn.northlight.example; connect-src 'self' https://api.northlight.example wss://api.northlight.example; img-src 'self' data: https:; frame-ancestors 'none'"

function contentOf(kind: Kind, { random, bodies }: Scene): object {
  const mimeType = KINDS[kind].mime
  const text = textOf(kind, bodies)
  if (text === undefined) return { size: 0, mimeType: mimeType === '' ? 'x-unknown' : mimeType }
  const isEncoded = kind === 'image' || kind === 'font'
  return { size: text.length + random.upTo(9), mimeType, text, ...(isEncoded ? { encoding: 'base64' } : {}) }
}

function textOf(kind: Kind, bodies: Bodies): string | undefined {
  switch (kind) {
    case 'fetch':
      return bodies.json()
    case 'upload':
      return bodies.answer()
    case 'image':
    case 'font':
      return bodies.binary()
    case 'script':
      return bodies.script()
    case 'stylesheet':
      return bodies.style()
    case 'document':
      return bodies.page()
    case 'failed':
      return bodies.error()
    default:
      return undefined
  }
}

function messagesOf({ random, bodies }: Scene): object[] {
  return Array.from({ length: 5 + random.upTo(40) }, (_, i) => ({
    type: i % 3 === 0 ? 'send' : 'receive',
    time: 1_795_514_400.5 + i,
    opcode: 1,
    data: bodies.message(),
  }))
}

function listOf(values: Readonly<Record<string, string>>): object[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }))
}
