import type { TxCtx } from '../../platform/ctx.ts'
import type { Keeping, Purged, PurgeOf } from '../../platform/keeping.ts'
import { purgeEnded, surveyExports } from './repository.keeping.ts'

/** What is left of old exports: who asked for what, and archives that lie there longer than an organisation keeps them. */
export async function purgeExports(tx: TxCtx, of: PurgeOf): Promise<Purged> {
  const gone = await purgeEnded(tx, of)
  return {
    count: gone.length,
    bytes: gone.reduce((sum, each) => sum + each.bytes, 0),
    ids: gone.map(({ id }) => id),
    keys: gone.flatMap(({ keys }) => keys),
  }
}

export const exportKeeping = [
  { class: 'export', survey: surveyExports, purge: purgeExports },
] as const satisfies readonly Keeping[]
