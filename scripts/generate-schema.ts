/**
 * Writes `apps/server/src/platform/generated/schema.ts`, the types of every table, from a freshly migrated database.
 * Run after adding a migration: `node scripts/generate-schema.mjs`.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres.ts'
import { readMigrations } from '../apps/server/src/platform/migrations.ts'
import { prepareDatabase } from '../apps/server/src/platform/prepare-database.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'clew-schema-'))
// As root, PostgreSQL runs under another account and would keep its files elsewhere if it could not enter.
chmodSync(dataDir, 0o711)
const server = await startEmbeddedPostgres({ dataDir, log: () => undefined })
try {
  const { connection } = server
  await prepareDatabase({ connection, migrations: readMigrations('apps/server/migrations') })
  const url = new URL(`postgres://localhost/${connection.database}`)
  url.username = connection.user
  url.password = connection.password
  url.searchParams.set('host', connection.host)
  execFileSync(
    'node_modules/.bin/kysely-codegen',
    [
      '--dialect',
      'postgres',
      '--url',
      url.href.replace('//', '//').replace('localhost/', '/'),
      '--default-schema',
      'public',
      '--include-pattern',
      'public.*',
      '--exclude-pattern',
      '(public.)?migrations',
      '--out-file',
      'apps/server/src/platform/generated/schema.ts',
      '--date-parser',
      'string',
      '--log-level',
      'warn',
    ],
    { stdio: 'inherit' },
  )
} finally {
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
