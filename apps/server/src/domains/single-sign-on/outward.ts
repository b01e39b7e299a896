import { lookupOutside, mayCallOutside, type ResolveAll } from '../../platform/outward-address.ts'
import { callOutward, type OutwardAnswer } from '../../platform/outward-post.ts'

/** What the operator decides about identity providers, out of reach of any organisation. */
export type OutwardRules = {
  /** Hosts that may be inside the network, or on http. */
  hosts: readonly string[]
  /** How names are looked up; Node's own way when absent. */
  resolve?: ResolveAll
}

export type OutwardFailure = Extract<OutwardAnswer, { failure: string }>['failure'] | 'status' | 'malformed'

/** An identity provider could not be asked. The word says why, for an administrator. */
export class OutwardError extends Error {
  override readonly name = 'OutwardError'
  readonly failure: OutwardFailure

  constructor(failure: OutwardFailure) {
    super(failure)
    this.failure = failure
  }
}

const timeoutMs = 8_000
const maxBytes = 1_000_000

type Asking = { method?: string; url: string; headers?: Readonly<Record<string, string>>; body?: string }

/** One call to an address that an administrator wrote: outside of our network, or where the operator allows it. */
export async function askOutside(
  { method = 'GET', url, headers = {}, body }: Asking,
  { hosts, resolve }: OutwardRules,
): Promise<{ status: number; mediaType: string; body: string }> {
  if (!mayCallOutside(url, hosts)) throw new OutwardError('address')
  const target = new URL(url)
  const answer = await callOutward({
    method,
    url: target,
    headers,
    timeoutMs,
    maxBytes,
    lookup: lookupOutside(target, hosts, resolve),
    ...(body === undefined ? {} : { body }),
  })
  if ('failure' in answer) throw new OutwardError(answer.failure)
  return answer
}
