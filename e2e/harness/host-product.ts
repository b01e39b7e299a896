import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { inRoot } from './folders.ts'
import { listen } from './ports.ts'

/** What the product knows of the person who is signed in, and what nobody at Clew may ever see. */
export const planted = {
  cookie: 'kss_7f3c9a51e0b24d6e8c17ab92d5f0e364',
  bearer: 'kat_live_Qm81vTz4hYw2NcR7pXs90dLfKe6UgJbA',
  email: 'katerina.planted@kyma-shipping.example',
} as const

export const uploadRequestId = 'req_e2e_9Zk2Qd71Lm'
const limitBytes = 20_000_000

export type HostProduct = { url: string; close(): Promise<unknown> }

type HostOptions = {
  clewUrl: string
  /** Whether the product's policy lets Clew's hidden frame in. */
  frames?: 'allowed' | 'none'
  /** Holds the bubble by the package `@clew/bubble` instead of a tag. */
  byPackage?: boolean
}

/**
 * A product that holds the bubble by one script tag, under the strictest policy a host can have: scripts by nonce,
 * trusted types. Its upload refuses what is too large, as many do. At another host name than Clew, so that no cookie
 * of the one goes to the other.
 */
export async function startHostProduct(options: HostOptions): Promise<HostProduct> {
  const server = createServer((request, response) => void answer(request, response, options))
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, options: HostOptions): Promise<void> {
  const size = await sizeOf(request)
  switch (`${request.method ?? ''} ${request.url ?? ''}`) {
    case 'GET /':
      return showPage(response, options)
    case 'GET /app.js':
      return void response.setHeader('content-type', 'text/javascript').end(script)
    case 'GET /bubble.js':
      return void response.setHeader('content-type', 'text/javascript').end(await readFile(bubblePackage))
    case 'GET /holds-bubble.js':
      return void response.setHeader('content-type', 'text/javascript').end(holdsBubble(options.clewUrl))
    case 'GET /favicon.ico':
      return void response.writeHead(204).end()
    case 'POST /api/token':
      return sendJson(response, 200, { access_token: planted.bearer, token_type: 'Bearer' })
    case 'GET /api/me':
      return sendJson(response, 200, { name: 'Katerina', email: planted.email, plan: 'business' })
    case 'POST /api/uploads':
      response.setHeader('x-request-id', uploadRequestId)
      if (size <= limitBytes) return sendJson(response, 201, { size })
      return sendJson(response, 413, { error: { code: 'file_too_large', message: 'The file is larger than 20 MB.' } })
    default:
      return sendJson(response, 404, { error: { code: 'not_found' } })
  }
}

/** Reads the body away: a browser shows an answer only when the last byte has been taken. */
async function sizeOf(request: IncomingMessage): Promise<number> {
  let size = 0
  for await (const chunk of request) size += (chunk as Buffer).length
  return size
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function showPage(response: ServerResponse, { clewUrl, frames = 'allowed', byPackage = false }: HostOptions): void {
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `connect-src 'self' ${clewUrl}`,
    `img-src 'self' blob: data:`,
    `frame-src ${frames === 'none' ? `'none'` : clewUrl}`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `require-trusted-types-for 'script'`,
  ]
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'set-cookie': `kyma_session=${planted.cookie}; HttpOnly; Path=/; SameSite=Lax`,
  })
  response.end(pageWith(nonce, byPackage ? ['/holds-bubble.js', 'type="module"'] : [`${clewUrl}/clew.js`, 'async']))
}

const pageWith = (nonce: string, [script, kind]: readonly [string, string]): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Files, Kyma Shipping</title>
    <script nonce="${nonce}" src="/app.js" type="module"></script>
    <script nonce="${nonce}" src="${script}" ${kind}></script>
  </head>
  <body>
    <h1>Files</h1>
    <p>Signed in as <span id="who">…</span></p>
    <form>
      <label>File <input type="file" name="file"></label>
      <button>Upload</button>
    </form>
    <p role="status"></p>
  </body>
</html>`

const bubblePackage = inRoot('packages/bubble/dist/index.js')

/** As a product would that is put together by a bundler. */
const holdsBubble = (clewUrl: string): string => `
import { loadClew } from '/bubble.js'
const { nonce } = document.querySelector('script[nonce]')
loadClew(${JSON.stringify(clewUrl)}, { nonce })
`

const script = `
const json = async (path, options) => {
  const response = await fetch(path, options)
  return { status: response.status, requestId: response.headers.get('x-request-id'), body: await response.json() }
}
const { body } = await json('/api/token', { method: 'POST' })
const headers = { authorization: 'Bearer ' + body.access_token }
const me = await json('/api/me', { headers })
document.querySelector('#who').textContent = me.body.email
const form = document.querySelector('form')
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const { status, requestId, body } = await json('/api/uploads', { method: 'POST', headers, body: new FormData(form) })
  document.querySelector('[role=status]').textContent = status + ' ' + (body.error?.message ?? 'Uploaded.') + ' ' + requestId
})
`
