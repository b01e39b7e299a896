import { chmodSync, rmSync } from 'node:fs'
import { makeScratchFolder } from '@clew/testkit/scratch-folder'
import pg from 'pg'
import { connectionOf } from '../platform/connection-url.ts'
import type { ConnectionSettings } from '../platform/database.ts'
import { startEmbeddedPostgres } from '../platform/embedded-postgres.ts'

export type Cluster = { connection: ConnectionSettings; stop(): Promise<void> }

/**
 * A PostgreSQL server for the tests of one worker, counted from 0: the one that `CLEW_TEST_DATABASE_URL` names in this
 * place, else an embedded one that forgets at a crash.
 */
export async function openCluster(worker = 0): Promise<Cluster> {
  const url = givenDatabases()[worker]
  if (url !== undefined) return { connection: await withPassword(connectionOf(url)), stop: async () => undefined }
  const dataDir = makeScratchFolder('clew-test-')
  chmodSync(dataDir, 0o711)
  const server = await startEmbeddedPostgres({
    dataDir,
    log: () => undefined,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '128MB' },
  })
  return {
    connection: server.connection,
    stop: async () => {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Administrators of PostgreSQL servers for tests, one after the other with blanks between. */
const givenDatabases = (): string[] => process.env['CLEW_TEST_DATABASE_URL']?.split(/\s+/).filter(Boolean) ?? []

/** The password of the plain role is worked out from the administrator's; a test server may trust without one. */
async function withPassword(connection: ConnectionSettings): Promise<ConnectionSettings> {
  return connection.password === '' ? { ...connection, password: 'only-for-tests' } : connection
}

/** Runs one statement on the server, outside any database of ours. */
export async function administer(connection: ConnectionSettings, ...statements: string[]): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
