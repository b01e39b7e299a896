import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { SealedStorage } from '../../../platform/storage/sealed.ts'
import type { ListedFile } from '../../../platform/storage/types.ts'
import { authorizeSweep } from '../policy.ts'
import { listKnownKeys } from '../repository.uploads.ts'

/** Younger files may belong to a row that is only just being written. */
const minAgeMs = 6 * 3_600_000
const batch = 500

/** Which of these places are of another room. */
export type KnowsKeys = (tx: TxCtx, keys: readonly string[]) => Promise<readonly string[]>

const nobodyElse: KnowsKeys = async () => []

/**
 * Deletes files that no row names: a process ended between storing and noting, or between noting and deleting. Only
 * what this installation sealed is touched, whoever else shares the folder or the bucket.
 */
export async function sweepOrphans(
  ctx: Ctx,
  storage: SealedStorage,
  ofOthers: KnowsKeys = nobodyElse,
): Promise<number> {
  authorizeSweep(ctx.actor)
  const before = ctx.clock.now().getTime() - minAgeMs
  let removed = 0
  let old: ListedFile[] = []
  const sweep = async (): Promise<void> => {
    if (old.length === 0) return
    const looked = old
    old = []
    const keys = looked.map(({ key }) => key)
    const known = await ctx.transaction(
      async (tx) => new Set([...(await listKnownKeys(tx, keys)), ...(await ofOthers(tx, keys))]),
    )
    for (const { key, isPart } of looked) {
      // A part that nobody has written to for hours is nobody's.
      if (known.has(key) || !(isPart || (await storage.isOurs(key)))) continue
      await storage.remove(key)
      removed += 1
    }
  }
  for await (const file of storage.list()) {
    if (file.storedAt.getTime() < before) old.push(file)
    if (old.length >= batch) await sweep()
  }
  await sweep()
  return removed
}
