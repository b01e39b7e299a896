import type { LookupFunction } from 'node:net'
import { isAllowedHost, isInsideAddress, lookupRefusing, mayCallOutside } from '../../../platform/outward-address.ts'
import { callOutward, type OutwardAnswer } from '../../../platform/outward-post.ts'
import type { StreamOperator } from '../parts.ts'

const timeoutMs = 15_000
const maxBytes = 64_000

type Message = { method: 'POST' | 'PUT'; body: string; headers: Readonly<Record<string, string>> }

/** The operator may have allowed less since the stream was saved, so the address is looked at each time. */
export async function post(address: string, operator: StreamOperator, message: Message): Promise<OutwardAnswer> {
  if (!mayCallOutside(address, operator.hosts)) return { failure: 'address' }
  const url = new URL(address)
  return callOutward({ url, ...message, timeoutMs, maxBytes, lookup: lookupFor(url, operator) })
}

export const lookupFor = (url: URL, { hosts, resolve }: StreamOperator): LookupFunction =>
  lookupRefusing(isAllowedHost(url, hosts) ? () => false : isInsideAddress, resolve)
