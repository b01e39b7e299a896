import type { ConversationState } from '@clew/client/conversation-state'
import type { Message } from '@clew/contract/conversations'
import { useEffect, useRef } from 'react'
import { useT } from '../../app/i18n.tsx'
import { timeOfDay } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { Mark } from '../../app/ui/mark.tsx'
import { knotClass, markClass, RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { ActivityLine } from './activity-line.tsx'
import styles from './guard.module.css'
import { MessageBody } from './message-body.tsx'
import { authorName } from './timeline-entry.tsx'

type GuardProps = {
  state: ConversationState
  arrivals: readonly Message[]
  onChangeDraft(): void
  onSendAnyway(): void
}

/** Stands above the draft, once, when something arrived that its author may not have seen. */
export function Guard({ state, arrivals, onChangeDraft, onSendAnyway }: GuardProps) {
  const t = useT()
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [])
  return (
    <section className={styles.guard} aria-label={t('workspace.guard')} role="alert">
      <RailRow
        margin={
          <Status shape="partial" tone="partial">
            {t('workspace.guard_held')}
          </Status>
        }
      >
        <p className={styles.title}>{t('workspace.guard_title', { count: arrivals.length })}</p>
      </RailRow>
      {arrivals.slice(-4).map((message) => (
        <Arrival key={message.id} message={message} state={state} />
      ))}
      <RailRow>
        <div className={styles.choices}>
          <button type="button" className={controls.main} ref={first} onClick={onChangeDraft}>
            {t('workspace.guard_change')}
          </button>
          <button type="button" className={controls.button} onClick={onSendAnyway}>
            {t('workspace.guard_send')}
          </button>
          <span className={styles.once}>{t('workspace.guard_once')}</span>
        </div>
      </RailRow>
    </section>
  )
}

function Arrival({ message, state }: { message: Message; state: ConversationState }) {
  const t = useT()
  const { type } = message.author
  const name = authorName(t, message, state)
  const margin = (
    <>
      <time dateTime={message.createdAt}>{timeOfDay(t, message.createdAt)}</time>
      {type === 'system' ? <span className={knotClass} /> : <Mark by={type} name={name} className={markClass} />}
    </>
  )
  return (
    <RailRow margin={margin} className={styles.arrival}>
      {message.activity === undefined ? (
        <>
          <span className={text.hidden}>{name}</span>
          <MessageBody body={message.body} className={text.read} locale={state.conversation.locale} />
        </>
      ) : (
        <ActivityLine activity={message.activity} actor={name} state={state} />
      )}
    </RailRow>
  )
}
