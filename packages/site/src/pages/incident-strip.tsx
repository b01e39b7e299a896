import { timeOfDay } from '../dates.ts'
import { Knot, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { IncidentLine } from '../views.ts'
import { Said } from './incident-story.tsx'

/** One line about a live incident, above whatever it may explain. */
export function IncidentStrip({ incident, site }: { incident: IncidentLine; site: Site }) {
  const { t } = site
  const rail = (
    <>
      <b>{timeOfDay(site, incident.since)}</b> {t('site.now_short')}
    </>
  )
  return (
    <Strip class="artline" live rail={rail} knot={<Knot shape={incident.state} tone={incident.state} />}>
      <p class="line">
        <strong class={incident.state}>
          <span class="visually-hidden">{t(`site.state_${incident.state}`)}: </span>
          <Said lang={incident.lang} site={site}>
            {incident.title}
          </Said>
        </strong>{' '}
        {incident.text && `${incident.text} `}
        <a href={incident.href}>{t('site.incident_more')}</a>
      </p>
    </Strip>
  )
}
