import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Clew } from './clew.ts'
import { inRoot } from './folders.ts'
import { unsealed } from './sealed-file.ts'

/** What of `secrets` can be found in `bytes`: as it is, in an address, in base64 at any offset, in hexadecimal. */
export function findSecrets(bytes: Buffer, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => disguisesOf(secret).some((disguise) => bytes.includes(disguise)))
}

function disguisesOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  // The first and the last letters of base64 depend on what stands beside it.
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(offset === 0 ? 0 : 4, -4),
  )
  return [secret, encodeURIComponent(secret), bytes.toString('hex'), ...base64]
}

export function assertHolds(bytes: Buffer, value: string, where: string): void {
  if (findSecrets(bytes, [value]).length === 0) throw new Error(`${value} should be in ${where}, and is not`)
}

export function assertClean(bytes: Buffer, secrets: readonly string[], where: string): void {
  const found = findSecrets(bytes, secrets)
  if (found.length > 0) throw new Error(`found in ${where}: ${found.join(', ')}`)
}

type Search = {
  secrets: readonly string[]
  /** What a safe copy keeps: it must be found everywhere, or the search has read nothing. */
  known: string
}

/**
 * Looks for the secrets wherever Clew keeps anything: each row of each table as the superuser sees it, each file of the
 * data directory with the database's own, the log, and all that browsers have sent.
 */
export async function assertNothingKept(clew: Clew, { secrets, known }: Search): Promise<void> {
  const rows = Buffer.from(await everyRow(clew))
  const sent = clew.wire.sent()
  assertHolds(rows, known, 'the database')
  assertHolds(sent, known, 'what browsers sent to Clew')
  assertClean(rows, secrets, 'the database')
  assertClean(sent, secrets, 'what browsers sent to Clew')
  assertClean(Buffer.from(clew.output()), secrets, "the server's log")

  const holding: string[] = []
  const { files_key: masterSecret = '' } = await keptSecrets(clew)
  for (const file of await everyFile(clew.dataDir)) {
    const bytes = await readFile(file)
    assertClean(bytes, secrets, file)
    const place = path.relative(clew.dataDir, file)
    const plain = unsealed(bytes, { key: place.replace(/^files\//, ''), masterSecret })
    assertClean(plain, secrets, `${file}, opened`)
    if (plain.includes(known)) holding.push(place)
  }
  if (!holding.some((file) => file.startsWith('files/'))) throw new Error('no stored file holds the safe copy')
}

const keptSecrets = async (clew: Clew): Promise<Row> =>
  JSON.parse(await readFile(path.join(clew.dataDir, 'secrets.json'), 'utf8')) as Row

async function everyFile(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
}

type Row = Record<string, string>
type PgClient = { connect(): Promise<void>; query(sql: string): Promise<{ rows: Row[] }>; end(): Promise<void> }
type Pg = { Client: new (settings: Record<string, unknown>) => PgClient }

// The driver is the server's dependency, not ours.
const { Client } = createRequire(inRoot('apps/server/package.json'))('pg') as Pg

async function everyRow(clew: Clew): Promise<string> {
  const secrets = await keptSecrets(clew)
  const client = new Client({
    host: path.join(clew.dataDir, 'pg-run'),
    user: 'postgres',
    database: 'postgres',
    password: secrets['postgres_superuser_password'],
  })
  await client.connect()
  try {
    // What is still in memory alone goes to the files, which are searched next.
    await client.query('CHECKPOINT')
    const { rows: tables } = await client.query(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    )
    const texts: string[] = []
    for (const { name = '' } of tables) {
      const { rows } = await client.query(`SELECT t::text AS row FROM ${name} AS t`)
      texts.push(...rows.map(({ row = '' }) => row))
    }
    return texts.join('\n')
  } finally {
    await client.end()
  }
}
