import type { Conversation } from '@clew/contract/conversations'
import { useT } from '../../app/i18n.tsx'
import { comingMoment, fullMoment, useNow } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import styles from './snoozed.module.css'

/** Until when it is put off, in a row of the list. */
export function SnoozedLine({ conversation: { snoozed } }: { conversation: Conversation }) {
  const t = useT()
  const present = useNow()
  if (snoozed === undefined) return null
  return (
    <span className={styles.line} title={fullMoment(t, snoozed.until)}>
      {t('workspace.snoozed_until', { until: comingMoment(t, snoozed.until, present) })}
    </span>
  )
}

/** The same in the head of the conversation, with the way back. */
export function SnoozedBadge({ conversation: { snoozed }, onWake }: { conversation: Conversation; onWake(): void }) {
  const t = useT()
  const present = useNow()
  if (snoozed === undefined) return null
  return (
    <span className={styles.badge} title={t('workspace.snoozed_by', { name: snoozed.by.name })}>
      <Status shape="maintenance" tone="maintenance">
        {t('workspace.snoozed_until', { until: comingMoment(t, snoozed.until, present) })}
      </Status>
      <button type="button" className={controls.property} onClick={onWake}>
        {t('workspace.wake_now')}
      </button>
    </span>
  )
}
