import { type Sent, sentOf } from '../model.stream.ts'
import { post } from './post.ts'
import type { Sending } from './sending.ts'

/** Splunk's HTTP Event Collector: objects one behind the other, with the token of the input. */
export async function sendSplunk(target: { url: string; index?: string | undefined }, sending: Sending): Promise<Sent> {
  const url = new URL(target.url)
  if (url.pathname === '/') url.pathname = '/services/collector/event'
  const body = sending.events
    .map((event) =>
      JSON.stringify({
        time: Date.parse(String(event['occurred_at'])) / 1000,
        source: 'clew',
        sourcetype: 'clew:audit',
        ...(target.index === undefined || target.index === '' ? {} : { index: target.index }),
        event,
      }),
    )
    .join('\n')
  const headers = { 'content-type': 'application/json', authorization: `Splunk ${sending.secret ?? ''}` }
  return sentOf(await post(url.href, sending.operator, { method: 'POST', body, headers }), sending.now)
}
