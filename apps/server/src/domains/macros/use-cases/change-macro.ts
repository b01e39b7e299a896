import type { ChangeMacro, Macro } from '@clew/contract/macros'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { authorizeEditor } from '../authorize.ts'
import { differences, withChange } from '../model.ts'
import { refuseStale, refuseUnknownPlaceholders } from '../refuse.ts'
import { isNameTaken, lockMacro, lockNames, updateMacro } from '../repository.ts'
import { macroView } from '../views.ts'

/** Changes what is given, from the version that was seen. What says the same changes nothing. */
export async function changeMacro(
  ctx: Ctx,
  { macroId, version, ...change }: ChangeMacro & { macroId: string },
): Promise<Macro> {
  return ctx.transaction(async (tx) => {
    const author = await authorizeEditor(tx)
    await lockNames(tx)
    const before = await lockMacro(tx, macroId)
    if (before === undefined) throw new AppError('macro.not_found')
    const after = withChange(before, change)
    const changed = differences(before, after)
    // Saved by a second press, or by somebody who meant the same: it stands already.
    if (changed.length === 0) return macroView(before)
    refuseStale(before, version)
    refuseUnknownPlaceholders(after.bodies)
    if (await isNameTaken(tx, after.name, macroId)) throw new AppError('macro.name_taken', { name: after.name })
    const row = await updateMacro(tx, before, { after, author })
    const target = { type: 'macro', id: row.id, name: row.name }
    recordAudit(tx, { action: 'macro.changed', targets: [target], metadata: { parts: changed.join(', ') } })
    return macroView(row)
  })
}
