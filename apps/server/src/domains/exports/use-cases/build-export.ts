import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import { type Ctx, refuseOther, type TxCtx } from '../../../platform/ctx.ts'
import { uuidOf } from '../../../platform/ids.ts'
import { storageKeyOf } from '../../../platform/storage/key.ts'
import { recordAudit } from '../../audit/index.ts'
import { listMemberNames, type MemberRow } from '../../organisations/index.ts'
import { archiveOf } from '../archive.ts'
import { endExport } from '../end-export.ts'
import { tellApprovers, tellRequester } from '../letters.ts'
import { decideDays, type ExportRow, maxAttempts, type Place, targetOf } from '../model.ts'
import type { ExportParts } from '../parts.ts'
import { storePiece } from '../pieces.ts'
import { authorizeSystem } from '../policy.ts'
import { deletePieces, insertPieces, listPieces, type PieceRow } from '../repository.pieces.ts'
import { findExport, lockExport, updateExport } from '../repository.ts'
import { requesterOf } from '../requester-of.ts'
import { openSecret, type Secret, sealSecret } from '../secret.ts'
import { type Batch, type Reading, type Section, sectionsOf } from '../sections/index.ts'
import { cleanExport } from './clean-export.ts'

type Building = { row: ExportRow; requester: MemberRow; secret: Secret; system: Ctx }

/**
 * Gathers what was asked for piece by piece, then writes the archive from the pieces. How far it has come is noted with
 * each piece, so that work that is killed goes on from there; nothing of it is ever held in memory as a whole.
 */
export async function buildExport(ctx: Ctx, exportId: string, parts: ExportParts): Promise<void> {
  authorizeSystem(ctx.actor)
  const building = await begin(ctx, exportId, parts)
  if (building === undefined) return
  try {
    if (!(await gather(building, parts)) || !(await needsNobody(building, parts))) return
    await write(building, parts)
  } catch (error) {
    await noteFailure(ctx, exportId, parts)
    throw error
  } finally {
    await cleanExport(ctx, exportId, parts)
  }
}

/** Undefined when there is nothing to do: it was stopped, it is done, or whoever asked has gone. */
async function begin(ctx: Ctx, exportId: string, parts: ExportParts): Promise<Building | undefined> {
  const begun = await ctx.transaction(async (tx) => {
    const row = await lockExport(tx, exportId)
    refuseOther(tx, row?.organisationId)
    if (row === undefined || (row.state !== 'queued' && row.state !== 'building') || row.secret === undefined)
      return undefined
    const requester = await requesterOf(tx, row)
    if (requester === undefined) {
      await endExport(tx, row, { state: 'cancelled', action: 'export.cancelled', failure: 'requester_gone' })
      return undefined
    }
    // What a run before this one had gathered is not of this one.
    if (row.place === undefined) await deletePieces(tx, exportId)
    await updateExport(tx, exportId, { state: 'building' })
    return { row, requester, secret: openSecret(parts.seal, exportId, row.secret) }
  })
  return begun && { ...begun, system: ctx }
}

const isBuilding = (row: ExportRow | undefined, { runs }: ExportRow): row is ExportRow =>
  row?.state === 'building' && row.runs === runs

/** Answers whether all is there; not when somebody has stopped it. */
async function gather({ row, requester, secret, system }: Building, parts: ExportParts): Promise<boolean> {
  const { organisationId } = row
  const owner = { organisationId, isSupport: requester.organisation.kind === 'support' }
  const reading: Reading = { ctx: system, organisationId, owner }
  const sections = await sectionsOf(row.content, reading)
  const masking = { masks: row.controls.masks, salt: secret.salt ?? '' }
  let place: Place | undefined = row.place
  let number = (await system.transaction((tx) => listPieces(tx, row.id))).reduce(
    (most, each) => Math.max(most, each.number),
    0,
  )
  for (;;) {
    const next = await nextBatch(sections, place)
    if (next === undefined) return true
    number += 1
    const pieces: PieceRow[] = []
    for (const file of next.batch.files)
      pieces.push(await storePiece(file, { row, number, masking, storage: parts.storage }))
    const before = place
    place = next.place
    const isOn = await system.transaction(async (tx) => {
      const now = await lockExport(tx, row.id)
      if (!isBuilding(now, row)) return false
      if (!isDeepStrictEqual(now.place, before)) throw new Error('two processes build one export')
      const done = now.doneRows + pieces.reduce((sum, piece) => sum + piece.rows, 0)
      await insertPieces(tx, row.id, pieces)
      await updateExport(tx, row.id, { place: JSON.stringify(next.place), done_rows: done })
      return true
    })
    if (isOn) continue
    // Nobody has noted these, so nobody else will take them away.
    for (const { storageKey } of pieces) await parts.storage.remove(storageKey)
    return false
  }
}

/** The piece after a place, in that section or in the first one after it that has something. */
async function nextBatch(
  sections: readonly Section[],
  place: Place | undefined,
): Promise<{ batch: Batch; place: Place } | undefined> {
  let after = place?.after
  for (let section = place?.section ?? 0; section < sections.length; section += 1) {
    const batch = await sections[section]?.batch(after)
    if (batch) return { batch, place: { section, after: batch.after } }
    after = undefined
  }
  return undefined
}

/** More came together than was counted when it was asked for: then somebody looks at it after all. */
async function needsNobody({ row, system }: Building, parts: ExportParts): Promise<boolean> {
  return system.transaction(async (tx) => {
    const now = await lockExport(tx, row.id)
    if (!isBuilding(now, row)) return false
    if (now.approval !== 'none' || now.doneRows <= now.controls.approvalAboveRows) return true
    const decideBy = new Date(tx.clock.now().getTime() + decideDays * 86_400_000)
    await updateExport(tx, row.id, {
      state: 'waiting',
      approval: 'needed',
      decide_by: decideBy,
      expected_rows: now.doneRows,
    })
    await tellApprovers(tx, { ...now, expectedRows: now.doneRows, decideBy }, parts)
    return false
  })
}

const hourMs = 3_600_000

async function write(building: Building, parts: ExportParts): Promise<void> {
  const { row, requester, secret, system } = building
  const storageKey = storageKeyOf(uuidOf('export archive', row.id, String(row.runs)))
  const found = await system.transaction(async (tx) => {
    const now = await lockExport(tx, row.id)
    if (!isBuilding(now, row)) return undefined
    // Noted before it is written, so that whoever stops it knows what to delete.
    await updateExport(tx, row.id, { storage_key: storageKey })
    const { decidedBy } = now
    const approver = decidedBy && (await listMemberNames(tx, [decidedBy])).get(decidedBy)
    return { now, approver, pieces: await listPieces(tx, row.id) }
  })
  if (found === undefined) return
  const expiresAt = new Date(system.clock.now().getTime() + row.controls.keepHours * hourMs)
  const { approver, pieces } = found
  const writing = { ctx: system, row: found.now, requester, approver, pieces, password: secret.password, expiresAt }
  const hash = createHash('sha256')
  let sizeBytes = 0
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const bytes of archiveOf(writing, parts) as AsyncIterable<Buffer>) {
      hash.update(bytes)
      sizeBytes += bytes.length
      yield bytes
    }
  }
  await parts.storage.put(storageKey, Readable.from(counted(), { objectMode: false }))
  await system.transaction((tx) => finish(tx, { building, sizeBytes, sha256: hash.digest(), expiresAt }, parts))
}

type Written = { building: Building; sizeBytes: number; sha256: Buffer; expiresAt: Date }

async function finish(
  tx: TxCtx,
  { building, sizeBytes, sha256, expiresAt }: Written,
  parts: ExportParts,
): Promise<void> {
  const { row, secret } = building
  const now = await lockExport(tx, row.id)
  if (!isBuilding(now, row)) return
  await updateExport(tx, row.id, {
    state: 'ready',
    size_bytes: sizeBytes,
    sha256,
    ready_at: tx.clock.now(),
    expires_at: expiresAt,
    // With the salt gone, nobody can tell any more whose hash is whose.
    secret: sealSecret(parts.seal, row.id, { password: secret.password }),
  })
  recordAudit(tx, {
    organisationId: row.organisationId,
    action: 'export.completed',
    targets: [targetOf(row)],
    metadata: { rows: now.doneRows, bytes: sizeBytes, sha256: sha256.toString('hex') },
  })
  await tellRequester(tx, { letter: 'ready', row: now, until: expiresAt }, parts)
}

/** The queue tries again until it has failed often enough; then whoever asked hears of it. */
async function noteFailure(ctx: Ctx, exportId: string, parts: ExportParts): Promise<void> {
  await ctx.transaction(async (tx) => {
    const row = await lockExport(tx, exportId)
    if (row?.state !== 'building') return
    await updateExport(tx, exportId, { attempts: row.attempts + 1 })
    if (row.attempts + 1 < maxAttempts) return
    await endExport(tx, row, { state: 'failed', action: 'export.completed', failure: 'not_built' })
    await tellRequester(tx, { letter: 'failed', row: (await findExport(tx, exportId)) ?? row }, parts)
  })
}
