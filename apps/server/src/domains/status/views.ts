import { worstStatus } from '@clew/contract/component-severity'
import type { Locale } from '@clew/contract/primitives'
import type {
  ComponentStatus,
  Incident,
  IncidentUpdate,
  OpenIncidentLine,
  StatusComponent,
} from '@clew/contract/status'
import {
  type ComponentRow,
  type IncidentRow,
  openIncidents,
  type StatusSnapshot,
  textIn,
  type UpdateRow,
} from './model.ts'

export const componentView = (row: ComponentRow): StatusComponent => ({
  id: row.id,
  slug: row.slug,
  names: row.names,
  descriptions: row.descriptions,
  status: row.status,
  isGroup: row.isGroup,
  ...(row.groupId === undefined ? {} : { groupId: row.groupId }),
  position: row.place,
  keywords: [...row.keywords],
  hosts: [...row.hosts],
  updatedAt: row.updatedAt.toISOString(),
})

export const incidentView = (row: IncidentRow): Incident => ({
  id: row.id,
  titles: row.titles,
  impact: row.impact,
  status: row.status,
  components: row.components.map((each) => ({ ...each })),
  startedAt: row.startedAt.toISOString(),
  ...(row.resolvedAt === undefined ? {} : { resolvedAt: row.resolvedAt.toISOString() }),
  updates: row.updates.map(updateView),
  updatedAt: row.updatedAt.toISOString(),
})

const updateView = (row: UpdateRow): IncidentUpdate => ({
  id: row.id,
  clientUpdateId: row.clientId,
  status: row.status,
  bodies: row.bodies,
  ...(row.authorId === undefined ? {} : { authorId: row.authorId }),
  at: row.displayAt.toISOString(),
  ...(row.updatedAt > row.createdAt ? { editedAt: row.updatedAt.toISOString() } : {}),
  changes: row.changes.map((each) => ({ ...each })),
})

const states = {
  operational: 'ok',
  degraded_performance: 'degraded',
  partial_outage: 'partial',
  major_outage: 'major',
  under_maintenance: 'maintenance',
} as const satisfies Record<ComponentStatus, OpenIncidentLine['state']>

/** The word of the screens for a state of the protocol. */
export const stateOf = (status: ComponentStatus): OpenIncidentLine['state'] => states[status]

/** How bad an incident looks: as its worst component, or by its impact when it names none. */
export function stateOfIncident({ components, impact }: Pick<IncidentRow, 'components' | 'impact'>) {
  const worst = stateOf(worstStatus(components.map(({ status }) => status)))
  if (worst !== 'ok') return worst
  return ({ none: 'degraded', minor: 'degraded', major: 'partial', critical: 'major' } as const)[impact]
}

const shownInBubble = 3

/** Every known incident with the hosts that it hurts, for telling whether a failed request falls into it. */
export const incidentsWithHosts = ({ incidents, components }: StatusSnapshot) =>
  incidents.flatMap((incident) => {
    const hosts = incident.components.flatMap(({ componentId }) => [
      ...(components.find(({ id }) => id === componentId)?.hosts ?? []),
    ])
    // Without hosts it would explain every failure of its time.
    return hosts.length === 0
      ? []
      : [
          {
            id: incident.id,
            title: { en: textIn(incident.titles, 'en').text, el: textIn(incident.titles, 'el').text },
            startedAt: incident.startedAt.toISOString(),
            ...(incident.resolvedAt ? { resolvedAt: incident.resolvedAt.toISOString() } : {}),
            hosts,
          },
        ]
  })

/** The open incidents as the bubble shows them before the first message. */
export const openIncidentLines = (
  { incidents }: StatusSnapshot,
  { locale, statusUrl }: { locale: Locale; statusUrl: string },
): OpenIncidentLine[] =>
  openIncidents(incidents)
    .slice(0, shownInBubble)
    .map((incident) => {
      const title = textIn(incident.titles, locale)
      return {
        id: incident.id,
        title: title.text,
        locale: title.locale,
        state: stateOfIncident(incident),
        status: incident.status,
        startedAt: incident.startedAt.toISOString(),
        url: `${statusUrl}#incident-${incident.id}`,
      }
    })
