import { z } from 'zod'
import { ComponentStatus, IncidentImpact, IncidentStatus } from './status.ts'

/** The public status JSON in the shapes of Statuspage v2: field names and enums are theirs and never change. */

const instant = z.iso.datetime({ offset: true })

export const V2Page = z
  .object({ id: z.string(), name: z.string(), url: z.string(), time_zone: z.string(), updated_at: instant })
  .meta({ id: 'V2Page' })

export const V2Status = z
  .object({ indicator: z.enum(['none', 'minor', 'major', 'critical']), description: z.string() })
  .meta({ id: 'V2Status' })

export const V2Component = z
  .object({
    id: z.string(),
    name: z.string(),
    status: ComponentStatus,
    created_at: instant,
    updated_at: instant,
    position: z.int(),
    description: z.string().nullable(),
    showcase: z.boolean(),
    start_date: z.string().nullable(),
    group_id: z.string().nullable(),
    page_id: z.string(),
    group: z.boolean(),
    only_show_if_degraded: z.boolean(),
    components: z.array(z.string()).optional().meta({ description: 'Ids of the parts, for a group.' }),
  })
  .meta({ id: 'V2Component' })

export const V2IncidentUpdate = z
  .object({
    id: z.string(),
    status: IncidentStatus,
    body: z.string(),
    incident_id: z.string(),
    created_at: instant,
    updated_at: instant,
    display_at: instant,
    affected_components: z.array(
      z.object({ code: z.string(), name: z.string(), old_status: ComponentStatus, new_status: ComponentStatus }),
    ),
  })
  .meta({ id: 'V2IncidentUpdate' })

export const V2Incident = z
  .object({
    id: z.string(),
    name: z.string(),
    status: IncidentStatus,
    created_at: instant,
    updated_at: instant,
    monitoring_at: instant.nullable(),
    resolved_at: instant.nullable(),
    impact: IncidentImpact,
    shortlink: z.string(),
    started_at: instant,
    page_id: z.string(),
    incident_updates: z.array(V2IncidentUpdate),
    components: z.array(V2Component),
  })
  .meta({ id: 'V2Incident' })

/** None is kept yet, so the lists are empty; clients ask for them all the same. */
const maintenances = z.array(V2Incident).max(0)

export const V2Summary = z
  .object({
    page: V2Page,
    status: V2Status,
    components: z.array(V2Component),
    incidents: z.array(V2Incident),
    scheduled_maintenances: maintenances,
  })
  .meta({ id: 'V2Summary' })
export const V2StatusAnswer = z.object({ page: V2Page, status: V2Status }).meta({ id: 'V2StatusAnswer' })
export const V2Components = z.object({ page: V2Page, components: z.array(V2Component) }).meta({ id: 'V2Components' })
export const V2Incidents = z.object({ page: V2Page, incidents: z.array(V2Incident) }).meta({ id: 'V2Incidents' })
export const V2Maintenances = z
  .object({ page: V2Page, scheduled_maintenances: maintenances })
  .meta({ id: 'V2Maintenances' })

export type V2Page = z.infer<typeof V2Page>
export type V2Status = z.infer<typeof V2Status>
export type V2Component = z.infer<typeof V2Component>
export type V2IncidentUpdate = z.infer<typeof V2IncidentUpdate>
export type V2Incident = z.infer<typeof V2Incident>
export type V2Summary = z.infer<typeof V2Summary>
