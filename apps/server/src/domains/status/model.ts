import { worstStatus } from '@clew/contract/component-severity'
import type { AgentId, ComponentId, IncidentId, Locale } from '@clew/contract/primitives'
import type { ComponentStatus, IncidentImpact, IncidentStatus, LocalText } from '@clew/contract/status'

export type ComponentRow = {
  id: ComponentId
  slug: string
  names: LocalText
  descriptions: LocalText
  status: ComponentStatus
  isGroup: boolean
  groupId: ComponentId | undefined
  place: number
  keywords: readonly string[]
  hosts: readonly string[]
  createdAt: Date
  updatedAt: Date
}

export type Affected = { componentId: ComponentId; status: ComponentStatus }
export type ComponentChange = { componentId: ComponentId; from: ComponentStatus; to: ComponentStatus }

export type UpdateRow = {
  id: string
  clientId: string
  incidentId: IncidentId
  status: IncidentStatus
  bodies: LocalText
  authorId: AgentId | undefined
  displayAt: Date
  createdAt: Date
  updatedAt: Date
  changes: readonly ComponentChange[]
}

export type IncidentRow = {
  id: IncidentId
  clientId: string
  titles: LocalText
  impact: IncidentImpact
  status: IncidentStatus
  components: readonly Affected[]
  startedAt: Date
  monitoringAt: Date | undefined
  resolvedAt: Date | undefined
  createdAt: Date
  updatedAt: Date
  /** The newest first. */
  updates: readonly UpdateRow[]
}

/** What is true about the service, all at once. */
export type StatusSnapshot = {
  /** Differs whenever anything in it does. */
  version: string
  components: readonly ComponentRow[]
  /** Every open one, and the newest of the others. */
  incidents: readonly IncidentRow[]
}

export const emptySnapshot: StatusSnapshot = { version: '', components: [], incidents: [] }

const impacts: readonly IncidentImpact[] = ['none', 'minor', 'major', 'critical']

export const worstImpact = (all: readonly IncidentImpact[]): IncidentImpact =>
  impacts[Math.max(0, ...all.map((impact) => impacts.indexOf(impact)))] ?? 'none'

export const isOpen = (incident: Pick<IncidentRow, 'resolvedAt'>): boolean => incident.resolvedAt === undefined

/** The open incidents, the worst first, then the newest. */
export const openIncidents = <I extends Pick<IncidentRow, 'resolvedAt' | 'impact' | 'startedAt'>>(
  incidents: readonly I[],
): I[] =>
  incidents
    .filter(isOpen)
    .sort(
      (a, b) => impacts.indexOf(b.impact) - impacts.indexOf(a.impact) || b.startedAt.getTime() - a.startedAt.getTime(),
    )

/** What an incident's new status means for its moments. Any update on a resolved one opens it again. */
export function momentsAfter(
  incident: Pick<IncidentRow, 'monitoringAt' | 'resolvedAt'>,
  status: IncidentStatus,
  now: Date,
): Pick<IncidentRow, 'monitoringAt' | 'resolvedAt'> {
  switch (status) {
    case 'investigating':
    case 'identified':
      return { monitoringAt: undefined, resolvedAt: undefined }
    case 'monitoring':
      return { monitoringAt: incident.monitoringAt ?? now, resolvedAt: undefined }
    case 'resolved':
      return { monitoringAt: incident.monitoringAt, resolvedAt: incident.resolvedAt ?? now }
  }
}

/**
 * How the components stand after an incident's update: as bad as the worst of the open incidents that hurt them. One
 * that no incident hurts any longer works again, unless it is being maintained.
 */
export function changesOf(about: {
  components: readonly Pick<ComponentRow, 'id' | 'status'>[]
  before: readonly Affected[]
  after: readonly Affected[]
  /** What the other open incidents say. */
  others: readonly Affected[]
}): ComponentChange[] {
  const touched = new Set([...about.before, ...about.after].map(({ componentId }) => componentId))
  return about.components.flatMap(({ id, status: from }) => {
    if (!touched.has(id)) return []
    const said = [...about.after, ...about.others].filter(({ componentId }) => componentId === id)
    if (said.length === 0 && from === 'under_maintenance') return []
    const to = worstStatus(said.map(({ status }) => status))
    return to === from ? [] : [{ componentId: id, from, to }]
  })
}

/** A group stands as its worst part does. */
export function withGroups<C extends Pick<ComponentRow, 'id' | 'status' | 'isGroup' | 'groupId'>>(
  components: readonly C[],
): C[] {
  return components.map((each) =>
    each.isGroup
      ? { ...each, status: worstStatus(components.filter(({ groupId }) => groupId === each.id).map((c) => c.status)) }
      : each,
  )
}

/** A text in the reader's language, or in the one that it has. */
export function textIn(text: LocalText, locale: Locale): { text: string; locale: Locale } {
  const other = locale === 'en' ? 'el' : 'en'
  return text[locale] === '' ? { text: text[other], locale: other } : { text: text[locale], locale }
}
