import type { Ctx } from '../../../platform/ctx.ts'
import { type LoadedFlows, libraryOf } from '../model.ts'
import { authorizeProduct } from '../policy.ts'
import { flowsMark, listFlowRows, listPublished } from '../repository.ts'

/** The flows that people get, and what their runs may need: `known` itself when nothing has changed since. */
export async function loadLibrary(ctx: Ctx, known: LoadedFlows): Promise<LoadedFlows> {
  return ctx.transaction(async (tx) => {
    authorizeProduct(tx.actor)
    // The mark first: what changes while we read is noticed at the next look.
    const mark = await flowsMark(tx)
    if (mark === known.mark) return known
    return { mark, library: libraryOf(await listFlowRows(tx), await listPublished(tx)) }
  })
}
