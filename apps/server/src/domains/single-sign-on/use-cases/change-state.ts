import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { releaseConnection } from '../../organisations/index.ts'
import { type ConnectionRow, isComplete } from '../model.ts'
import { authorizeChangeSso, authorizeManageSso } from '../policy.ts'
import {
  deleteConnection as eraseConnection,
  listConnections,
  lockConnection,
  updateConnection,
} from '../repository.connections.ts'
import { findRequirement } from '../repository.requirement.ts'

/** Lets people in through a connection, or no longer. */
export async function changeState(ctx: Ctx, { id, state }: { id: string; state: 'active' | 'off' }): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeChangeSso(tx.actor)
    const connection = await lockOwn(tx, id)
    if (connection.state === state) return
    if (state === 'active' && !isComplete(connection)) throw new AppError('sso.incomplete')
    if (state === 'off') await refuseLast(tx, connection)
    await updateConnection(tx, { id, organisationId: connection.organisationId }, { state })
    recordAudit(tx, {
      action: state === 'active' ? 'sso.connection.activated' : 'sso.connection.deactivated',
      targets: [{ type: 'sso_connection', id, name: connection.name }],
    })
  })
}

/** Forgets a connection with all that it knew of people. They stay members. */
export async function deleteConnection(ctx: Ctx, id: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const connection = await lockOwn(tx, id)
    await refuseLast(tx, connection)
    await releaseConnection(tx, { organisationId: connection.organisationId, connectionId: id })
    await eraseConnection(tx, { id, organisationId: connection.organisationId })
    recordAudit(tx, {
      action: 'sso.connection.deleted',
      targets: [{ type: 'sso_connection', id, name: connection.name }],
    })
  })
}

async function lockOwn(tx: TxCtx, id: string): Promise<ConnectionRow> {
  const { actor } = tx
  authorizeManageSso(actor)
  const connection = await lockConnection(tx, { id, organisationId: actor.organisationId })
  if (!connection) throw new AppError('sso.connection_not_found')
  return connection
}

/** Where SSO is required, the last door is not shut. */
async function refuseLast(tx: TxCtx, connection: ConnectionRow): Promise<void> {
  if (connection.state !== 'active' || !(await findRequirement(tx, connection.organisationId))) return
  const others = (await listConnections(tx, connection.organisationId)).filter(
    ({ id, state }) => id !== connection.id && state === 'active',
  )
  if (others.length === 0) throw new AppError('sso.last_connection')
}
