import type { IncidentId } from '@clew/contract/primitives'
import type { ComponentList, Incident, IncidentList } from '@clew/contract/status'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { type IncidentRow, openIncidents, type StatusSnapshot } from '../model.ts'
import { authorizeReadStatus } from '../policy.ts'
import { listComponents } from '../repository.components.ts'
import { findIncident, listIncidents, statusVersion } from '../repository.ts'
import { componentView, incidentView } from '../views.ts'

/** As many as the protocol answers with. */
const keptIncidents = 50

/** Everything about the service as it is now: `known` itself when nothing has changed since. */
export async function readStatus(ctx: Ctx, known: StatusSnapshot): Promise<StatusSnapshot> {
  return ctx.transaction(async (tx) => {
    authorizeReadStatus(tx.actor)
    // The version first: what changes while we read is noticed at the next look.
    const version = await statusVersion(tx)
    if (version === known.version) return known
    const [components, incidents] = await Promise.all([listComponents(tx), listIncidents(tx, keptIncidents)])
    return { version, components, incidents }
  })
}

/** The incidents that are open now, the worst first. */
export async function currentIncidents(ctx: Ctx): Promise<IncidentRow[]> {
  return ctx.transaction(async (tx) => {
    authorizeReadStatus(tx.actor)
    return openIncidents(await listIncidents(tx, keptIncidents))
  })
}

export async function readComponents(ctx: Ctx): Promise<ComponentList> {
  return ctx.transaction(async (tx) => {
    authorizeReadStatus(tx.actor)
    return { components: (await listComponents(tx)).map(componentView) }
  })
}

export async function readIncidents(ctx: Ctx, limit: number): Promise<IncidentList> {
  return ctx.transaction(async (tx) => {
    authorizeReadStatus(tx.actor)
    return { incidents: (await listIncidents(tx, limit)).map(incidentView) }
  })
}

export async function readIncident(ctx: Ctx, incidentId: IncidentId): Promise<Incident> {
  return ctx.transaction(async (tx) => {
    authorizeReadStatus(tx.actor)
    const incident = await findIncident(tx, incidentId)
    if (!incident) throw new AppError('incident.not_found')
    return incidentView(incident)
  })
}
