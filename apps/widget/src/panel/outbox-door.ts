import { storageKeys } from '../bridge.ts'
import { databaseOutbox } from '../outbox/database-store.ts'
import { memoryOutbox } from '../outbox/memory-store.ts'
import type { OutboxStore } from '../outbox/outbox.ts'
import { now } from '../platform/clock.ts'
import { openDatabase } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { type Lock, leaseLock, webLock } from '../platform/lock.ts'
import { databaseUploads, memoryUploads, type UploadStore } from '../uploads/upload-store.ts'

export type OutboxDoor = {
  store: OutboxStore
  lock: Lock
  uploads: UploadStore
  lockFor(upload: string): Lock
  close(): void
}

/** Opens the outbox on this device, or one that lasts as long as the page where nothing may be stored. */
export async function openOutbox(): Promise<OutboxDoor> {
  const database = await openDatabase(storageKeys.database).catch(() => undefined)
  if (database === undefined) {
    const alone: Lock = (work) => work()
    return { store: memoryOutbox(), lock: alone, uploads: memoryUploads(), lockFor: () => alone, close: () => {} }
  }
  const owner = newId()
  const lockNamed = (name: string): Lock =>
    navigator.locks === undefined
      ? leaseLock(database, {
          name,
          owner,
          now: () => now().getTime(),
          leaseMs: 10_000,
          wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        })
      : webLock(navigator.locks, `clew:${name}`)
  return {
    store: databaseOutbox(database),
    lock: lockNamed('outbox'),
    uploads: databaseUploads(database),
    lockFor: (upload) => lockNamed(`upload:${upload}`),
    close: () => database.close(),
  }
}
