import { answer, type Database, leaseStore } from './database.ts'

/** Runs `work` in one tab at a time. */
export type Lock = <T>(work: () => Promise<T>) => Promise<T>

export const webLock =
  (locks: LockManager, name: string): Lock =>
  (work) =>
    locks.request(name, work) as ReturnType<typeof work>

type Lease = { owner: string; until: number }

export type LeaseOptions = {
  name: string
  owner: string
  now: () => number
  leaseMs: number
  wait: (ms: number) => Promise<void>
}

/**
 * Where Web Locks are missing (pages without TLS): a lease in the database, prolonged while the work goes on. A tab
 * that dies holding it is waited for until it runs out. Should two ever overlap, the server's ids keep it harmless.
 */
export function leaseLock(database: Database, options: LeaseOptions): Lock {
  const { name, owner, now, leaseMs, wait } = options
  const change = (decide: (held: Lease | undefined) => Lease | 'free' | 'leave') =>
    database.run([leaseStore], 'readwrite', async (store) => {
      const held: Lease | undefined = await answer(store(leaseStore).get(name))
      const next = decide(held)
      if (next === 'free') store(leaseStore).delete(name)
      else if (next !== 'leave') store(leaseStore).put(next, name)
      return next !== 'leave'
    })
  const take = () =>
    change((held) =>
      held !== undefined && held.owner !== owner && held.until > now() ? 'leave' : { owner, until: now() + leaseMs },
    )
  const free = () => change((held) => (held?.owner === owner ? 'free' : 'leave'))

  return async (work) => {
    while (!(await take())) await wait(leaseMs / 4)
    let working = true
    const prolong = async () => {
      while (working) {
        await wait(leaseMs / 3)
        if (working) await take()
      }
    }
    void prolong().catch(() => undefined)
    try {
      return await work()
    } finally {
      working = false
      await free()
    }
  }
}
