import type { AuditEvent } from '@clew/contract/audit'
import { useT } from '../../app/i18n.tsx'
import { sameDay, timeOfDay } from '../../app/times.ts'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import text from '../../app/ui/text.module.css'
import { ActorMark } from './actor-mark.tsx'
import styles from './audit.module.css'
import { Sentence } from './sentence.tsx'
import { useAuditT } from './words.ts'

type EventListProps = {
  events: readonly AuditEvent[]
  /** How many there are, said beside the first day. */
  count: string
  openSeq: number | undefined
  onOpen(seq: number): void
  now: number
}

/** The newest first, day by day, on the thread. */
export function EventList({ events, count, openSeq, onOpen, now }: EventListProps) {
  const t = useAuditT()
  return (
    <ol className={styles.list} aria-label={t('console-audit.events')}>
      {events.map((event, index) => {
        const before = events[index - 1]
        const isNewDay = before === undefined || !sameDay(Date.parse(before.occurredAt), Date.parse(event.occurredAt))
        return (
          <li key={event.id}>
            {isNewDay && <DayRow at={event.occurredAt} now={now} count={index === 0 ? count : undefined} />}
            <EventRow event={event} isOpen={event.seq === openSeq} onOpen={onOpen} />
          </li>
        )
      })}
    </ol>
  )
}

const dayMs = 86_400_000

function DayRow({ at, now, count }: { at: string; now: number; count: string | undefined }) {
  const t = useAuditT()
  const moment = Date.parse(at)
  const isToday = sameDay(moment, now)
  const name = isToday
    ? t('console-audit.today')
    : sameDay(moment, now - dayMs)
      ? t('console-audit.yesterday')
      : t.format.date(at, { weekday: 'long' })
  const isThisYear = new Date(moment).getFullYear() === new Date(now).getFullYear()
  const date = t.format.date(at, { day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' as const }) })
  return (
    <RailRow className={styles.day}>
      <p>
        <b>{name}</b> <span>{date}</span> {count !== undefined && <span className={text.push}>{count}</span>}
      </p>
    </RailRow>
  )
}

type EventRowProps = { event: AuditEvent; isOpen: boolean; onOpen(seq: number): void }

function EventRow({ event, isOpen, onOpen }: EventRowProps) {
  const shell = useT()
  const t = useAuditT()
  return (
    <RailRow
      className={cx(styles.event, isOpen && styles.isOpen)}
      margin={
        <>
          <time dateTime={event.occurredAt}>{timeOfDay(shell, event.occurredAt)}</time>
          <ActorMark event={event} />
        </>
      }
    >
      <button
        type="button"
        className={styles.open}
        data-event={event.seq}
        aria-current={isOpen || undefined}
        onClick={() => onOpen(event.seq)}
      >
        <Sentence event={event} />
        <span className={cx(text.mono, text.muted)}>{event.action}</span>
        <span className={cx(text.mono, text.muted, styles.seq)}>{t.format.number(event.seq)}</span>
      </button>
    </RailRow>
  )
}
