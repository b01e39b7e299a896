import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { type Postmaster, port } from './postmaster.ts'
import type { LogStep } from './steps.ts'

export type SuperuserConnection = { host: string; port: number; user: string; password: string; database: string }

export const superuser = (socketFolder: string, password: string): SuperuserConnection => ({
  host: socketFolder,
  port,
  user: 'postgres',
  password,
  database: 'postgres',
})

/** Waits for as long as the server lives: recovery after a crash takes the time it takes. */
export async function becomesReady({
  postmaster,
  password,
  log,
}: {
  postmaster: Postmaster
  password: string
  log: LogStep
}): Promise<'ready' | 'wrong_password' | 'ended'> {
  const connection = superuser(postmaster.socketFolder, password)
  const startedAt = performance.now()
  let nextLogMs = 1_000
  for (;;) {
    const outcome = await tryConnection(connection)
    if (outcome !== 'not_yet') return outcome
    if (!postmaster.isAlive()) return 'ended'
    const waitedMs = performance.now() - startedAt
    if (waitedMs >= nextLogMs) {
      log('recovering', Math.round(waitedMs))
      nextLogMs += 2_000
    }
    await pause(20)
  }
}

async function tryConnection(connection: SuperuserConnection): Promise<'ready' | 'wrong_password' | 'not_yet'> {
  const client = new Client({ ...connection, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
    return 'ready'
  } catch (error) {
    // 28P01: invalid_password. Anything else passes when the server is up: no socket yet, starting, recovering.
    return error instanceof Error && 'code' in error && error.code === '28P01' ? 'wrong_password' : 'not_yet'
  } finally {
    await client.end().catch(() => {})
  }
}
