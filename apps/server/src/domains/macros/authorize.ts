import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/app-error.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { findSupportTeam } from '../organisations/index.ts'
import { authorizeEditMacros, authorizeReadMacros } from './policy.ts'

/** Whose team it is only an agent may ask. */
function refuseOthers(actor: Actor): void {
  if (actor.type !== 'agent') throw new AppError('permission.denied')
}

export async function authorizeReader(tx: TxCtx): Promise<void> {
  refuseOthers(tx.actor)
  authorizeReadMacros(tx.actor, await findSupportTeam(tx))
}

/** Answers with who edits. */
export async function authorizeEditor(tx: TxCtx): Promise<Extract<Actor, { type: 'agent' }>> {
  const { actor } = tx
  refuseOthers(actor)
  authorizeEditMacros(actor, await findSupportTeam(tx))
  return actor
}
