import type { MacroList } from '@clew/contract/macros'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeReader } from '../authorize.ts'
import { canEditMacros } from '../policy.ts'
import { listMacroRows } from '../repository.ts'
import { macroView } from '../views.ts'

/** Every macro of the team, by name, and whether the reader may change them. */
export async function listMacros(ctx: Ctx): Promise<MacroList> {
  return ctx.transaction(async (tx) => {
    await authorizeReader(tx)
    return { macros: (await listMacroRows(tx)).map(macroView), mayEdit: canEditMacros(tx.actor) }
  })
}
