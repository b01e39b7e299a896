import type { Incident, IncidentImpact, IncidentUpdate } from '@clew/contract/status'
import { type FormEvent, useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { statusApi, useChange } from './api.ts'
import { Choice } from './choice.tsx'
import { FormEnd } from './form-end.tsx'
import { impacts } from './open-form.tsx'
import styles from './status.module.css'
import { instantOf, isWritten, localOf, textIn } from './status-model.ts'
import { TextPair } from './text-pair.tsx'
import { useFirstField } from './use-opener.ts'
import { useStatusT } from './words.ts'

/** Title, impact and beginning: what may have been written wrongly in a hurry. */
export function CorrectIncidentForm({ incident, onDone }: { incident: Incident; onDone(): void }) {
  const t = useStatusT()
  const [titles, setTitles] = useState(incident.titles)
  const [impact, setImpact] = useState<IncidentImpact>(incident.impact)
  const [began, setBegan] = useState(localOf(incident.startedAt))
  const correct = useChange(
    (input: Parameters<typeof statusApi.correctIncident>[1]) => statusApi.correctIncident(incident.id, input),
    onDone,
  )
  const isMissing = !isWritten(titles)
  const send = () => {
    if (correct.isPending || isMissing) return
    // A field to the minute must not cut the seconds off a moment that nobody touched.
    const startedAt = began === localOf(incident.startedAt) ? undefined : instantOf(began)
    correct.mutate({ titles, impact, ...(startedAt === undefined ? {} : { startedAt }) })
  }
  const form = useFirstField()
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const label = t('status.correct_incident', { title: textIn(incident.titles, t.locale) })
  return (
    <form ref={form} className={styles.form} onSubmit={onSubmit} noValidate aria-label={label}>
      <TextPair
        field={t('status.field_title')}
        value={titles}
        onChange={setTitles}
        maxLength={200}
        isMissing={isMissing}
        onSend={send}
      />
      <div className={styles.choices}>
        <Choice<IncidentImpact>
          label={t('status.field_impact')}
          value={impact}
          options={impacts}
          nameOf={(each) => t(`status.impact_${each}`)}
          onChange={setImpact}
        />
        <label>
          <span className={controls.label}>{t('status.field_started')}</span>
          <input
            className={controls.field}
            type="datetime-local"
            value={began}
            onChange={(event) => setBegan(event.target.value)}
          />
        </label>
      </div>
      <FormEnd
        send={t('status.save')}
        isSending={correct.isPending}
        isMissing={isMissing}
        error={correct.error}
        onCancel={onDone}
      />
    </form>
  )
}

type CorrectUpdateFormProps = { incidentId: string; update: IncidentUpdate; onDone(): void }

/** The words of an update that is out already, or their translation. */
export function CorrectUpdateForm({ incidentId, update, onDone }: CorrectUpdateFormProps) {
  const t = useStatusT()
  const workspace = useT()
  const [bodies, setBodies] = useState(update.bodies)
  const correct = useChange(() => statusApi.correctUpdate(incidentId, update.id, { bodies }), onDone)
  const isMissing = !isWritten(bodies)
  const send = () => {
    if (!correct.isPending && !isMissing) correct.mutate(undefined)
  }
  const form = useFirstField()
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const label = t('status.correct_update', { moment: fullMoment(workspace, update.at) })
  return (
    <form ref={form} className={styles.form} onSubmit={onSubmit} noValidate aria-label={label}>
      <TextPair
        field={t('status.field_body')}
        value={bodies}
        onChange={setBodies}
        maxLength={4000}
        lines={3}
        isMissing={isMissing}
        onSend={send}
      />
      <FormEnd
        send={t('status.save')}
        isSending={correct.isPending}
        isMissing={isMissing}
        error={correct.error}
        onCancel={onDone}
      />
    </form>
  )
}
