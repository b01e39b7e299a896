import { type Scanner, ScannerError, type Verdict } from '../../../platform/clamd.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Storage } from '../../../platform/storage.ts'
import { recordAudit } from '../../audit/index.ts'
import { organisationOfContact } from '../../contacts/index.ts'
import type { FileRow } from '../model.ts'
import { type Piece, piecesOf } from '../pieces.ts'
import { authorizeSweep } from '../policy.ts'
import { listChecking, setScanned } from '../repository.scanning.ts'
import { lockFile } from '../repository.ts'
import { findUpload, updateUpload } from '../repository.uploads.ts'
import { type Leftover, removeLeftover } from './release-original.ts'

const batch = 20

/**
 * Asks the scanner about every file that waits for it. While it cannot be reached they wait, and are asked about again;
 * until then nobody reads them. Bytes that cannot be read keep no other file waiting.
 */
export async function scanWaiting(ctx: Ctx, parts: { storage: Storage; scanner: Scanner }): Promise<void> {
  authorizeSweep(ctx.actor)
  let failure: unknown
  let after: string | undefined
  for (;;) {
    const waiting = await ctx.transaction((tx) => listChecking(tx, { after, limit: batch }))
    for (const file of waiting) {
      try {
        await scanOne(ctx, parts, file)
      } catch (error) {
        if (error instanceof ScannerError) throw error
        failure ??= error
      }
    }
    after = waiting.at(-1)?.id
    if (after === undefined) break
  }
  if (failure !== undefined) throw failure
}

async function scanOne(ctx: Ctx, { storage, scanner }: { storage: Storage; scanner: Scanner }, file: FileRow) {
  const pieces = await ctx.transaction((tx) => piecesOf(tx, file))
  const verdict = await scanner.scan(bytesOf(storage, pieces))
  const leftover = await ctx.transaction((tx) => settle(tx, file, verdict))
  if (leftover) await removeLeftover(ctx, storage, leftover)
}

async function* bytesOf(storage: Storage, pieces: readonly Piece[]): AsyncGenerator<Buffer> {
  for (const { storageKey, range } of pieces) yield* (await storage.get(storageKey, range)) as AsyncIterable<Buffer>
}

/** What was found refused is deleted: it is of use to nobody, and would only lie in the backups. */
async function settle(tx: TxCtx, { id, storageKey }: FileRow, verdict: Verdict): Promise<Leftover | undefined> {
  const file = await lockFile(tx, id)
  // Meanwhile it may have been deleted, or something else may lie in its place.
  if (file?.state !== 'checking' || file.storageKey !== storageKey) return undefined
  const isClean = verdict.is === 'clean'
  const finding = verdict.is === 'infected' ? verdict.finding : undefined
  await setScanned(tx, id, { state: isClean ? 'stored' : 'refused', finding })
  tx.emit('file.checked', { fileId: id, contactId: file.contactId, isClean })
  if (isClean) return undefined
  await note(tx, file, finding ?? 'larger than the scanner takes')
  if (await findUpload(tx, id)) await updateUpload(tx, id, { state: 'ended' })
  return { fileId: id, storageKey }
}

async function note(tx: TxCtx, file: FileRow, reason: string): Promise<void> {
  const organisationId = file.contactId && (await organisationOfContact(tx, file.contactId))
  if (organisationId === undefined) return
  recordAudit(tx, {
    action: 'attachment.refused',
    organisationId,
    outcome: 'denied',
    reason,
    targets: [{ type: 'file', id: file.id, name: file.name }],
  })
}
