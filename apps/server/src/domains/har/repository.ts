import type { CaptureEntry, Finding, Undecidable } from '@clew/contract/captures'
import type { CaptureId, ContactId, ConversationId, FileId } from '@clew/contract/primitives'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Captures } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { CaptureReading, CaptureRow, Removal, StoredEntry } from './model.ts'

/**
 * What PostgreSQL takes as jsonb. A capture may hold what no text of the database can: NUL, and half a character.
 */
const jsonbText = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'string' ? part.replaceAll(/[\0\p{Surrogate}]/gu, '\uFFFD') : part,
  )

const summaryColumns = [
  'id',
  'conversation_id',
  'contact_id',
  'file_id',
  'name',
  'size_bytes',
  'state',
  'refusal',
  'removed_in_browser',
  'removed_on_server',
  'entries',
  'span_ms',
  'failing',
  'recorded_with',
  'findings',
  'undecidable',
  'reported_at',
  'done_bytes',
  'total_bytes',
  'attempts',
  'expired_at',
  'created_at',
] as const

const captureOf = (row: Pick<Selectable<Captures>, (typeof summaryColumns)[number]>): CaptureRow => ({
  id: row.id as CaptureId,
  conversationId: row.conversation_id as ConversationId,
  contactId: row.contact_id as ContactId,
  fileId: row.file_id as FileId,
  name: row.name,
  sizeBytes: Number(row.size_bytes),
  state: row.state as CaptureRow['state'],
  refusal: row.refusal ?? undefined,
  removedInBrowser: row.removed_in_browser as Removal[],
  removedOnServer: row.removed_on_server as Removal[],
  entries: row.entries,
  spanMs: row.span_ms,
  failing: row.failing,
  recordedWith: row.recorded_with as CaptureRow['recordedWith'],
  findings: row.findings as unknown as Finding[],
  undecidable: row.undecidable as unknown as Undecidable[],
  reportedAt: row.reported_at ?? undefined,
  doneBytes: Number(row.done_bytes),
  totalBytes: Number(row.total_bytes),
  attempts: row.attempts,
  expiredAt: row.expired_at ?? undefined,
  createdAt: row.created_at,
})

export type NewCapture = Pick<
  CaptureRow,
  'id' | 'conversationId' | 'contactId' | 'fileId' | 'name' | 'sizeBytes' | 'state' | 'doneBytes' | 'removedInBrowser'
>

export async function insertCapture(tx: TxCtx, capture: NewCapture): Promise<void> {
  await sqlOf(tx)
    .insertInto('captures')
    .values({
      id: capture.id,
      conversation_id: capture.conversationId,
      contact_id: capture.contactId,
      file_id: capture.fileId,
      name: capture.name,
      size_bytes: capture.sizeBytes,
      state: capture.state,
      done_bytes: capture.doneBytes,
      total_bytes: capture.sizeBytes,
      removed_in_browser: jsonbText(capture.removedInBrowser),
      created_at: tx.clock.now(),
      touched_at: tx.clock.now(),
    })
    .execute()
}

export async function findCapture(tx: TxCtx, id: CaptureId): Promise<CaptureRow | undefined> {
  const row = await sqlOf(tx).selectFrom('captures').select(summaryColumns).where('id', '=', id).executeTakeFirst()
  return row && captureOf(row)
}

export async function findCaptureOfFile(tx: TxCtx, fileId: FileId): Promise<CaptureRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('captures')
    .select(summaryColumns)
    .where('file_id', '=', fileId)
    .executeTakeFirst()
  return row && captureOf(row)
}

export async function listCaptures(tx: TxCtx, conversationId: ConversationId): Promise<CaptureRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('captures')
    .select(summaryColumns)
    .where('conversation_id', '=', conversationId)
    .orderBy('created_at')
    .execute()
  return rows.map(captureOf)
}

export async function listCapturesById(tx: TxCtx, ids: readonly CaptureId[]): Promise<Map<CaptureId, CaptureRow>> {
  if (ids.length === 0) return new Map()
  const rows = await sqlOf(tx)
    .selectFrom('captures')
    .select(summaryColumns)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id as CaptureId, captureOf(row)]))
}

/**
 * The first rows of the list for readers; where an entry lies in the file is no concern of theirs. Cut in the database:
 * all of them are megabytes.
 */
export async function findEntries(tx: TxCtx, id: CaptureId, limit: number): Promise<CaptureEntry[]> {
  const cut = sql<StoredEntry[]>`jsonb_path_query_array(entry_rows, ${`$[0 to ${Math.max(0, limit - 1)}]`}::jsonpath)`
  const row = await sqlOf(tx).selectFrom('captures').select(cut.as('rows')).where('id', '=', id).executeTakeFirst()
  return (row?.rows ?? []).map(({ span: _span, ...entry }) => entry)
}

/** One of the rows, found in the database. */
export async function findEntry(tx: TxCtx, id: CaptureId, index: number): Promise<StoredEntry | undefined> {
  const found = sql<StoredEntry | null>`jsonb_path_query_first(
    entry_rows, '$[*] ? (@.index == $index)', jsonb_build_object('index', ${index}::int))`
  const row = await sqlOf(tx).selectFrom('captures').select(found.as('entry')).where('id', '=', id).executeTakeFirst()
  return row?.entry ?? undefined
}

export async function storeReading(
  tx: TxCtx,
  id: CaptureId,
  { reading, name, sizeBytes }: { reading: CaptureReading; name: string; sizeBytes: number },
): Promise<void> {
  const result =
    reading.state === 'refused'
      ? { state: reading.state, refusal: reading.refusal }
      : {
          state: reading.state,
          name,
          removed_on_server: jsonbText(reading.removed),
          entries: reading.entryCount,
          span_ms: reading.spanMs,
          failing: reading.failing,
          recorded_with: jsonbText(reading.recordedWith),
          findings: jsonbText(reading.findings),
          undecidable: jsonbText(reading.undecidable),
          entry_rows: jsonbText(reading.entries),
          size_bytes: sizeBytes,
        }
  await sqlOf(tx)
    .updateTable('captures')
    .set({ ...result, analysed_at: tx.clock.now() })
    .where('id', '=', id)
    .where('state', '=', 'checking')
    .execute()
}

/** What reading it once more says. */
export async function replaceFindings(
  tx: TxCtx,
  id: CaptureId,
  { findings, undecidable }: Pick<CaptureRow, 'findings' | 'undecidable'>,
): Promise<void> {
  await sqlOf(tx)
    .updateTable('captures')
    .set({ findings: jsonbText(findings), undecidable: jsonbText(undecidable) })
    .where('id', '=', id)
    .where('state', '=', 'analysed')
    .execute()
}

export async function lockCapture(tx: TxCtx, id: CaptureId): Promise<CaptureRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('captures')
    .select(summaryColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && captureOf(row)
}

export type CaptureChange = Partial<
  Pick<CaptureRow, 'state' | 'refusal' | 'doneBytes' | 'totalBytes' | 'attempts' | 'expiredAt' | 'reportedAt'>
>

/** Every change counts as a sign of life. */
export async function updateCapture(tx: TxCtx, id: CaptureId, change: CaptureChange): Promise<void> {
  await sqlOf(tx)
    .updateTable('captures')
    .set({
      touched_at: tx.clock.now(),
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.refusal === undefined ? {} : { refusal: change.refusal }),
      ...(change.doneBytes === undefined ? {} : { done_bytes: change.doneBytes }),
      ...(change.totalBytes === undefined ? {} : { total_bytes: change.totalBytes }),
      ...(change.attempts === undefined ? {} : { attempts: change.attempts }),
      ...(change.reportedAt === undefined ? {} : { reported_at: change.reportedAt }),
      ...(change.expiredAt === undefined ? {} : { expired_at: change.expiredAt, entry_rows: '[]' }),
    })
    .where('id', '=', id)
    .execute()
}

/** `isOld`: from before signs of life were noted. */
export type Stuck = { id: CaptureId; isOld: boolean }

/** Captures whose check shows no sign of life. Where none was ever noted, the arrival counts. */
export async function listStuck(tx: TxCtx, before: Date): Promise<Stuck[]> {
  const rows = await sqlOf(tx)
    .selectFrom('captures')
    .select(['id', 'touched_at'])
    .where('state', 'in', ['received', 'checking'])
    .where(({ fn }) => fn.coalesce('touched_at', 'created_at'), '<', before)
    .limit(100)
    .execute()
  return rows.map((row) => ({ id: row.id as CaptureId, isOld: row.touched_at === null }))
}
