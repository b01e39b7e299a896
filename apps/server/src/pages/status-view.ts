import type { Locale } from '@clew/contract/primitives'
import type { IncidentLine, IncidentStory, StatusView } from '@clew/site'
import {
  type IncidentRow,
  isOpen,
  openIncidents,
  type StatusSnapshot,
  stateOfIncident,
  textIn,
} from '../domains/status/index.ts'
import type { ServiceState } from './service-watch.ts'

const historyDays = 14
const dayMs = 86_400_000
/** A page stays light, however long an incident goes on; programs read everything in the JSON. */
const updatesInFull = 8
const storiesOfPast = 20
const linesOnHome = 2

/** The public status page in the reader's language. */
export function statusView(
  { components, checkedAt, snapshot }: ServiceState,
  { locale, now }: { locale: Locale; now: Date },
): StatusView {
  const since = now.getTime() - historyDays * dayMs
  const past = snapshot.incidents
    .filter((each) => !isOpen(each) && (each.resolvedAt?.getTime() ?? 0) >= since)
    .sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
  const story = (incident: IncidentRow): IncidentStory => storyOf(incident, snapshot, locale)
  return {
    checkedAt,
    components: components.map(({ names, descriptions, state, group }) => ({
      name: names[locale],
      state,
      ...(group ? { group: group[locale] } : {}),
      ...(descriptions?.[locale] ? { description: descriptions[locale] } : {}),
    })),
    incidents: openIncidents(snapshot.incidents).map(story),
    history: { days: historyDays, incidents: past.slice(0, storiesOfPast).map(story) },
  }
}

/** The open incidents, the worst first, as they stand above a page of the help centre. */
export const incidentLines = (
  { incidents }: StatusSnapshot,
  { locale, statusHref }: { locale: Locale; statusHref: string },
): IncidentLine[] =>
  openIncidents(incidents)
    .slice(0, linesOnHome)
    .map((incident) => {
      const title = textIn(incident.titles, locale)
      return {
        state: stateOfIncident(incident),
        title: title.text,
        lang: title.locale,
        since: incident.startedAt,
        href: `${statusHref}#incident-${incident.id}`,
      }
    })

function storyOf(incident: IncidentRow, { components }: StatusSnapshot, locale: Locale): IncidentStory {
  const title = textIn(incident.titles, locale)
  const affected = components.filter(({ id }) => incident.components.some(({ componentId }) => componentId === id))
  return {
    id: incident.id,
    title: title.text,
    lang: title.locale,
    state: stateOfIncident(incident),
    components: affected.map(({ names }) => textIn(names, locale).text),
    startedAt: incident.startedAt,
    ...(incident.resolvedAt === undefined ? {} : { resolvedAt: incident.resolvedAt }),
    updates: incident.updates.slice(0, updatesInFull).map(({ status, bodies, displayAt }) => {
      const body = textIn(bodies, locale)
      return { status, text: body.text, lang: body.locale, at: displayAt }
    }),
  }
}
