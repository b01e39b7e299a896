// A lookup endpoint for Clew in one file and without dependencies (Node 20 or later).
//
//   LOOKUP_SECRET=… PORT=8787 node request-log-server.mjs requests.ndjson
//
// The file holds one JSON object a line with at least `requestId`; other fields are those of docs/connectors.md. Put
// a proxy with https in front, or name the host in CLEW_LOOKUP_HOSTS.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'

const secret = process.env.LOOKUP_SECRET
const [file] = process.argv.slice(2)
if (!secret || !file) {
  console.error('Usage: LOOKUP_SECRET=… node request-log-server.mjs <file.ndjson>')
  process.exit(2)
}

const maxBodyBytes = 64_000
const maxAgeSeconds = 300
/** Only these leave the house, whatever else a line of the log holds. */
const fields = [
  'at',
  'method',
  'path',
  'status',
  'durationMs',
  'errorCode',
  'errorMessage',
  'model',
  'organisation',
  'region',
  'notes',
  'links',
]

const server = createServer((request, response) => {
  const send = ({ status, body }) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  answer(request).then(send, (error) => {
    console.error(error)
    send({ status: 500, body: { error: 'internal' } })
  })
})
server.listen(Number(process.env.PORT ?? 8787), process.env.HOST ?? '127.0.0.1', () =>
  console.log(`answering on port ${server.address().port}`),
)

async function answer(request) {
  if (request.method !== 'POST') return { status: 405, body: { error: 'method' } }
  const text = await readBody(request)
  if (text === undefined) return { status: 413, body: { error: 'too large' } }
  if (!isSigned(request.headers, text)) return { status: 401, body: { error: 'signature' } }
  const ids = idsIn(text)
  if (ids === undefined) return { status: 400, body: { error: 'requestIds' } }
  return { status: 200, body: { results: await find(ids) } }
}

async function readBody(request) {
  const pieces = []
  let length = 0
  for await (const piece of request) {
    length += piece.length
    if (length > maxBodyBytes) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** The signature covers the moment and the body: neither can be changed, and an old call cannot be sent again. */
function isSigned(headers, text) {
  const timestamp = String(headers['clew-timestamp'] ?? '')
  const age = Math.abs(Date.now() / 1000 - Number(timestamp))
  if (!/^\d{1,12}$/.test(timestamp) || age > maxAgeSeconds) return false
  const wanted = `v1=${createHmac('sha256', secret).update(`${timestamp}.${text}`).digest('hex')}`
  const given = Buffer.from(String(headers['clew-signature'] ?? ''))
  return given.length === wanted.length && timingSafeEqual(given, Buffer.from(wanted))
}

function idsIn(text) {
  let ids
  try {
    ids = JSON.parse(text)?.requestIds
  } catch {
    return undefined
  }
  const isGood = Array.isArray(ids) && ids.length <= 50 && ids.every((id) => typeof id === 'string')
  return isGood ? new Set(ids) : undefined
}

/** Reads the log from its beginning each time. A real one would ask an index. */
async function find(ids) {
  const found = new Map()
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    const entry = entryIn(line)
    if (entry && ids.has(entry.requestId)) found.set(entry.requestId, entry)
  }
  return [...ids].map((requestId) => ({ requestId, found: found.has(requestId), ...shown(found.get(requestId)) }))
}

function entryIn(line) {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const shown = (entry = {}) =>
  Object.fromEntries(fields.filter((name) => entry[name] !== undefined).map((name) => [name, entry[name]]))
