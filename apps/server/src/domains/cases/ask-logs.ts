import { createHmac } from 'node:crypto'
import { runLimited } from '../../platform/limited-command.ts'
import { lookupOutside, mayCallOutside, type ResolveAll } from '../../platform/outward-address.ts'
import { postOutward } from '../../platform/outward-post.ts'
import type { LookupOutcome } from './model.connector.ts'
import { readAnswer } from './read-answer.ts'

const maxAnswerBytes = 256_000

/** What the operator decides about lookups, out of reach of the workspace. */
export type LookupOperator = {
  command: readonly [string, ...string[]] | undefined
  /** Hosts that may be inside the network, or on http. */
  hosts: readonly string[]
  /** How names are looked up; Node's own way when absent. */
  resolve?: ResolveAll
}

export type Endpoint = { url: string; secret: string }

export type Asking = {
  requestId: string
  now: Date
  timeoutMs: number
  endpoint: Endpoint | undefined
  operator: LookupOperator
}

/** Asks the product's own logs about one id: the operator's command if there is one, else the endpoint. Never throws. */
export async function askLogs({ requestId, now, timeoutMs, endpoint, operator }: Asking): Promise<LookupOutcome> {
  const body = JSON.stringify({ requestIds: [requestId] })
  if (operator.command !== undefined) {
    const answer = await runLimited({ argv: operator.command, input: body, timeoutMs, maxBytes: maxAnswerBytes })
    return 'failure' in answer ? { state: 'failed', failure: answer.failure } : readAnswer(answer.output, requestId)
  }
  if (endpoint === undefined) return { state: 'failed', failure: 'off' }
  // The operator may have allowed less since it was saved.
  if (!mayCallOutside(endpoint.url, operator.hosts)) return { state: 'failed', failure: 'address' }
  const url = new URL(endpoint.url)
  const answer = await postOutward({
    url,
    body,
    headers: { 'content-type': 'application/json', accept: 'application/json', ...signed(endpoint.secret, body, now) },
    timeoutMs,
    maxBytes: maxAnswerBytes,
    lookup: lookupOutside(url, operator.hosts, operator.resolve),
  })
  if ('failure' in answer) return { state: 'failed', failure: answer.failure }
  if (answer.status !== 200) return { state: 'failed', failure: 'status', status: answer.status }
  return readAnswer(answer.body, requestId)
}

/** `HMAC-SHA256(secret, "<unix seconds>.<body>")`, so that neither can be changed and an old one is known. */
function signed(secret: string, body: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  return { 'clew-timestamp': timestamp, 'clew-signature': `v1=${signature}` }
}
