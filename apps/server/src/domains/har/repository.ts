import type { CaptureEntry, Finding } from '@clew/contract/captures'
import type { CaptureId, ContactId, ConversationId, FileId } from '@clew/contract/primitives'
import type { Selectable } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Captures } from '../../platform/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { CaptureReading, CaptureRow, Removal } from './model.ts'

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
  'findings',
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
  findings: row.findings as unknown as Finding[],
  createdAt: row.created_at,
})

export type NewCapture = Pick<
  CaptureRow,
  'id' | 'conversationId' | 'contactId' | 'fileId' | 'name' | 'sizeBytes' | 'removedInBrowser'
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
      state: 'received',
      removed_in_browser: JSON.stringify(capture.removedInBrowser),
      created_at: tx.clock.now(),
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

export async function findEntries(tx: TxCtx, id: CaptureId): Promise<CaptureEntry[]> {
  const row = await sqlOf(tx).selectFrom('captures').select('entry_rows').where('id', '=', id).executeTakeFirst()
  return (row?.entry_rows ?? []) as unknown as CaptureEntry[]
}

export async function storeReading(
  tx: TxCtx,
  id: CaptureId,
  { reading, sizeBytes }: { reading: CaptureReading; sizeBytes: number },
): Promise<void> {
  const result =
    reading.state === 'refused'
      ? { state: reading.state, refusal: reading.refusal }
      : {
          state: reading.state,
          removed_on_server: JSON.stringify(reading.removed),
          entries: reading.entries.length,
          span_ms: reading.spanMs,
          failing: reading.failing,
          findings: JSON.stringify(reading.findings),
          entry_rows: JSON.stringify(reading.entries),
          size_bytes: sizeBytes,
        }
  await sqlOf(tx)
    .updateTable('captures')
    .set({ ...result, analysed_at: tx.clock.now() })
    .where('id', '=', id)
    .where('state', '=', 'received')
    .execute()
}
