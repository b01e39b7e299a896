import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import { timeOfDay } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { Mark } from '../../app/ui/mark.tsx'
import { markClass, RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { Attachments } from './attachments.tsx'
import { MessageBody } from './message-body.tsx'
import type { OutboxItem } from './outbox.ts'
import { outbox, takeBackIntoDraft } from './sending.ts'
import styles from './timeline.module.css'

/** A reply or note that the server does not have yet. While it waits, its author can take it back. */
export function PendingEntry({ item, lastSeq }: { item: OutboxItem; lastSeq: number }) {
  const t = useT()
  const me = useSession().member
  const isNote = item.kind === 'note'
  return (
    <RailRow
      as="li"
      bodyClass={cx(isNote && styles.note)}
      margin={
        <>
          <time dateTime={item.writtenAt}>{timeOfDay(t, item.writtenAt)}</time>
          <Mark by="agent" name={me.name} className={markClass} />
        </>
      }
    >
      <p className={cx(styles.by, styles.facts)}>
        <b>{isNote ? t('workspace.note_to_team') : t('workspace.you')}</b>
        <PendingState item={item} />
        {item.state === 'failed' && (
          <button type="button" className={controls.link} onClick={() => outbox.retry(item.clientMessageId)}>
            {t('workspace.send_again')}
          </button>
        )}
        {item.state !== 'sending' && (
          <button type="button" className={controls.link} onClick={() => takeBackIntoDraft(item, lastSeq)}>
            {t('workspace.take_back')}
          </button>
        )}
      </p>
      <MessageBody
        body={item.body}
        className={cx(isNote ? styles.told : cx(text.read, styles.read), !isNote && styles.faint)}
      />
      <Attachments attachments={item.files} />
    </RailRow>
  )
}

function PendingState({ item }: { item: OutboxItem }) {
  const t = useT()
  switch (item.state) {
    case 'sending':
      return <span>{t('workspace.pending_sending')}</span>
    case 'waiting':
      return (
        <Status shape="degraded" tone="degraded">
          {t('workspace.pending_waiting')}
        </Status>
      )
    case 'failed':
      return (
        <Status shape="major" tone="major">
          {t('workspace.pending_failed', { reason: errorText(t, item.failure) })}
        </Status>
      )
  }
}
