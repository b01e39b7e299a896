import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'

export type OutwardCall = {
  method: string
  url: URL
  headers: Readonly<Record<string, string>>
  body?: string
  timeoutMs: number
  maxBytes: number
  lookup: LookupFunction
}

/** What came of a call: a whole answer, or one word for why there is none. `retryAfter` as the other side says it. */
export type OutwardAnswer =
  | { status: number; mediaType: string; body: string; retryAfter?: string }
  | { failure: 'address' | 'unreachable' | 'timeout' | 'too_large' | 'redirect' }

type Failure = Extract<OutwardAnswer, { failure: string }>['failure']

export const postOutward = (call: Omit<OutwardCall, 'method'> & { body: string }): Promise<OutwardAnswer> =>
  callOutward({ ...call, method: 'POST' })

/**
 * One call to an address that people chose. It follows no redirect, keeps no connection, reads no more than `maxBytes`
 * and is over after `timeoutMs`, however slowly the other side speaks. Never throws.
 */
export function callOutward(call: OutwardCall): Promise<OutwardAnswer> {
  const { method, url, headers, body, timeoutMs, maxBytes, lookup } = call
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve) => {
    const outgoing = send(url, {
      method,
      // A connection of an earlier call may lead where the name led then.
      agent: false,
      lookup,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
        'accept-encoding': 'identity',
      },
    })
    const end = (answer: OutwardAnswer): void => {
      clearTimeout(timer)
      outgoing.destroy()
      resolve(answer)
    }
    const fail = (failure: Failure): void => end({ failure })
    const timer = setTimeout(() => fail('timeout'), timeoutMs)
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      fail(error.code === 'EFORBIDDEN' ? 'address' : 'unreachable'),
    )
    outgoing.on('response', (incoming) => {
      const status = incoming.statusCode ?? 502
      if (status >= 300 && status < 400) return fail('redirect')
      const retryAfter = incoming.headers['retry-after']
      const said = {
        mediaType: incoming.headers['content-type'] ?? '',
        ...(retryAfter === undefined ? {} : { retryAfter }),
      }
      return read(incoming, maxBytes, (text) =>
        typeof text === 'string' ? end({ status, ...said, body: text }) : fail(text.failure),
      )
    })
    outgoing.end(body)
  })
}

function read(incoming: IncomingMessage, maxBytes: number, done: (text: string | { failure: Failure }) => void): void {
  const pieces: Buffer[] = []
  let length = 0
  incoming.on('data', (piece: Buffer) => {
    length += piece.length
    if (length > maxBytes) done({ failure: 'too_large' })
    else pieces.push(piece)
  })
  incoming.on('end', () => done(Buffer.concat(pieces).toString('utf8')))
  incoming.on('error', () => done({ failure: 'unreachable' }))
}
