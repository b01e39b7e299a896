import type { Incident, StatusComponent } from '@clew/contract/status'
import { useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import { longSpan, shortMoment, useNow } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { IncidentCard } from './incident-card.tsx'
import styles from './status.module.css'
import { textIn } from './status-model.ts'
import { useStatusT } from './words.ts'

type PastIncidentsProps = { incidents: readonly Incident[]; components: readonly StatusComponent[] }

/** What is over. One opens to be read, corrected, or begun again. */
export function PastIncidents({ incidents, components }: PastIncidentsProps) {
  const t = useStatusT()
  return (
    <section aria-labelledby="status-past">
      <RailRow className={sheet.part} margin={t('status.margin_past')}>
        <h2 id="status-past">{t('status.past')}</h2>
        {incidents.length === 0 && <p className={controls.hint}>{t('status.past_empty')}</p>}
      </RailRow>
      {incidents.map((incident) => (
        <PastIncident key={incident.id} incident={incident} components={components} />
      ))}
    </section>
  )
}

function PastIncident({ incident, components }: { incident: Incident; components: readonly StatusComponent[] }) {
  const t = useStatusT()
  const workspace = useT()
  const now = useNow()
  const [isShown, setIsShown] = useState(false)
  const { startedAt, resolvedAt = startedAt } = incident
  const span = longSpan(workspace, Date.parse(resolvedAt) - Date.parse(startedAt))
  return (
    <>
      <RailRow className={styles.component} margin={shortMoment(workspace, startedAt, now)}>
        <button type="button" className={styles.past} aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
          <b>
            <Status shape="tick" tone="ok" hidden /> {textIn(incident.titles, t.locale)}
          </b>
          <span className={controls.hint}>
            {t('status.lasted', {
              span,
              impact: t('status.has_impact', { impact: t(`status.impact_${incident.impact}`) }),
            })}{' '}
            · {t('status.update_count', { count: incident.updates.length })}
          </span>
        </button>
      </RailRow>
      {isShown && <IncidentCard incident={incident} components={components} heading="h3" />}
    </>
  )
}
