import { createHash, timingSafeEqual } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { FileId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { notedStorageKey, storageKeyOf } from '../../../platform/storage/key.ts'
import type { Storage } from '../../../platform/storage.ts'
import { whyRefused } from '../attachment-rule.ts'
import { holdsCapture, refuseSealed } from '../holds-capture.ts'
import { uncleanable } from '../image-cleaner.ts'
import { isCleanable, isUncleanable, withoutMetadata } from '../image-metadata.ts'
import { headBytes, mediaTypeOf } from '../model.ts'
import { type Checksum, expiryOf, isStep, type Segment, segmentBytes, type UploadRow } from '../model.uploads.ts'
import { bytesOf } from '../pieces.ts'
import { authorizeResumable, authorizeUploadOf } from '../policy.ts'
import { findFile, lockFile, setFileState, setFileStored } from '../repository.ts'
import { findUpload, insertSegment, listSegments, lockUpload, updateUpload } from '../repository.uploads.ts'
import { refuseWithoutSpace } from '../spare-space.ts'
import { waitForScanner } from '../wait-for-scanner.ts'

export type AppendToUpload = {
  id: FileId
  offset: number
  /** As the request says; a piece that is too long is refused before it is read. */
  sizeBytes: number | undefined
  checksum: Checksum | undefined
  body: Readable | undefined
}

/**
 * Takes the next piece of an upload. Every two megabytes of it are stored and then noted, so that a cut connection
 * or a killed process costs what came after; what was noted is there. A piece with a checksum is taken whole or not.
 */
export async function appendToUpload(ctx: Ctx, storage: Storage, input: AppendToUpload): Promise<UploadRow> {
  authorizeResumable(ctx.actor)
  let upload = await ctx.transaction((tx) => openUpload(tx, input))
  const { checksum } = input
  const hash = createHash(checksum?.algorithm ?? 'sha256')
  const staged: Segment[] = []
  const keep = async (segments: readonly Segment[]): Promise<void> => {
    upload = await noteOrRemove(ctx, { storage, upload, segments })
  }
  try {
    for await (const bytes of cutIntoSegments(input, upload)) {
      if (upload.receivedBytes + sizeOf(staged) === 0) refuseByHead(upload, bytes)
      if (checksum) hash.update(bytes)
      const startByte = upload.receivedBytes + sizeOf(staged)
      const segment = await store(ctx, storage, { bytes, startByte })
      if (checksum) staged.push(segment)
      else await keep([segment])
    }
    if (checksum) refuseOtherSum(hash.digest(), checksum)
  } catch (error) {
    await removeAll(storage, staged)
    throw error
  }
  if (staged.length > 0) await keep(staged)
  return upload
}

async function openUpload(tx: TxCtx, { id, offset, sizeBytes = 0 }: AppendToUpload): Promise<UploadRow> {
  const upload = await findUpload(tx, id)
  authorizeUploadOf(tx.actor, upload)
  if (!upload) throw new AppError('upload.not_found')
  if (upload.state === 'ended' || upload.expiresAt < tx.clock.now()) throw new AppError('upload.ended')
  if (upload.receivedBytes !== offset) throw new AppError('upload.offset_conflict')
  if (offset + sizeBytes > upload.lengthBytes) throw tooLong(upload)
  return upload
}

const tooLong = ({ lengthBytes }: UploadRow): AppError =>
  new AppError('upload.too_large', { limitMb: Math.ceil(lengthBytes / 1_000_000) })

/**
 * The body in pieces of the size of a segment. When the connection breaks, what came before is still given out. The
 * request is not destroyed by leaving off early: its sender is to hear the answer.
 */
async function* cutIntoSegments({ body, checksum }: AppendToUpload, upload: UploadRow): AsyncGenerator<Buffer> {
  if (!body) return
  let pending: Buffer[] = []
  let pendingBytes = 0
  let total = upload.receivedBytes
  const whole = (): Buffer => {
    const bytes = Buffer.concat(pending)
    pending = []
    pendingBytes = 0
    return bytes
  }
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      total += chunk.length
      if (total > upload.lengthBytes) throw tooLong(upload)
      pending.push(chunk)
      pendingBytes += chunk.length
      if (pendingBytes >= segmentBytes) yield whole()
    }
  } catch (error) {
    if (error instanceof AppError || checksum) throw error
  }
  if (pendingBytes > 0) yield whole()
}

async function store(
  ctx: Ctx,
  storage: Storage,
  { bytes, startByte }: { bytes: Buffer; startByte: number },
): Promise<Segment> {
  const storageKey = storageKeyOf(ctx.ids.next())
  await refuseWithoutSpace(storage, bytes.length)
  try {
    await storage.put(storageKey, Readable.from([bytes]), bytes.length)
  } catch (cause) {
    throw hasNoSpace(cause) ? new AppError('upload.no_space', {}, { cause }) : cause
  }
  return { startByte, sizeBytes: bytes.length, storageKey }
}

const hasNoSpace = (error: unknown): boolean =>
  error instanceof Error &&
  ('code' in error ? error.code === 'ENOSPC' || error.code === 'EDQUOT' : error.message.endsWith(' 507'))

type Stored = { storage: Storage; upload: UploadRow; segments: readonly Segment[] }

/**
 * Of two who go on with the same upload at once, one gets the place; what the other stored goes again. When the database
 * was lost meanwhile, nobody knows whether it was noted: then the bytes stay, and the sweep of orphans finds out.
 */
async function noteOrRemove(ctx: Ctx, stored: Stored): Promise<UploadRow> {
  const { storage, segments } = stored
  try {
    const head = await headOfWhole(ctx, stored)
    refuseByHead(stored.upload, head)
    if (isCleanable(head)) await cleanWhole(ctx, stored)
    const isCapture = head.length > 0 && (await wholeHoldsCapture(ctx, stored))
    return await ctx.transaction((tx) => note(tx, stored, { head, isCapture }))
  } catch (error) {
    if (error instanceof AppError && error.status < 500) await removeAll(storage, segments)
    throw error
  }
}

/** How a plain file begins of which this is the last piece. */
async function headOfWhole(ctx: Ctx, { storage, upload, segments }: Stored): Promise<Buffer> {
  if (upload.kind !== 'file' || upload.receivedBytes + sizeOf(segments) < upload.lengthBytes) return Buffer.alloc(0)
  const noted = await ctx.transaction((tx) => listSegments(tx, upload.id))
  const parts: Buffer[] = []
  let read = 0
  // The first pieces may be as small as the network cut them.
  for (const { storageKey, sizeBytes } of [...noted, ...segments]) {
    if (read >= headBytes) break
    const end = Math.min(sizeBytes, headBytes - read)
    parts.push(await buffer(await storage.get(storageKey, { start: 0, end })))
    read += end
  }
  return Buffer.concat(parts)
}

/** Looks through all of a plain file before its last piece is noted: until then nobody can read it. */
async function wholeHoldsCapture(ctx: Ctx, { storage, upload, segments }: Stored): Promise<boolean> {
  const { file, noted } = await ctx.transaction(async (tx) => ({
    file: await findFile(tx, upload.id),
    noted: await listSegments(tx, upload.id),
  }))
  return file !== undefined && holdsCapture(file.name, bytesOf(storage, [...noted, ...segments]))
}

/** The most of a picture that is held in memory while its metadata is taken out. */
const maxPictureBytes = 64_000_000

function refuseByHead({ kind, lengthBytes }: UploadRow, head: Buffer): void {
  if (kind !== 'file') return
  refuseSealed(head)
  if (isUncleanable(head)) throw uncleanable()
  if (isCleanable(head) && lengthBytes > maxPictureBytes)
    throw new AppError('upload.too_large', { limitMb: maxPictureBytes / 1_000_000 })
}

/**
 * Takes out of a picture what it says besides its pixels, before its last piece is noted: until then nobody can read
 * it. Nothing moves, so that each segment is written again in its place; done twice, it is done once.
 */
async function cleanWhole(ctx: Ctx, { storage, upload, segments }: Stored): Promise<void> {
  const noted = await ctx.transaction((tx) => listSegments(tx, upload.id))
  const all = [...noted, ...segments]
  const parts: Buffer[] = []
  for (const { storageKey } of all) parts.push(await buffer(await storage.get(storageKey)))
  const clean = withoutMetadata(Buffer.concat(parts))
  for (const [index, { startByte, sizeBytes, storageKey }] of all.entries()) {
    const now = clean.subarray(startByte, startByte + sizeBytes)
    if (parts[index]?.equals(now)) continue
    await storage.put(notedStorageKey(storageKey), Readable.from([now]), sizeBytes)
  }
}

const sizeOf = (segments: readonly Segment[]): number => segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)

type Whole = { head: Buffer; isCapture: boolean }

async function note(tx: TxCtx, { upload: { id, receivedBytes: expected }, segments }: Stored, whole: Whole) {
  const upload = await lockUpload(tx, id)
  if (!upload) throw new AppError('upload.not_found')
  if (upload.state === 'ended') throw new AppError('upload.ended')
  if (upload.receivedBytes !== expected) throw new AppError('upload.offset_conflict')
  for (const segment of segments) await insertSegment(tx, upload, segment)
  const receivedBytes = expected + sizeOf(segments)
  const isComplete = receivedBytes === upload.lengthBytes
  const state = isComplete ? ('complete' as const) : upload.state
  const expiresAt = expiryOf(tx.clock.now())
  await updateUpload(tx, id, { receivedBytes, state, expiresAt })
  if (isComplete) {
    await settleWhole(tx, upload, whole)
    tx.emit('upload.completed', { contactId: upload.contactId, fileId: id })
  } else if (isStep(expected, receivedBytes, upload.lengthBytes)) {
    tx.emit('upload.progressed', { contactId: upload.contactId, fileId: id, receivedBytes })
  }
  return { ...upload, receivedBytes, state, expiresAt }
}

/** A recording of a browser is held until it was cleaned, also one that was sent as something else. */
async function settleWhole(tx: TxCtx, { id, kind }: UploadRow, { head, isCapture }: Whole): Promise<void> {
  const file = kind === 'file' ? await lockFile(tx, id) : undefined
  if (file && !isCapture) {
    const mediaType = mediaTypeOf(file.mediaType, head)
    const refusal = await whyRefused(tx, tx.actor, { ...file, mediaType })
    if (refusal) throw refusal
    waitForScanner(tx, file, await setFileStored(tx, id, mediaType))
    return
  }
  if (file) await updateUpload(tx, id, { kind: 'capture' })
  await setFileState(tx, id, 'held')
}

async function removeAll(storage: Storage, segments: readonly Segment[]): Promise<void> {
  for (const { storageKey } of segments) await storage.remove(storageKey).catch(() => undefined)
}

function refuseOtherSum(found: Buffer, { value }: Checksum): void {
  const said = Buffer.from(value, 'base64')
  if (said.length !== found.length || !timingSafeEqual(said, found)) throw new AppError('upload.checksum_mismatch')
}
