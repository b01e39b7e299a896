import type { HostContext } from '../bridge.ts'

const most = 50

/** What the host page has said it knows, each id once; whatever is not a short word is passed over. */
export function readContext(given: readonly unknown[]): HostContext {
  const idsOf = (kind: keyof HostContext): string[] => {
    const lists = given.flatMap((one) => (isRecord(one) && Array.isArray(one[kind]) ? (one[kind] as unknown[]) : []))
    const ids = lists.filter((id): id is string => typeof id === 'string' && id !== '' && id.length <= 200)
    return [...new Set(ids)].slice(-most)
  }
  return { requestIds: idsOf('requestIds'), completionIds: idsOf('completionIds') }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
