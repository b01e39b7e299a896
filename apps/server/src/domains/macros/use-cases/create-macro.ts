import { maxMacros } from '@clew/contract/macro-placeholders'
import type { CreateMacro, Macro } from '@clew/contract/macros'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { authorizeEditor } from '../authorize.ts'
import { refuseUnknownPlaceholders } from '../refuse.ts'
import { countMacros, insertMacro, lockNames } from '../repository.ts'
import { macroView } from '../views.ts'

/** Saves a reply for the whole team. */
export async function createMacro(ctx: Ctx, input: CreateMacro): Promise<Macro> {
  return ctx.transaction(async (tx) => {
    const author = await authorizeEditor(tx)
    refuseUnknownPlaceholders(input.bodies)
    await lockNames(tx)
    if ((await countMacros(tx)) >= maxMacros) throw new AppError('macro.too_many', { most: maxMacros })
    const row = await insertMacro(tx, input, author)
    if (row === undefined) throw new AppError('macro.name_taken', { name: input.name })
    recordAudit(tx, { action: 'macro.created', targets: [{ type: 'macro', id: row.id, name: row.name }] })
    return macroView(row)
  })
}
