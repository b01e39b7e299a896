import type { IncidentId } from '@clew/contract/primitives'
import type { Incident, OpenIncident } from '@clew/contract/status'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { incidentTarget, recordByTeam } from '../audit-of.ts'
import type { IncidentRow, UpdateRow } from '../model.ts'
import { momentsAfter } from '../model.ts'
import { authorizeKeepStatus } from '../policy.ts'
import { lockComponents } from '../repository.components.ts'
import { findIncidentByClientId, insertIncident } from '../repository.ts'
import { incidentView } from '../views.ts'
import { applyUpdate, checkAffected, sameWords } from './apply-update.ts'

/** Opens an incident with its first update. Sent again with the same client id it answers with what is there. */
export async function openIncident(
  ctx: Ctx,
  input: z.output<typeof OpenIncident>,
): Promise<{ incident: Incident; repeated: boolean }> {
  return ctx.transaction(async (tx) => {
    const { agentId } = authorizeKeepStatus(tx.actor)
    // Held first: of two that open at once, the second sees what the first did.
    const components = await lockComponents(tx)
    const known = await findIncidentByClientId(tx, input.clientIncidentId)
    if (known) return { incident: incidentView(sameIncident(known, input)), repeated: true }
    checkAffected(components, input.components)
    const now = tx.clock.now()
    const startedAt = input.startedAt === undefined ? now : new Date(input.startedAt)
    if (startedAt > now) throw new AppError('incident.time_invalid')

    const incident: IncidentRow = {
      id: tx.ids.next() as IncidentId,
      clientId: input.clientIncidentId,
      titles: input.titles,
      impact: input.impact,
      status: input.status,
      components: [],
      startedAt,
      ...momentsAfter({ monitoringAt: undefined, resolvedAt: undefined }, input.status, now),
      createdAt: now,
      updatedAt: now,
      updates: [],
    }
    await insertIncident(tx, incident, agentId)
    const first: UpdateRow = {
      id: tx.ids.next(),
      clientId: input.clientIncidentId,
      incidentId: incident.id,
      status: input.status,
      bodies: input.bodies,
      authorId: agentId,
      displayAt: now,
      createdAt: now,
      updatedAt: now,
      changes: [],
    }
    const opened = await applyUpdate(tx, { incident, update: first, affected: input.components, components })
    recordByTeam(tx, {
      action: 'incident.opened',
      targets: [incidentTarget(incident.id, incident.titles)],
      metadata: { impact: incident.impact, status: incident.status },
    })
    tx.emit('incident.opened', {
      incidentId: incident.id,
      updateId: first.id,
      impact: incident.impact,
      ...(agentId === undefined ? {} : { agentId }),
    })
    return { incident: incidentView(opened), repeated: false }
  })
}

function sameIncident(known: IncidentRow, input: z.output<typeof OpenIncident>): IncidentRow {
  const first = known.updates.find(({ clientId }) => clientId === input.clientIncidentId)
  // What was corrected since is no reason to refuse the repeat of a lost answer.
  const isCorrected = known.updatedAt > known.createdAt
  if (!isCorrected && !(sameWords(known.titles, input.titles) && first && sameWords(first.bodies, input.bodies)))
    throw new AppError('incident.id_reused')
  return known
}
