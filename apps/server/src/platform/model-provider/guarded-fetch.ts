import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Readable } from 'node:stream'
import { guardedLookup } from '../outward-address.ts'

const longestAnswer = 2_000_000

/**
 * `fetch` for an address that people chose: it follows no redirect, never reaches an address that is forbidden however
 * its name resolves, and reads no more than a model may have to say.
 */
export const guardedFetch: typeof fetch = (address, init = {}) => {
  const url = new URL(address instanceof Request ? address.url : address)
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  const body = typeof init.body === 'string' ? init.body : ''
  return new Promise((resolve, reject) => {
    const outgoing = send(
      url,
      {
        method: init.method ?? 'GET',
        lookup: guardedLookup,
        headers: { ...Object.fromEntries(new Headers(init.headers)), 'content-length': Buffer.byteLength(body) },
        ...(init.signal ? { signal: init.signal } : {}),
      },
      (incoming) => {
        let length = 0
        const limited = incoming.on('data', (piece: Buffer) => {
          length += piece.length
          if (length > longestAnswer) incoming.destroy(new SyntaxError('the answer is too long'))
        })
        const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, String(value)] as [string, string]],
        )
        const status = incoming.statusCode ?? 502
        const hasBody = status !== 204 && status !== 304
        if (!hasBody) incoming.resume()
        const stream = hasBody ? (Readable.toWeb(limited) as ReadableStream<Uint8Array>) : null
        resolve(new Response(stream, { status, headers }))
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
