import type { AuditEvent } from '@clew/contract/audit'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment, shortMoment, useNow } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow, sideLedgerClass } from '../../app/ui/rail.tsx'
import { ActorMark } from './actor-mark.tsx'
import { recentQuery } from './api.ts'
import styles from './live-record.module.css'
import { Sentence } from './sentence.tsx'
import { AuditWords, useAuditT } from './words.ts'

/** What has just been done in this organisation, beside the page on which one works. */
export function LiveRecord() {
  return (
    <AuditWords>
      <Record />
    </AuditWords>
  )
}

function Record() {
  const t = useAuditT()
  const shell = useT()
  const { data, error } = useQuery(recentQuery)
  return (
    <aside className={styles.record} aria-label={t('console-audit.live')}>
      <div className={styles.head}>
        <h2>{t('console-audit.live')}</h2>
        <Link to="/console/audit" className={controls.link}>
          {t('console-audit.live_all')}
        </Link>
      </div>
      {error !== null && <p role="alert">{errorText(shell, error)}</p>}
      {data === undefined && error === null && <Bones widths={[70, 50]} />}
      {data?.events.length === 0 && <p className={controls.hint}>{t('console-audit.live_none')}</p>}
      <ol className={sideLedgerClass}>
        {data?.events.map((event) => (
          <RecentRow key={event.id} event={event} />
        ))}
      </ol>
    </aside>
  )
}

function RecentRow({ event }: { event: AuditEvent }) {
  const shell = useT()
  const now = useNow()
  return (
    <RailRow
      as="li"
      className={styles.event}
      margin={
        <>
          <time dateTime={event.occurredAt} title={fullMoment(shell, event.occurredAt)}>
            {shortMoment(shell, event.occurredAt, now)}
          </time>
          <ActorMark event={event} />
        </>
      }
    >
      <Sentence event={event} />
    </RailRow>
  )
}
