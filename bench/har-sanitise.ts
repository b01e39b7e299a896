/**
 * Speed and memory of the HAR sanitiser beside a plain copy of the same file in the same run.
 *
 *   npx esbuild bench/har-sanitise.ts --bundle --platform=node --format=esm --outfile=/tmp/har-sanitise.mjs
 *   node /tmp/har-sanitise.mjs [MB=50] [sanitise|copy|both=both]
 *
 * The plain copy splits the file into entries and parses and stringifies each. Peak memory is of the whole process, so
 * measure it with one of the two alone. The file is generated on disk and read in parts, as a browser reads a File.
 */
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ByteSource, sanitiseHar } from '../packages/har/src/index.ts'
import { splitHar } from '../packages/har/src/split-har.ts'

const megabytes = Number(process.argv[2] ?? 50)
const what = process.argv[3] ?? 'both'
const folder = mkdtempSync(join(tmpdir(), 'clew-bench-'))
const file = join(folder, 'capture.har')

generate(file, megabytes * 1e6)
const handle = openSync(file, 'r')
const source = fileSource(handle)
const size = source.size / 1e6
console.log(`capture: ${size.toFixed(1)} MB, Node ${process.version}`)
const copy = what === 'sanitise' ? undefined : await timed('copy (split, parse, stringify)', plainCopy)
const clean = what === 'copy' ? undefined : await timed('sanitise (two passes and check)', sanitise)
if (copy !== undefined && clean !== undefined) console.log(`ratio sanitise / copy: ${(copy / clean).toFixed(2)}`)
console.log(`peak memory: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`)
closeSync(handle)
rmSync(folder, { recursive: true })

async function timed(name: string, work: () => Promise<number>): Promise<number> {
  const started = performance.now()
  const written = await work()
  const seconds = (performance.now() - started) / 1000
  console.log(`${name}: ${(size / seconds).toFixed(1)} MB/s, ${(written / 1e6).toFixed(1)} MB written`)
  return seconds
}

async function plainCopy(): Promise<number> {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let written = 0
  for await (const batch of splitHar(source)) {
    for (const part of batch.parts) {
      if (part.type !== 'skipped')
        written += encoder.encode(JSON.stringify(JSON.parse(decoder.decode(part.bytes)))).length
    }
  }
  return written
}

async function sanitise(): Promise<number> {
  let written = 0
  const { chunks, report } = sanitiseHar(source)
  for await (const chunk of chunks) written += chunk.length
  const { entries, removedTotal, leftOnSecondPass } = await report
  console.log(`  ${entries} entries, ${removedTotal} removed, ${leftOnSecondPass} left`)
  return written
}

function fileSource(descriptor: number): ByteSource {
  return {
    size: fstatSync(descriptor).size,
    slice: async (start, end) => {
      const bytes = new Uint8Array(end - start)
      readSync(descriptor, bytes, 0, bytes.length, start)
      return bytes
    },
  }
}

/** A day in a web application: pages, scripts, images, an API with JSON, a session that changes now and then. */
function generate(path: string, bytes: number): void {
  const out = openSync(path, 'w')
  const random = createRandom(42)
  writeSync(
    out,
    '{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[],"entries":[\n',
  )
  let written = 0
  for (let i = 0; written < bytes; i += 1) {
    written += writeSync(out, `${i === 0 ? '' : ',\n'}${JSON.stringify(entry(i, random), null, 2)}`)
  }
  writeSync(out, '\n]}}\n')
  closeSync(out)
}

type Random = () => number

function createRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function word(random: Random, length: number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
  let text = ''
  while (text.length < length) text += letters.charAt(Math.floor(random() * letters.length))
  return text
}

function entry(i: number, random: Random): object {
  const kind = ['api', 'api', 'api', 'script', 'image', 'page'][Math.floor(random() * 6)] ?? 'api'
  return {
    startedDateTime: '2026-11-24T10:15:30.123Z',
    time: 120 + random() * 900,
    _initiator: { type: 'script', stack: { callFrames: [frame(i)] } },
    _resourceType: kind === 'api' ? 'fetch' : kind,
    request: request(i, kind, random),
    response: {
      status: i % 50 === 0 ? 413 : 200,
      statusText: '',
      httpVersion: 'h2',
      headers: responseHeaders(random),
      cookies: [],
      content: content(kind, random),
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      _transferSize: 2048,
    },
    serverIPAddress: '203.0.113.7',
    timings: { blocked: 1.2, dns: -1, ssl: -1, connect: -1, send: 0.1, wait: 100 + random() * 90, receive: 3.4 },
    cache: {},
  }
}

function frame(i: number): object {
  return {
    functionName: 'load',
    scriptId: '12',
    url: 'https://app.northlight.example/assets/main.js',
    lineNumber: 1,
    columnNumber: i,
  }
}

function request(i: number, kind: string, random: Random): object {
  const session = word(createRandom(Math.floor(i / 200)), 64)
  const paths: Record<string, string> = {
    api: `/v1/items/${1000 + i}?page=2&q=${word(random, 8)}`,
    script: `/assets/main.${word(random, 8)}.js`,
    image: `/img/${i}.png`,
    page: '/en/settings',
  }
  const isPost = kind === 'api' && i % 3 === 0
  const body = { operationName: 'SaveItem', password: word(random, 12), note: word(random, 200) }
  return {
    method: isPost ? 'POST' : 'GET',
    url: `https://app.northlight.example${paths[kind]}`,
    httpVersion: 'h2',
    headers: requestHeaders(session, random),
    queryString: [],
    cookies: [
      { name: 'sid', value: session, path: '/', domain: 'app.northlight.example', httpOnly: true, secure: true },
    ],
    headersSize: -1,
    bodySize: 0,
    ...(isPost ? { postData: { mimeType: 'application/json', text: JSON.stringify(body) } } : {}),
  }
}

function requestHeaders(session: string, random: Random): object[] {
  return Object.entries({
    ':authority': 'app.northlight.example',
    ':method': 'GET',
    accept: 'application/json, text/plain, */*',
    'accept-encoding': 'gzip, deflate, br, zstd',
    'accept-language': 'el-GR,el;q=0.9,en;q=0.8',
    authorization: `Bearer ${session}`,
    cookie: `sid=${session}; theme=dark; _ga=GA1.2.${Math.floor(random() * 1e9)}.1700000000`,
    referer: 'https://app.northlight.example/en/settings?tab=files',
    'sec-fetch-mode': 'cors',
    'user-agent':
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36',
  }).map(([name, value]) => ({ name, value }))
}

function responseHeaders(random: Random): object[] {
  return Object.entries({
    'content-type': 'application/json; charset=utf-8',
    'content-security-policy':
      "default-src 'self'; script-src 'self' 'nonce-abc'; connect-src 'self' https://api.northlight.example",
    date: 'Tue, 24 Nov 2026 10:15:30 GMT',
    'cf-ray': `${word(random, 16).toLowerCase()}-ATH`,
    'x-request-id': `req_${word(random, 24)}`,
    server: 'cloudflare',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    vary: 'Accept-Encoding',
  }).map(([name, value]) => ({ name, value }))
}

function content(kind: string, random: Random): object {
  if (kind === 'image') return { size: 30_000, mimeType: 'image/png', text: word(random, 40_000), encoding: 'base64' }
  if (kind === 'script')
    return {
      size: 120_000,
      mimeType: 'application/javascript',
      text: `function ${word(random, 6)}(){return "x"}\n`.repeat(3_000),
    }
  if (kind === 'page')
    return {
      size: 20_000,
      mimeType: 'text/html',
      text: `<!doctype html><title>Settings</title>${'<p class="row">text</p>'.repeat(900)}`,
    }
  const items = Array.from({ length: 40 }, (_, i) => ({
    id: `item_${i}`,
    title: 'A plain title of an item',
    owner: { email: `person${i}@northlight.example`, name: 'Jane Doe' },
    size: i * 1000,
    created_at: '2026-11-24T10:15:30Z',
    tags: ['one', 'two'],
  }))
  return { size: 8_000, mimeType: 'application/json', text: JSON.stringify({ data: items, total: 40 }) }
}
