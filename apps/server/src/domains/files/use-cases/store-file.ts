import { createHash } from 'node:crypto'
import { type Readable, Transform } from 'node:stream'
import { maxAttachmentBytes, type StoredFile } from '@clew/contract/files'
import type { FileId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { type StorageKey, storageKeyOf } from '../../../platform/storage/key.ts'
import type { Storage } from '../../../platform/storage.ts'
import { whyRefused } from '../attachment-rule.ts'
import { holdsCapture } from '../holds-capture.ts'
import { ImageCleaner } from '../image-cleaner.ts'
import { type FileRow, headBytes, mediaTypeOf, safeFileName } from '../model.ts'
import { bytesOf, partsOf } from '../pieces.ts'
import { authorizeUpload } from '../policy.ts'
import { findFile, insertFile } from '../repository.ts'
import { refuseWithoutSpace } from '../spare-space.ts'
import { storedFileView } from '../views.ts'
import { waitForScanner } from '../wait-for-scanner.ts'

export type StoreFile = {
  id: FileId
  name: string
  claimedType: string | undefined
  claimedSize: number | undefined
  body: Readable
}

const tooLarge = () => new AppError('file.too_large', { limitMb: maxAttachmentBytes / 1_000_000 })

/**
 * Stores an upload whole or not at all. The bytes go to the store first and the row is written when they are safe; a
 * repeat with the same id answers with the first result when the content is the same.
 */
export async function storeFile(
  ctx: Ctx,
  storage: Storage,
  input: StoreFile,
): Promise<{ file: StoredFile; repeated: boolean }> {
  const owner = authorizeUpload(ctx.actor)
  if ((input.claimedSize ?? 0) > maxAttachmentBytes) throw tooLarge()
  await refuseWithoutSpace(storage, input.claimedSize ?? maxAttachmentBytes)

  // Each attempt has bytes of its own, so a repeat that is cut off cannot spoil what is stored.
  const storageKey = storageKeyOf(ctx.ids.next())
  const written = await write(storage, storageKey, input)
  const name = safeFileName(input.name)
  const isHeld = owner.contactId !== undefined && (await isCapture(storage, name, { ...written, storageKey }))
  const file: FileRow = {
    id: input.id,
    ...owner,
    name,
    mediaType: mediaTypeOf(input.claimedType, written.head),
    sizeBytes: written.sizeBytes,
    sha256: written.sha256,
    storageKey,
    state: isHeld ? 'held' : 'stored',
  }
  const { stored, refusal } = await ctx.transaction(async (tx) => {
    const why = file.state === 'held' ? undefined : await whyRefused(tx, tx.actor, file)
    if (why) return { stored: undefined, refusal: why }
    const state = await insertFile(tx, file)
    waitForScanner(tx, file, state)
    return { stored: state ? file : await findFile(tx, input.id), refusal: undefined }
  })
  if (stored === file) return { file: storedFileView(file), repeated: false }

  await storage.remove(storageKey)
  if (refusal) throw refusal
  const isSame = stored?.uploadedBy === owner.uploadedBy && stored.sha256 === file.sha256
  if (!stored || !isSame) throw new AppError('file.id_reused')
  return { file: storedFileView(stored), repeated: true }
}

/** What is not known to be free of recordings is not kept. */
async function isCapture(
  storage: Storage,
  name: string,
  stored: { storageKey: StorageKey; sizeBytes: number },
): Promise<boolean> {
  try {
    return await holdsCapture(name, bytesOf(storage, partsOf(stored)))
  } catch (error) {
    await storage.remove(stored.storageKey)
    throw error
  }
}

async function write(storage: Storage, key: StorageKey, { body, claimedSize }: StoreFile) {
  const cleaner = new ImageCleaner()
  const meter = new Meter()
  body.once('error', (error) => cleaner.destroy(error))
  cleaner.once('error', (error) => meter.destroy(error))
  // The store hears of it when it reads; that may be later than the error.
  meter.on('error', () => undefined)
  try {
    await storage.put(key, body.pipe(cleaner).pipe(meter), claimedSize)
    if (meter.sizeBytes === 0) throw new AppError('file.empty')
    return { sizeBytes: meter.sizeBytes, sha256: meter.sha256(), head: meter.head }
  } catch (error) {
    await storage.remove(key)
    throw error
  }
}

/** Counts, hashes and keeps the first bytes of what passes, and stops what is too long. */
class Meter extends Transform {
  sizeBytes = 0
  head = new Uint8Array()
  readonly #hash = createHash('sha256')

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null, data?: Buffer) => void,
  ): void {
    this.sizeBytes += chunk.length
    if (this.sizeBytes > maxAttachmentBytes) {
      done(tooLarge())
      return
    }
    if (this.head.length < headBytes) this.head = Buffer.concat([this.head, chunk.subarray(0, headBytes)])
    this.#hash.update(chunk)
    done(null, chunk)
  }

  sha256(): string {
    return this.#hash.digest('hex')
  }
}
