import type { FlowDetail } from '@clew/contract/flows'
import type { Flow } from '@clew/flows/flow'
import { useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import { asFlow } from './api.ts'
import { Dialog } from './dialog.tsx'
import { differenceOf } from './diff.ts'
import { DifferenceList } from './difference.tsx'
import { stepName } from './names.ts'
import styles from './panels.module.css'
import { useFlowsT } from './words.ts'

type Props = {
  detail: FlowDetail
  flow: Flow
  isDirty: boolean
  isBusy: boolean
  onPublish(note: string): void
  onClose(): void
}

/** What people get from now on, and what that means for who is in the flow. */
export function PublishDialog({ detail, flow, isDirty, isBusy, onPublish, onClose }: Props) {
  const t = useFlowsT()
  const [note, setNote] = useState('')
  const live = detail.state === 'live' ? asFlow(detail.live ?? detail.document) : undefined
  const action = {
    label: t(isDirty ? 'flows.save_publish' : 'flows.publish'),
    run: () => onPublish(note),
    isOff: isBusy,
  }
  return (
    <Dialog title={t('flows.publish_title')} action={action} onClose={onClose}>
      {live ? (
        <DifferenceList
          difference={differenceOf(live, flow, { locale: t.locale, name: (step) => stepName(t, step) })}
        />
      ) : (
        <p>{t('flows.publish_first', { count: flow.steps.length })}</p>
      )}
      <p>{detail.running > 0 ? t('flows.publish_running', { count: detail.running }) : t('flows.publish_nobody')}</p>
      {isDirty && (
        <label className={styles.note}>
          {t('flows.note_label')}
          <input
            className={controls.field}
            value={note}
            maxLength={200}
            autoComplete="off"
            onChange={({ target }) => setNote(target.value)}
          />
        </label>
      )}
    </Dialog>
  )
}

type AskProps = { what: 'unpublish' | 'disable' | 'reset'; detail: FlowDetail; onDo(): void; onClose(): void }

/** Before a flow is taken away from people, or from who edited it. */
export function AskDialog({ what, detail, onDo, onClose }: AskProps) {
  const t = useFlowsT()
  const came = detail.cameFrom.map(({ title }) => title[t.locale]).join(', ')
  return (
    <Dialog title={t(`flows.${what}_title`)} action={{ label: t(`flows.${what}`), run: onDo }} onClose={onClose}>
      <p>{t(`flows.${what}_text`)}</p>
      {what !== 'reset' && detail.running > 0 && <p>{t('flows.running', { count: detail.running })}</p>}
      {what !== 'reset' && came !== '' && <p>{t('flows.came_from', { flows: came })}</p>}
    </Dialog>
  )
}
