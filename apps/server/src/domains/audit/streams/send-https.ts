import { createHmac } from 'node:crypto'
import type { Envelope } from '../model.envelope.ts'
import { type Sent, sentOf } from '../model.stream.ts'
import { post } from './post.ts'
import type { Sending } from './sending.ts'

/** A signed POST: `{"stream", "events": […]}`. The id of an event is what a receiver knows a repeat by. */
export async function sendHttps(url: string, sending: Sending): Promise<Sent> {
  const body = JSON.stringify({ stream: sending.streamId, events: sending.events satisfies readonly Envelope[] })
  const timestamp = String(Math.floor(sending.now.getTime() / 1000))
  const signature = createHmac('sha256', sending.secret ?? '')
    .update(`${timestamp}.${body}`)
    .digest('hex')
  const answer = await post(url, sending.operator, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'clew-timestamp': timestamp,
      'clew-signature': `v1=${signature}`,
      'clew-delivery': String(sending.events[0]?.['id'] ?? ''),
    },
  })
  return sentOf(answer, sending.now)
}
