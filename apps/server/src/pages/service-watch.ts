import type { ComponentState } from '@clew/site'
import type { Clock } from '../platform/clock.ts'
import type { Health } from './parts.ts'

export type ServiceState = { checkedAt: Date; components: readonly Component[]; worst: ComponentState }
export type Component = { id: 'help_centre' | 'messages' | 'files'; state: ComponentState }

/** What works now, looked at when somebody wants to know, and not more often than is useful. */
export type ServiceWatch = {
  /** Looks if the last look is older than a few seconds. */
  check(): Promise<ServiceState>
  /** The last look at once; a new one is begun when it is old. Waits only for the very first. */
  recent(): Promise<ServiceState>
}

const freshMs = 10_000
const patienceMs = 3_000

export function createServiceWatch({ health, clock }: { health(): Promise<Health>; clock: Clock }): ServiceWatch {
  let last: ServiceState | undefined
  let looking: Promise<ServiceState> | undefined
  const isFresh = (): boolean => last !== undefined && clock.now().getTime() - last.checkedAt.getTime() < freshMs

  const look = (): Promise<ServiceState> => {
    looking ??= inTime(health())
      .then((found) => {
        last = stateOf(found, clock.now())
        return last
      })
      .finally(() => {
        looking = undefined
      })
    return looking
  }
  return {
    check: async () => (last !== undefined && isFresh() ? last : look()),
    recent: async () => {
      if (last === undefined) return look()
      if (!isFresh()) void look()
      return last
    },
  }
}

const stateOf = ({ messages, files }: Health, checkedAt: Date): ServiceState => ({
  checkedAt,
  worst: messages && files ? 'ok' : 'major',
  components: [
    { id: 'help_centre', state: 'ok' },
    { id: 'messages', state: messages ? 'ok' : 'major' },
    { id: 'files', state: files ? 'ok' : 'major' },
  ],
})

/** What does not answer does not work. */
async function inTime(health: Promise<Health>): Promise<Health> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Health>((resolve) => {
    timer = setTimeout(() => resolve({ messages: false, files: false }), patienceMs)
  })
  try {
    return await Promise.race([health.catch(() => ({ messages: false, files: false })), late])
  } finally {
    clearTimeout(timer)
  }
}
