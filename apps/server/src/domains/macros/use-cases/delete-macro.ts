import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { authorizeEditor } from '../authorize.ts'
import { deleteMacroRow, lockMacro } from '../repository.ts'

/** Takes a macro from the team. What was sent with it stays. */
export async function deleteMacro(ctx: Ctx, macroId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    await authorizeEditor(tx)
    const row = await lockMacro(tx, macroId)
    if (row === undefined) throw new AppError('macro.not_found')
    await deleteMacroRow(tx, macroId)
    recordAudit(tx, { action: 'macro.deleted', targets: [{ type: 'macro', id: row.id, name: row.name }] })
  })
}
