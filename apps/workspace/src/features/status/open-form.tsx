import type { AffectedComponent, IncidentImpact, LocalText, OpenIncident, StatusComponent } from '@clew/contract/status'
import { type FormEvent, useState } from 'react'
import { newId } from '../../app/clock.ts'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { AffectedPicker } from './affected-picker.tsx'
import { statusApi, useChange } from './api.ts'
import { Choice } from './choice.tsx'
import { FormEnd } from './form-end.tsx'
import styles from './status.module.css'
import { instantOf, isWritten } from './status-model.ts'
import { TextPair } from './text-pair.tsx'
import { useFirstField } from './use-opener.ts'
import { useStatusT } from './words.ts'

export const impacts: readonly IncidentImpact[] = ['none', 'minor', 'major', 'critical']
const firstStatuses = ['investigating', 'identified', 'monitoring'] as const
const empty: LocalText = { en: '', el: '' }

type Draft = {
  titles: LocalText
  bodies: LocalText
  impact: IncidentImpact
  status: NonNullable<OpenIncident['status']>
  components: AffectedComponent[]
}

const blank: Draft = { titles: empty, bodies: empty, impact: 'minor', status: 'investigating', components: [] }

/** Everything that is said when an incident is opened. */
export function OpenForm({ components, onDone }: { components: readonly StatusComponent[]; onDone(): void }) {
  const t = useStatusT()
  const { draft, set, began, setBegan, isTried, open, send } = useOpening(onDone)
  const form = useFirstField()
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const isUntitled = isTried && !isWritten(draft.titles)
  const isSilent = isTried && !isWritten(draft.bodies)
  return (
    <form ref={form} className={styles.form} onSubmit={onSubmit} noValidate aria-label={t('status.open_incident')}>
      <p className={controls.hint}>
        {t('status.open_hint')} {t('status.one_language_enough')}
      </p>
      <TextPair
        field={t('status.field_title')}
        value={draft.titles}
        onChange={(titles) => set({ titles })}
        maxLength={200}
        isMissing={isUntitled}
        onSend={send}
      />
      <Choices draft={draft} set={set} began={began} setBegan={setBegan} />
      <AffectedPicker
        components={components}
        value={draft.components}
        onChange={(affected) => set({ components: affected })}
      />
      <TextPair
        field={t('status.field_body')}
        value={draft.bodies}
        onChange={(bodies) => set({ bodies })}
        maxLength={4000}
        lines={3}
        isMissing={isSilent}
        onSend={send}
      />
      <p className={controls.hint}>{t('status.send_keys')}</p>
      <FormEnd
        send={t('status.send_open')}
        isSending={open.isPending}
        isMissing={isUntitled || isSilent}
        error={open.error}
        onCancel={onDone}
      />
    </form>
  )
}

/** The client id outlives a lost answer, so that sending again opens no second incident. */
function useOpening(onDone: () => void) {
  const t = useStatusT()
  const [clientIncidentId] = useState(newId)
  const [draft, setDraft] = useState(blank)
  const [began, setBegan] = useState('')
  const [isTried, setIsTried] = useState(false)
  const open = useChange(statusApi.openIncident, () => {
    showToast({ text: t('status.opened') })
    onDone()
  })
  const send = () => {
    setIsTried(true)
    if (open.isPending || !isWritten(draft.titles) || !isWritten(draft.bodies)) return
    const startedAt = instantOf(began)
    open.mutate({ clientIncidentId, ...draft, ...(startedAt === undefined ? {} : { startedAt }) })
  }
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  return { draft, set, began, setBegan, isTried, open, send }
}

type ChoicesProps = {
  draft: Draft
  set(part: Partial<Draft>): void
  began: string
  setBegan(began: string): void
}

function Choices({ draft, set, began, setBegan }: ChoicesProps) {
  const t = useStatusT()
  return (
    <div className={styles.choices}>
      <Choice<IncidentImpact>
        label={t('status.field_impact')}
        value={draft.impact}
        options={impacts}
        nameOf={(each) => t(`status.impact_${each}`)}
        onChange={(impact) => set({ impact })}
      />
      <Choice<Draft['status']>
        label={t('status.field_status')}
        value={draft.status}
        options={firstStatuses}
        nameOf={(each) => t(`status.incident_${each}`)}
        onChange={(status) => set({ status })}
      />
      <label>
        <span className={controls.label}>{t('status.field_started')}</span>
        <input
          className={controls.field}
          type="datetime-local"
          value={began}
          onChange={(event) => setBegan(event.target.value)}
        />
        <span className={controls.hint}>{t('status.field_started_hint')}</span>
      </label>
    </div>
  )
}
