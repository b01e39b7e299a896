import { readFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { CaptureEntryDetail } from '@clew/contract/capture-entries'
import type { CaptureDetail } from '@clew/contract/captures'
import type { ConversationList } from '@clew/contract/conversations'
import type { AgentSession } from '@clew/contract/sessions'
import { inRoot } from './clew.ts'

/** The built agents' workspace over a server that knows one capture, so that only the browser is measured. */
export type WorkspacePage = { url: string; captureUrl: string; close(): void }

export type FakeCapture = { detail: CaptureDetail; entry(index: number): CaptureEntryDetail | undefined }

const dist = inRoot('apps/workspace/dist')
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export async function serveWorkspace({ detail, entry }: FakeCapture): Promise<WorkspacePage> {
  const { id, conversationId } = detail.capture
  const answers: Readonly<Record<string, unknown>> = {
    '/api/v1/session': session,
    '/api/v1/conversations': noConversations,
    [`/api/v1/captures/${id}`]: detail,
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const index = /^\/api\/v1\/captures\/[^/]+\/entries\/(\d+)$/.exec(pathname)?.[1]
    const answer = index === undefined ? answers[pathname] : entry(Number(index))
    if (answer !== undefined) sendJson(response, 200, answer)
    else if (pathname === '/api/v1/stream') sayReady(response)
    else if (pathname.startsWith('/api/'))
      sendJson(response, 404, { type: 'about:blank', code: 'not_found', status: 404, detail: 'not here' })
    else sendFile(response, pathname)
  })
  const url = await listen(server)
  return {
    url,
    captureUrl: `${url}/app/c/${conversationId}/har/${id}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const session: AgentSession = {
  member: {
    id: '0190c0de-0000-7000-8000-000000000001',
    name: 'Eleni',
    email: 'eleni@northlight.example',
    role: 'owner',
  },
  brand: 'Northlight',
  locale: 'en',
  expiresAt: '2099-01-01T00:00:00.000Z',
} as AgentSession

const noConversations: ConversationList = {
  conversations: [],
  tags: {},
  counts: { mine: 0, unassigned: 0, open: 0, with_assistant: 0, snoozed: 0, resolved: 0 },
  position: '1-1-1',
} as ConversationList

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function sayReady(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write('event: ready\nid: 1-1-1\ndata: {}\n\n')
}

/** Files of the build; every other address is the app's own. */
function sendFile(response: ServerResponse, pathname: string): void {
  const name = path.posix.normalize(pathname).replace(/^\/app\//, '')
  const isAsset = name.startsWith('assets/')
  response.writeHead(200, { 'content-type': types[isAsset ? path.extname(name) : '.html'] ?? 'text/plain' })
  response.end(readFileSync(path.join(dist, isAsset ? name : 'index.html')))
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
