import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pages, script, styles } from './made-up-pages.ts'

export const productHost = 'app.northlight.example'
export const identityHost = 'login.harbour-id.example'

export type Product = { port: number; close(): Promise<void> }

/** A small product behind TLS that misbehaves in the ways people write to support about. */
export async function startProduct(): Promise<Product> {
  const server = createServer(selfSigned(), (request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function selfSigned(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'clew-demo-tls-'))
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const names = `subjectAltName=DNS:${productHost},DNS:${identityHost}`
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${productHost}`]
    execFileSync(openssl, [...request, '-addext', names, '-keyout', key, '-out', cert], { stdio: 'ignore' })
    return { key: readFileSync(key), cert: readFileSync(cert) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// Of the system, where the recordings are made.
const openssl = 'openssl'

type Reply = { status: number; type?: string; body?: string; headers?: Record<string, string | string[]> }
type Route = (request: IncomingMessage, url: URL) => Promise<Reply | undefined>

const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('base64url').replaceAll(/[-_]/g, 'k')}`
const json = (status: number, body: object, headers: Reply['headers'] = {}): Reply => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
  headers,
})
const html = (status: number, body: string): Reply => ({ status, type: 'text/html; charset=utf-8', body })
const refused = (status: number, error: { code: string; message: string }, headers: Reply['headers'] = {}): Reply =>
  json(status, { error }, headers)

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const startedMs = performance.now()
  const url = new URL(request.url ?? '/', `https://${request.headers.host}`)
  const route = routes[`${request.method} ${url.pathname}`] ?? notThere
  const reply = await route(request, url)
  if (!reply) return
  const spentMs = (performance.now() - startedMs).toFixed(1)
  response.writeHead(reply.status, {
    'content-type': reply.type ?? 'text/plain; charset=utf-8',
    'cache-control': reply.type?.startsWith('text/css') ? 'public, max-age=31536000, immutable' : 'no-store',
    server: 'northlight-edge',
    'strict-transport-security': 'max-age=31536000',
    'x-content-type-options': 'nosniff',
    'x-request-id': newId('req'),
    'server-timing': `app;dur=${spentMs}`,
    ...reply.headers,
  })
  response.end(reply.body ?? '')
}

const notThere: Route = async (_request, url) =>
  url.pathname.endsWith('.js')
    ? html(404, '<h1>Not found</h1>')
    : refused(404, { code: 'not_found', message: 'There is nothing here.' })

const page =
  (name: keyof typeof pages): Route =>
  async () => {
    await wait(45)
    return html(200, pages[name])
  }

const sessionCookie = (): string =>
  `nl_session=${randomBytes(32).toString('base64url')}; Path=/; HttpOnly; Secure; SameSite=Lax`

const routes: Record<string, Route> = {
  'GET /files': page('files'),
  'GET /chat': page('chat'),
  'GET /board': page('board'),
  'GET /reports': async () => {
    await wait(5200)
    return html(200, pages.reports)
  },
  'GET /assets/app-4f1c.css': async () => ({ status: 200, type: 'text/css; charset=utf-8', body: styles }),
  'GET /assets/app-4f1c.js': async () => ({ status: 200, type: 'text/javascript; charset=utf-8', body: script }),
  'GET /favicon.ico': async () => ({ status: 204 }),
  'GET /api/session': async () => {
    await wait(60)
    const user = { id: newId('usr'), email: 'irene.maris@harrowby.example', name: 'Irene Maris', plan: 'team' }
    return json(
      200,
      { user, access_token: `nlat_${randomBytes(30).toString('base64url')}` },
      { 'set-cookie': sessionCookie() },
    )
  },
  'GET /api/files': async () => {
    await wait(80)
    return json(200, { files: [{ id: newId('fil'), name: 'agenda.pdf', bytes: 218_440 }], next: null })
  },
  'POST /api/files': async (request) => {
    for await (const _ of request) continue
    await wait(120)
    const message = 'The file is larger than this workspace allows.'
    return json(413, { error: { code: 'file_too_large', message, limit_bytes: 20_000_000 } })
  },
  // What a security appliance does: it lets the beginning through and then closes the connection.
  'POST /api/files/scan': async (request) => {
    let seen = 0
    request.on('data', (chunk: Buffer) => {
      seen += chunk.length
      if (seen > 3_000_000) {
        request.pause()
        setTimeout(() => request.socket.destroy(), 1800)
      }
    })
    return undefined
  },
  'GET /api/reports/usage': async () => {
    await wait(3900)
    return json(200, { rows: Array.from({ length: 30 }, (_, day) => ({ day, requests: 400 + day * 7 })) })
  },
  'POST /api/messages': async () => {
    await wait(90)
    return refused(
      401,
      { code: 'session_expired', message: 'The session has ended. Sign in again.' },
      {
        'www-authenticate': 'Bearer error="invalid_token"',
      },
    )
  },
  'POST /api/completions': completions(),
  'POST /api/answers': async () => {
    await wait(700)
    return refused(503, { code: 'overloaded', message: 'No capacity is free at the moment.' }, { 'retry-after': '30' })
  },
  'GET /sso/start': async () => {
    const query = new URLSearchParams({
      client_id: 'northlight-web',
      response_type: 'code',
      scope: 'openid email',
      state: newId('st'),
    })
    return {
      status: 302,
      headers: { location: `https://${identityHost}/oauth2/authorize?${query}`, 'set-cookie': sessionCookie() },
    }
  },
  'GET /oauth2/authorize': async (_request, url) => {
    await wait(350)
    const query = new URLSearchParams({
      error: 'access_denied',
      error_description: 'No accounts found for this sign-in',
      state: url.searchParams.get('state') ?? '',
    })
    return { status: 302, headers: { location: `https://${productHost}/auth/callback?${query}` } }
  },
  'GET /auth/callback': async () => {
    await wait(70)
    return html(403, pages.refusedSignIn)
  },
}

/** Four calls are free; then the caller has to wait. */
function completions(): Route {
  let calls = 0
  return async () => {
    calls += 1
    await wait(110)
    const limits = { 'x-ratelimit-limit': '4', 'x-ratelimit-remaining': String(Math.max(0, 4 - calls)) }
    if (calls <= 4) return json(200, { id: newId('cmpl'), text: 'Done.' }, limits)
    return refused(
      429,
      { code: 'rate_limit_exceeded', message: 'Too many requests in one minute.' },
      { ...limits, 'retry-after': '42' },
    )
  }
}
