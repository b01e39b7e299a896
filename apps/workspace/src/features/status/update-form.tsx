import type { Incident, IncidentStatus, LocalText, StatusComponent } from '@clew/contract/status'
import { type FormEvent, useState } from 'react'
import { newId } from '../../app/clock.ts'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { AffectedPicker } from './affected-picker.tsx'
import { statusApi, useChange } from './api.ts'
import { Choice } from './choice.tsx'
import { FormEnd } from './form-end.tsx'
import styles from './status.module.css'
import { isWritten } from './status-model.ts'
import { TextPair } from './text-pair.tsx'
import { useFirstField } from './use-opener.ts'
import { useStatusT } from './words.ts'

const statuses: readonly IncidentStatus[] = ['investigating', 'identified', 'monitoring', 'resolved']
const empty: LocalText = { en: '', el: '' }

type UpdateFormProps = { incident: Incident; components: readonly StatusComponent[]; onDone(): void }

/** What is new about an incident. With the status "over" it ends, and its components work again. */
export function UpdateForm({ incident, components, onDone }: UpdateFormProps) {
  const t = useStatusT()
  const { status, setStatus, bodies, setBodies, affected, setAffected, isTried, post, send } = usePosting(
    incident,
    onDone,
  )
  const isLast = status === 'resolved'
  const form = useFirstField()
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const isMissing = isTried && !isWritten(bodies)
  return (
    <form ref={form} className={styles.form} onSubmit={onSubmit} noValidate aria-label={t('status.post_update')}>
      <div className={styles.choices}>
        <Choice<IncidentStatus>
          label={t('status.field_status')}
          value={status}
          options={statuses}
          nameOf={(each) => t(`status.incident_${each}`)}
          onChange={setStatus}
        />
      </div>
      <TextPair
        field={t('status.field_body')}
        value={bodies}
        onChange={setBodies}
        maxLength={4000}
        lines={3}
        isMissing={isMissing}
        onSend={send}
      />
      <p className={controls.hint}>
        {t('status.one_language_enough')} {t('status.send_keys')}
      </p>
      {!isLast && <AffectedPicker components={components} value={affected} onChange={setAffected} />}
      <FormEnd
        send={t(isLast ? 'status.send_resolve' : 'status.send_update')}
        isSending={post.isPending}
        isMissing={isMissing}
        error={post.error}
        onCancel={onDone}
      />
    </form>
  )
}

/** The client id outlives a lost answer, so that sending again says nothing twice. */
function usePosting(incident: Incident, onDone: () => void) {
  const t = useStatusT()
  const [clientUpdateId] = useState(newId)
  const before = incident.status === 'resolved' ? 'investigating' : incident.status
  const [status, setStatus] = useState<IncidentStatus>(before)
  const [bodies, setBodies] = useState(empty)
  const [affected, setAffected] = useState(incident.components)
  const [isTried, setIsTried] = useState(false)
  const isLast = status === 'resolved'
  const post = useChange(
    (input: Parameters<typeof statusApi.postUpdate>[1]) => statusApi.postUpdate(incident.id, input),
    () => {
      showToast({ text: t(isLast ? 'status.closed' : 'status.posted') })
      onDone()
    },
  )
  const send = () => {
    setIsTried(true)
    if (post.isPending || !isWritten(bodies)) return
    post.mutate({ clientUpdateId, status, bodies, ...(isLast ? {} : { components: affected }) })
  }
  return { status, setStatus, bodies, setBodies, affected, setAffected, isTried, post, send }
}
