import type { Incident, IncidentUpdate, StatusComponent } from '@clew/contract/status'
import { useQuery } from '@tanstack/react-query'
import { useT } from '../../app/i18n.tsx'
import { membersQuery } from '../../app/queries.ts'
import { fullMoment, longSpan, shortMoment, timeOfDay, useNow } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { knotClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { CorrectIncidentForm, CorrectUpdateForm } from './correct-forms.tsx'
import styles from './status.module.css'
import { lookOf, looks, textIn } from './status-model.ts'
import { UpdateForm } from './update-form.tsx'
import { useOpener } from './use-opener.ts'
import { useStatusT } from './words.ts'

type AffectedProps = { incident: Incident; components: readonly StatusComponent[] }
/** `heading`: its level, below the part of the screen that it stands in. */
type IncidentCardProps = AffectedProps & { heading: 'h2' | 'h3' }

/** An incident with everything that was said, and what can be done about it. */
export function IncidentCard({ incident, components, heading: Heading }: IncidentCardProps) {
  const t = useStatusT()
  const workspace = useT()
  const now = useNow()
  const updating = useOpener()
  const correcting = useOpener()
  const title = textIn(incident.titles, t.locale)
  return (
    <article aria-label={title}>
      <RailRow className={sheet.part} margin={shortMoment(workspace, incident.startedAt, now)}>
        <Heading className={styles.title}>
          <Status {...lookOf(incident)} hidden /> {title}
        </Heading>
        <p className={controls.hint}>
          {[
            t(`status.incident_${incident.status}`),
            t('status.has_impact', { impact: t(`status.impact_${incident.impact}`) }),
            t('status.began', { moment: fullMoment(workspace, incident.startedAt) }),
            ...spanOf(incident).map((ms) => longSpan(workspace, ms)),
          ].join(' · ')}
        </p>
        <AffectedList incident={incident} components={components} />
        <div className={styles.ways}>
          <button type="button" className={controls.button} {...updating.button}>
            {t('status.post_update')}
          </button>
          <button
            type="button"
            className={controls.plain}
            aria-label={t('status.correct_incident', { title })}
            {...correcting.button}
          >
            {t('status.correct')}
          </button>
        </div>
        {updating.isOpen && <UpdateForm incident={incident} components={components} onDone={updating.close} />}
        {correcting.isOpen && <CorrectIncidentForm incident={incident} onDone={correcting.close} />}
      </RailRow>
      <ol>
        {incident.updates.map((update) => (
          <UpdateRow key={update.id} update={update} incidentId={incident.id} />
        ))}
      </ol>
    </article>
  )
}

const spanOf = ({ startedAt, resolvedAt }: Incident): number[] =>
  resolvedAt === undefined ? [] : [Date.parse(resolvedAt) - Date.parse(startedAt)]

function AffectedList({ incident, components }: AffectedProps) {
  const t = useStatusT()
  if (incident.components.length === 0) return null
  return (
    <ul className={styles.hurt}>
      {incident.components.map(({ componentId, status }) => {
        const found = components.find(({ id }) => id === componentId)
        return (
          <li key={componentId}>
            <Status {...looks[status]}>
              {found === undefined ? '' : textIn(found.names, t.locale)}: {t(`status.component_${status}`)}
            </Status>
          </li>
        )
      })}
    </ul>
  )
}

function UpdateRow({ update, incidentId }: { update: IncidentUpdate; incidentId: string }) {
  const t = useStatusT()
  const workspace = useT()
  const correcting = useOpener()
  const { data } = useQuery(membersQuery)
  const author = data?.members.find(({ id }) => id === update.authorId)
  const moment = fullMoment(workspace, update.at)
  const margin = (
    <>
      <time dateTime={update.at} title={moment}>
        {timeOfDay(workspace, update.at)}
      </time>
      <span className={knotClass} />
    </>
  )
  return (
    <RailRow as="li" className={styles.update} margin={margin}>
      <p className={text.read}>
        <b>{t(`status.incident_${update.status}`)}.</b> {textIn(update.bodies, t.locale)}
      </p>
      <p className={controls.hint}>
        {[
          moment,
          ...(author === undefined ? [] : [t('status.by', { name: author.name })]),
          ...(update.editedAt === undefined
            ? []
            : [t('status.edited', { moment: fullMoment(workspace, update.editedAt) })]),
        ].join(' · ')}{' '}
        <button
          type="button"
          className={controls.link}
          aria-label={t('status.correct_update', { moment })}
          {...correcting.button}
        >
          {t('status.correct')}
        </button>
      </p>
      {correcting.isOpen && <CorrectUpdateForm incidentId={incidentId} update={update} onDone={correcting.close} />}
    </RailRow>
  )
}
