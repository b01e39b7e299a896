import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeProduct } from '../policy.ts'
import { insertMacro, markStarter } from '../repository.ts'
import type { StarterMacro } from '../starter-file.ts'

/**
 * Puts each macro that comes with the product in place, once. From then on it is the team's: what they changed stays, what
 * they deleted stays away, and a name that they have already is theirs.
 */
export async function loadStarterMacros(ctx: Ctx, starters: readonly StarterMacro[]): Promise<{ added: number }> {
  return ctx.transaction(async (tx) => {
    authorizeProduct(tx.actor)
    // All go out in one write and are done in this order, so that processes that start at once wait in no circle.
    const isFirst = await Promise.all(starters.map(({ slug }) => markStarter(tx, slug)))
    const fresh = starters.filter((_, i) => isFirst[i])
    const rows = await Promise.all(fresh.map(({ content }) => insertMacro(tx, content)))
    return { added: rows.filter((row) => row !== undefined).length }
  })
}
