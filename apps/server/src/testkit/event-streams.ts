import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** A stream of server-sent events over a real connection, read as it comes. */
export async function openStream(app: FastifyInstance, path: string, headers: Record<string, string>) {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const abort = new AbortController()
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, { headers, signal: abort.signal })
  const heard = { text: '' }
  const ended = (async () => {
    for await (const piece of answer.body ?? []) heard.text += Buffer.from(piece as Uint8Array).toString('utf8')
    return true
  })().catch(() => true)
  return {
    status: answer.status,
    text: () => heard.text,
    isEnded: (withinMs: number) => Promise.race([ended, pause(withinMs).then(() => false)]),
    close: () => abort.abort(),
  }
}
