import { AwsV4Signer } from 'aws4fetch'
import { type Sent, sentOf } from '../model.stream.ts'
import { post } from './post.ts'
import type { Sending } from './sending.ts'

type Bucket = { endpoint: string; bucket: string; region: string; prefix: string; accessKeyId: string }

/** One object for a batch, one event a line. Its name says which events: a repeat writes over what it repeats. */
export async function sendS3(target: Bucket, sending: Sending): Promise<Sent> {
  const body = `${sending.events.map((event) => JSON.stringify(event)).join('\n')}\n`
  const url = `${target.endpoint.replace(/\/+$/, '')}/${target.bucket}/${keyOf(target.prefix, sending)}`
  const signed = await new AwsV4Signer({
    method: 'PUT',
    url,
    body,
    headers: { 'content-type': 'application/x-ndjson' },
    accessKeyId: target.accessKeyId,
    secretAccessKey: sending.secret ?? '',
    region: target.region,
    service: 's3',
    datetime: sending.now.toISOString().replace(/[:-]|\.\d{3}/g, ''),
  }).sign()
  const headers: Record<string, string> = {}
  signed.headers.forEach((value, name) => {
    headers[name] = value
  })
  const answer = await post(signed.url.href, sending.operator, { method: 'PUT', body, headers })
  return sentOf(answer, sending.now)
}

function keyOf(prefix: string, { events, organisationId }: Sending): string {
  const first = events[0]
  const day = String(first?.['occurred_at']).slice(0, 10).replaceAll('-', '/')
  const number = (seq: unknown): string => String(seq).padStart(12, '0')
  const name = `${number(first?.['seq'])}-${number(events.at(-1)?.['seq'])}.jsonl`
  return [prefix.replace(/^\/+|\/+$/g, ''), organisationId, day, name].filter((part) => part !== '').join('/')
}
