import type { ConsoleMember } from '@clew/contract/members'
import type { ReactNode } from 'react'
import { useT } from '../../app/i18n.tsx'
import { shortMoment, useNow } from '../../app/times.ts'
import { cx } from '../../app/ui/cx.ts'
import { Mark } from '../../app/ui/mark.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import styles from './people.module.css'
import { WayIn } from './way-in.tsx'
import { useMembersT } from './words.ts'

type TableProps = {
  isViewed?: boolean /** Names the last column to who cannot see it. */
  last: string
  children: ReactNode
}

/** People line by line, for those who change them and for those who look. */
export function PeopleTable({ isViewed = false, last, children }: TableProps) {
  const t = useMembersT()
  return (
    <table className={isViewed ? cx(styles.people, styles.viewed) : styles.people}>
      <caption className={text.hidden}>{t('console-members.members_title')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className={text.hidden}>{t('console-members.col_seen')}</span>
          </th>
          <th scope="col">{t('console-members.col_person')}</th>
          <th scope="col">{t('console-members.col_role')}</th>
          <th scope="col">{t('console-members.col_seat')}</th>
          <th scope="col">{t('console-members.col_source')}</th>
          <th scope="col">{t('console-members.col_way')}</th>
          <th scope="col">{t('console-members.col_groups')}</th>
          <th scope="col">
            <span className={text.hidden}>{last}</span>
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

type LineProps = {
  person: ConsoleMember
  role: ReactNode
  /** In place of the groups. */
  remark?: string | undefined
  /** What can be done, in the last column. */
  children: ReactNode
}

/** When they were seen, who they are, what they may do and how they come in. */
export function PersonLine({ person, role, remark, children }: LineProps) {
  const t = useMembersT()
  const words = useT()
  const today = useNow()
  const isStopped = person.deactivated !== null
  return (
    <tr className={isStopped ? styles.stopped : undefined}>
      <td>
        {person.seenAt === null ? t('console-members.never') : shortMoment(words, person.seenAt, today)}
        <Mark by="contact" name={person.name} idle={isStopped} className={styles.mark ?? ''} />
      </td>
      <td>
        <Who person={person} />
      </td>
      <td>{role}</td>
      <td>
        <SeatOf person={person} />
      </td>
      <td>
        <SourceOf person={person} />
      </td>
      <td>
        <WayIn person={person} />
      </td>
      <td className={text.muted}>{remark ?? person.groups.map(({ name }) => name).join(', ')}</td>
      <td>{children}</td>
    </tr>
  )
}

function Who({ person }: { person: ConsoleMember }) {
  const t = useMembersT()
  const words = useT()
  return (
    <>
      <b>{person.name}</b>
      <span className={styles.mail}>{person.email}</span>
      {person.expiresAt !== null && person.deactivated === null && (
        <span className={styles.mail}>
          {t('console-members.guest_ends', { date: words.format.date(person.expiresAt, { dateStyle: 'medium' }) })}
        </span>
      )}
    </>
  )
}

function SeatOf({ person: { seat } }: { person: ConsoleMember }) {
  const t = useMembersT()
  return (
    <Status shape={seat ? 'ok' : 'ring'} tone={seat ? 'ok' : 'quiet'}>
      {seat ? seat.name : t('console-members.seat_has_not')}
    </Status>
  )
}

function SourceOf({ person: { source, connection } }: { person: ConsoleMember }) {
  const t = useMembersT()
  if (source !== 'scim') return <>{t(`console-members.source_${source}`)}</>
  return (
    <>
      <span className={styles.tag}>{t('console-members.source_scim')}</span> {connection?.name}
    </>
  )
}
