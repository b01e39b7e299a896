import { AppError } from '../../platform/app-error.ts'
import type { Storage } from '../../platform/storage.ts'

/** What files leave free, for the database and all else that lies beside them. */
const spareBytes = 200_000_000

/** Refuses what would fill the disk. Others write too, so what was free a moment ago says little. */
export async function refuseWithoutSpace(storage: Storage, neededBytes: number): Promise<void> {
  const free = await storage.freeBytes()
  if (free !== undefined && free < neededBytes + spareBytes) throw new AppError('upload.no_space')
}
