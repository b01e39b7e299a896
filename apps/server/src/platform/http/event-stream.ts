import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx } from '../ctx.ts'
import { placeOf } from '../place.ts'
import type { Audience, RealtimeHub, Stream } from '../realtime.ts'

const beatMs = 20_000
/** A client that does not read this much behind is cut off; it resumes from its position. */
const maxUnreadBytes = 2_000_000

/** Opens a stream of server-sent events (HTML Living Standard §9.2) and resumes it from `Last-Event-ID` or `after`. */
export async function openEventStream(
  ctx: Ctx,
  hub: RealtimeHub,
  to: { request: FastifyRequest; reply: FastifyReply; audience: Audience; after: string | undefined },
): Promise<undefined> {
  const { request, reply, audience } = to
  const lastEventId = request.headers['last-event-id']
  const position = typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : to.after
  const after = position === undefined ? undefined : placeOf(position)

  reply.hijack()
  const raw = reply.raw
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    connection: 'close',
  })
  raw.write(': clew\n\n')

  const end = (): void => {
    raw.end()
  }
  const stream: Stream = {
    audience,
    sessionId: ctx.origin.sessionId,
    address: ctx.origin.address,
    send: (frame) => {
      raw.write(frame)
      if (raw.writableLength > maxUnreadBytes) raw.destroy()
    },
    close: end,
  }
  const beat = setInterval(() => stream.send(': beat\n\n'), beatMs)
  let leave: (() => void) | undefined
  let gone = false
  raw.once('close', () => {
    gone = true
    clearInterval(beat)
    leave?.()
  })
  try {
    leave = await hub.follow(ctx, stream, after)
    if (gone) leave()
  } catch {
    // The head is sent, so an error cannot be answered any more: ending the stream makes the client come back.
    end()
  }
  return undefined
}
