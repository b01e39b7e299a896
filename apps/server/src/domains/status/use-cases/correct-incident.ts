import type { IncidentId } from '@clew/contract/primitives'
import type { CorrectIncident, CorrectUpdate, Incident } from '@clew/contract/status'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { incidentTarget, recordByTeam } from '../audit-of.ts'
import type { IncidentRow } from '../model.ts'
import { authorizeKeepStatus } from '../policy.ts'
import { lockIncident, setUpdateBodies, updateIncident } from '../repository.ts'
import { incidentView } from '../views.ts'
import { sameWords } from './apply-update.ts'

/** Corrects the title, the impact or the beginning. Saying what is said already changes nothing. */
export async function correctIncident(
  ctx: Ctx,
  incidentId: IncidentId,
  input: z.output<typeof CorrectIncident>,
): Promise<Incident> {
  return ctx.transaction(async (tx) => {
    const by = authorizeKeepStatus(tx.actor)
    const incident = await lockIncident(tx, incidentId)
    if (!incident) throw new AppError('incident.not_found')
    const now = tx.clock.now()
    const corrected: IncidentRow = {
      ...incident,
      titles: input.titles ?? incident.titles,
      impact: input.impact ?? incident.impact,
      startedAt: input.startedAt === undefined ? incident.startedAt : new Date(input.startedAt),
      updatedAt: now,
    }
    const fields = [
      ...(sameWords(corrected.titles, incident.titles) ? [] : ['titles']),
      ...(corrected.impact === incident.impact ? [] : ['impact']),
      ...(corrected.startedAt.getTime() === incident.startedAt.getTime() ? [] : ['startedAt']),
    ]
    if (fields.length === 0) return incidentView(incident)
    if (corrected.startedAt > (incident.resolvedAt ?? now)) throw new AppError('incident.time_invalid')
    await updateIncident(tx, corrected)
    recordByTeam(tx, {
      action: 'incident.corrected',
      targets: [incidentTarget(incidentId, corrected.titles)],
      metadata: { fields },
    })
    tx.emit('incident.corrected', { incidentId, fields, ...by })
    return incidentView(corrected)
  })
}

/** Corrects the words of an update that is out already. When it was said stays. */
export async function correctUpdate(
  ctx: Ctx,
  { incidentId, updateId }: { incidentId: IncidentId; updateId: string },
  { bodies }: z.output<typeof CorrectUpdate>,
): Promise<Incident> {
  return ctx.transaction(async (tx) => {
    const by = authorizeKeepStatus(tx.actor)
    const incident = await lockIncident(tx, incidentId)
    if (!incident) throw new AppError('incident.not_found')
    const update = incident.updates.find(({ id }) => id === updateId)
    if (!update) throw new AppError('incident.update_not_found')
    if (sameWords(update.bodies, bodies)) return incidentView(incident)
    const now = tx.clock.now()
    await setUpdateBodies(tx, { id: updateId, bodies, now })
    const corrected: IncidentRow = {
      ...incident,
      updatedAt: now,
      updates: incident.updates.map((each) => (each.id === updateId ? { ...each, bodies, updatedAt: now } : each)),
    }
    await updateIncident(tx, corrected)
    recordByTeam(tx, {
      action: 'incident.corrected',
      targets: [incidentTarget(incidentId, corrected.titles)],
      metadata: { fields: ['bodies'], update: updateId },
    })
    tx.emit('incident.corrected', { incidentId, updateId, fields: ['bodies'], ...by })
    return incidentView(corrected)
  })
}
