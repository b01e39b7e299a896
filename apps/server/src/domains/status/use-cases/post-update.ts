import type { IncidentId } from '@clew/contract/primitives'
import type { Incident, PostUpdate } from '@clew/contract/status'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { incidentTarget, recordByTeam } from '../audit-of.ts'
import { type IncidentRow, momentsAfter, type UpdateRow } from '../model.ts'
import { authorizeKeepStatus } from '../policy.ts'
import { lockComponents } from '../repository.components.ts'
import { lockIncident, updateIncident } from '../repository.ts'
import { incidentView } from '../views.ts'
import { applyUpdate, checkAffected, sameWords } from './apply-update.ts'

/**
 * Says what is new about an incident; with the status `resolved` it is over. Sent again with the same client id it
 * changes nothing.
 */
export async function postUpdate(
  ctx: Ctx,
  incidentId: IncidentId,
  input: z.output<typeof PostUpdate>,
): Promise<{ incident: Incident; repeated: boolean }> {
  return ctx.transaction(async (tx) => {
    const { agentId } = authorizeKeepStatus(tx.actor)
    const components = await lockComponents(tx)
    const incident = await lockIncident(tx, incidentId)
    if (!incident) throw new AppError('incident.not_found')
    const known = incident.updates.find(({ clientId }) => clientId === input.clientUpdateId)
    if (known) {
      checkRepeat(known, input)
      return { incident: incidentView(incident), repeated: true }
    }
    const affected = input.components ?? incident.components
    checkAffected(components, affected)

    const now = tx.clock.now()
    const update: UpdateRow = {
      id: tx.ids.next(),
      clientId: input.clientUpdateId,
      incidentId,
      status: input.status,
      bodies: input.bodies,
      authorId: agentId,
      displayAt: now,
      createdAt: now,
      updatedAt: now,
      changes: [],
    }
    const next = { ...incident, status: input.status, ...momentsAfter(incident, input.status, now), updatedAt: now }
    await updateIncident(tx, next)
    const posted = await applyUpdate(tx, { incident: next, update, affected, components })
    announce(tx, posted, update)
    return { incident: incidentView(posted), repeated: false }
  })
}

function announce(tx: TxCtx, incident: IncidentRow, { id, status, authorId }: UpdateRow): void {
  recordByTeam(tx, {
    action: 'incident.updated',
    targets: [incidentTarget(incident.id, incident.titles)],
    metadata: { status },
  })
  const about = { incidentId: incident.id, updateId: id, ...(authorId === undefined ? {} : { agentId: authorId }) }
  if (status === 'resolved') tx.emit('incident.resolved', about)
  else tx.emit('incident.updated', { ...about, status })
}

function checkRepeat(known: UpdateRow, input: z.output<typeof PostUpdate>): void {
  const isCorrected = known.updatedAt > known.createdAt
  if (known.status !== input.status || (!isCorrected && !sameWords(known.bodies, input.bodies)))
    throw new AppError('incident.id_reused')
}
