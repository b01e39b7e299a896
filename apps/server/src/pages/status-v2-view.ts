import { worstStatus } from '@clew/contract/component-severity'
import type { Locale } from '@clew/contract/primitives'
import type { V2Component, V2Incident, V2IncidentUpdate, V2Page, V2Status, V2Summary } from '@clew/contract/status-v2'
import {
  type ComponentRow,
  type IncidentRow,
  isOpen,
  openIncidents,
  type StatusSnapshot,
  statusWords,
  textIn,
  type UpdateRow,
  withGroups,
  worstImpact,
} from '../domains/status/index.ts'

export type V2About = { brand: string; statusUrl: string; timeZone: string; locale: Locale }

const pageId = 'status'

/** What Statuspage v2 clients read, from what the team keeps. */
export function v2View(snapshot: StatusSnapshot, about: V2About) {
  const components = withGroups(snapshot.components)
  const draw = (incident: IncidentRow): V2Incident => incidentOf(incident, components, about)
  const page = pageOf(snapshot, about)
  const status = statusOf(snapshot, about.locale)
  const shown = components.map((each) => componentOf(each, components, about.locale))
  const open = openIncidents(snapshot.incidents).sort(newestFirst)
  const all = [...snapshot.incidents].sort(newestFirst)
  return {
    summary: (): V2Summary => ({
      page,
      status,
      components: shown,
      incidents: open.map(draw),
      scheduled_maintenances: [],
    }),
    status: () => ({ page, status }),
    components: () => ({ page, components: shown }),
    incidents: () => ({ page, incidents: all.slice(0, 50).map(draw) }),
    unresolved: () => ({ page, incidents: open.map(draw) }),
    maintenances: () => ({ page, scheduled_maintenances: [] }),
  }
}

const newestFirst = (a: IncidentRow, b: IncidentRow): number => b.startedAt.getTime() - a.startedAt.getTime()

function pageOf({ components, incidents }: StatusSnapshot, { brand, statusUrl, timeZone }: V2About): V2Page {
  const changes = [...components, ...incidents].map(({ updatedAt }) => updatedAt.getTime())
  return {
    id: pageId,
    name: brand,
    url: statusUrl,
    time_zone: timeZone,
    updated_at: new Date(Math.max(0, ...changes)).toISOString(),
  }
}

const impactOf = {
  operational: 'none',
  under_maintenance: 'none',
  degraded_performance: 'minor',
  partial_outage: 'major',
  major_outage: 'critical',
} as const

/** The worse of what the components and the open incidents say. Maintenance is no trouble: clients know no such word. */
function statusOf({ components, incidents }: StatusSnapshot, locale: Locale): V2Status {
  const parts = components.filter(({ isGroup }) => !isGroup)
  const indicator = worstImpact([
    impactOf[worstStatus(parts.map(({ status }) => status))],
    ...incidents.filter(isOpen).map(({ impact }) => impact),
  ])
  return { indicator, description: statusWords[locale](`status.indicator_${indicator}`) }
}

function componentOf(component: ComponentRow, all: readonly ComponentRow[], locale: Locale): V2Component {
  return {
    id: component.id,
    name: textIn(component.names, locale).text,
    status: component.status,
    created_at: component.createdAt.toISOString(),
    updated_at: component.updatedAt.toISOString(),
    position: component.place,
    description: textIn(component.descriptions, locale).text || null,
    showcase: true,
    start_date: component.createdAt.toISOString().slice(0, 10),
    group_id: component.groupId ?? null,
    page_id: pageId,
    group: component.isGroup,
    only_show_if_degraded: false,
    ...(component.isGroup
      ? { components: all.filter(({ groupId }) => groupId === component.id).map(({ id }) => id) }
      : {}),
  }
}

function incidentOf(
  incident: IncidentRow,
  components: readonly ComponentRow[],
  { statusUrl, locale }: V2About,
): V2Incident {
  const affected = components.filter(({ id }) => incident.components.some(({ componentId }) => componentId === id))
  return {
    id: incident.id,
    name: textIn(incident.titles, locale).text,
    status: incident.status,
    created_at: incident.createdAt.toISOString(),
    updated_at: incident.updatedAt.toISOString(),
    monitoring_at: incident.monitoringAt?.toISOString() ?? null,
    resolved_at: incident.resolvedAt?.toISOString() ?? null,
    impact: incident.impact,
    shortlink: `${statusUrl}#incident-${incident.id}`,
    started_at: incident.startedAt.toISOString(),
    page_id: pageId,
    incident_updates: incident.updates.map((update) => updateOf(update, components, locale)),
    components: affected.map((each) => componentOf(each, components, locale)),
  }
}

const updateOf = (update: UpdateRow, components: readonly ComponentRow[], locale: Locale): V2IncidentUpdate => ({
  id: update.id,
  status: update.status,
  body: textIn(update.bodies, locale).text,
  incident_id: update.incidentId,
  created_at: update.createdAt.toISOString(),
  updated_at: update.updatedAt.toISOString(),
  display_at: update.displayAt.toISOString(),
  affected_components: update.changes.map(({ componentId, from, to }) => {
    const found = components.find(({ id }) => id === componentId)
    return { code: componentId, name: found ? textIn(found.names, locale).text : '', old_status: from, new_status: to }
  }),
})
