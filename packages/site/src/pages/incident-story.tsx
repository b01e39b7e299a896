import type { Locale } from '@clew/i18n'
import type { ComponentChildren } from 'preact'
import { shortDay, timeOfDay, zoneName } from '../dates.ts'
import { Knot, Shape, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { IncidentStory, IncidentUpdateLine, StatusView } from '../views.ts'
import { FollowForm } from './follow-form.tsx'

/** Words that may be in another language than the page, because nobody has translated them yet. */
export function Said({ lang, site, children }: { lang?: Locale | undefined; site: Site; children: ComponentChildren }) {
  return lang === undefined || lang === site.locale ? children : <span lang={lang}>{children}</span>
}

const updatesAtOnce = 3

/** What is going on, and everything that was said about it, the newest first. */
export function OpenIncidents({ incidents, site }: { incidents: readonly IncidentStory[]; site: Site }) {
  if (incidents.length === 0) return null
  return (
    <section aria-label={site.t('site.status_open_incidents')}>
      {incidents.map((incident) => (
        <OpenIncident key={incident.id} incident={incident} site={site} />
      ))}
    </section>
  )
}

function OpenIncident({ incident, site }: { incident: IncidentStory; site: Site }) {
  const { t } = site
  const { state, startedAt, updates } = incident
  const rest = updates.slice(updatesAtOnce)
  return (
    <article id={`incident-${incident.id}`} aria-labelledby={`title-${incident.id}`}>
      <Strip
        live
        class="inchead"
        rail={
          <>
            <b>{t('site.status_open')}</b> {shortDay(site, startedAt)}
          </>
        }
        knot={<Knot shape={state} tone={state} />}
      >
        <h2 id={`title-${incident.id}`}>
          <Said lang={incident.lang} site={site}>
            {incident.title}
          </Said>
        </h2>
        <p class="muted">
          <span class={`state ${state}`}>
            <Shape name={state} />
            {t(`site.state_${state}`)}
          </span>
          {[...incident.components, t('site.incident_began', { moment: momentOf(site, startedAt) })].map((each) => (
            <span key={each}> · {each}</span>
          ))}
        </p>
      </Strip>
      <ol>
        {updates.slice(0, updatesAtOnce).map((update, index) => (
          <Update key={update.at.getTime()} update={update} isNewest={index === 0} site={site} />
        ))}
      </ol>
      {rest.length > 0 && <EarlierUpdates updates={rest} site={site} />}
      <Strip live class="tie">
        <FollowForm incident={incident} site={site} />
      </Strip>
    </article>
  )
}

function EarlierUpdates({ updates, site }: { updates: readonly IncidentUpdateLine[]; site: Site }) {
  return (
    <Strip live class="tie">
      <details>
        <summary>{site.t('site.status_earlier_updates', { count: updates.length })}</summary>
        <ol class="earlier">
          {updates.map((update) => (
            <li key={update.at.getTime()}>
              <span class="muted small">{momentOf(site, update.at)}</span>
              <UpdateText update={update} site={site} />
            </li>
          ))}
        </ol>
      </details>
    </Strip>
  )
}

function Update({ update, isNewest, site }: { update: IncidentUpdateLine; isNewest: boolean; site: Site }) {
  const rail = (
    <>
      <b>{timeOfDay(site, update.at)}</b> {shortDay(site, update.at)}
    </>
  )
  const knot = <Knot {...(isNewest ? { shape: 'dot', tone: 'pine' } : { shape: 'ring' })} />
  return (
    <Strip as="li" live class="tie" rail={rail} knot={knot}>
      <UpdateText update={update} site={site} />
    </Strip>
  )
}

function UpdateText({ update, site }: { update: IncidentUpdateLine; site: Site }) {
  return (
    <p class="update">
      <b>{site.t(`site.incident_status_${update.status}`)}</b>{' '}
      <Said lang={update.lang} site={site}>
        {update.text}
      </Said>
    </p>
  )
}

/** What is over: how long it took, and the last word about it. */
export function PastIncidents({ history, site }: { history: NonNullable<StatusView['history']>; site: Site }) {
  const { t } = site
  const { days, incidents } = history
  return (
    <section aria-labelledby="past">
      <Strip class="pasthead">
        <h2 id="past">{t('site.status_past', { days })}</h2>
        {incidents.length === 0 && <p class="muted">{t('site.status_past_none', { days })}</p>}
      </Strip>
      <ol>
        {incidents.map((incident) => (
          <PastIncident key={incident.id} incident={incident} site={site} />
        ))}
      </ol>
    </section>
  )
}

function PastIncident({ incident, site }: { incident: IncidentStory; site: Site }) {
  const { t } = site
  const [last] = incident.updates
  const rail = (
    <>
      <b>{shortDay(site, incident.startedAt)}</b> {timeOfDay(site, incident.startedAt)}
    </>
  )
  return (
    <Strip as="li" class="tie" rail={rail} knot={<Knot shape="tick" tone="ok" />}>
      <div class="update" id={`incident-${incident.id}`}>
        <h3>
          <Said lang={incident.lang} site={site}>
            {incident.title}
          </Said>
        </h3>
        <p class="muted">
          {t('site.status_lasted', { span: spanOf(site, incident), state: t(`site.state_${incident.state}`) })}
          {last && (
            <>
              {' '}
              <Said lang={last.lang} site={site}>
                {last.text}
              </Said>
            </>
          )}
        </p>
      </div>
    </Strip>
  )
}

const momentOf = (site: Site, at: Date): string =>
  `${shortDay(site, at)}, ${timeOfDay(site, at)} ${zoneName(site, at)}`.trim()

const hourMinutes = 60
const dayMinutes = 24 * hourMinutes

/** How long, in the one unit that a person would say. */
function spanOf({ t }: Site, { startedAt, resolvedAt = startedAt }: IncidentStory): string {
  const minutes = Math.max(1, Math.round((resolvedAt.getTime() - startedAt.getTime()) / 60_000))
  const say = (value: number, unit: 'minute' | 'hour' | 'day') =>
    t.format.number(Math.round(value), { style: 'unit', unit, unitDisplay: 'long' })
  if (minutes < 2 * hourMinutes) return say(minutes, 'minute')
  return minutes < 2 * dayMinutes ? say(minutes / hourMinutes, 'hour') : say(minutes / dayMinutes, 'day')
}
