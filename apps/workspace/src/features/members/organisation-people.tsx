import type { ConsoleMember, MemberFilter } from '@clew/contract/members'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import { shortMoment, useNow } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { Mark } from '../../app/ui/mark.tsx'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { organisationFiguresQuery, organisationPeopleQuery } from './api.ts'
import styles from './members.module.css'
import { Pending } from './page.tsx'
import { Chips, uniquePeople } from './people-list.tsx'
import { SeatOf, SourceOf, Who } from './person-row.tsx'
import { roleWord } from './role-words.ts'
import { WayIn } from './way-in.tsx'
import { useMembersT } from './words.ts'

type Props = { organisationId: string; onAsk(email: string): void }

/** The people of a customer's organisation, to look at. */
export function OrganisationPeople({ organisationId, onAsk }: Props) {
  const t = useMembersT()
  const [show, setShow] = useState<MemberFilter>('all')
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const { data: figures } = useQuery(organisationFiguresQuery(organisationId))
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(
    organisationPeopleQuery(organisationId, { q, show }),
  )
  const people = uniquePeople(data?.pages.flatMap(({ members }) => members) ?? [])
  const total = data?.pages.at(-1)?.total ?? 0
  return (
    <section className={styles.peoplePart} aria-label={t('console-members.members_title')}>
      <RailRow margin={t('console-members.margin_seen')} className={styles.finder}>
        <Chips figures={figures && { ...figures, invitations: 0 }} show={show} onShow={setShow} />
        <label className={styles.find}>
          <span className={text.hidden}>{t('console-members.find')}</span>
          <input
            className={controls.field}
            type="search"
            placeholder={t('console-members.find_what')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
      </RailRow>
      {data === undefined && <Pending error={error} onRetry={() => void refetch()} />}
      {people.length > 0 && <People people={people} onAsk={onAsk} />}
      {data !== undefined && (
        <RailRow className={sheet.part}>
          <p className={controls.hint} role="status">
            {people.length === 0
              ? t('console-members.none_found')
              : t('console-members.shown', { shown: people.length, total })}{' '}
            {hasNextPage && (
              <button type="button" className={controls.link} onClick={() => void fetchNextPage()}>
                {t('console-members.show_more')}
              </button>
            )}
          </p>
        </RailRow>
      )}
    </section>
  )
}

function People({ people, onAsk }: { people: readonly ConsoleMember[]; onAsk: Props['onAsk'] }) {
  const t = useMembersT()
  return (
    <table className={cx(styles.people, styles.viewed)}>
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
            <span className={text.hidden}>{t('console-members.why_not_in')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <PersonLine key={person.id} person={person} onAsk={onAsk} />
        ))}
      </tbody>
    </table>
  )
}

function PersonLine({ person, onAsk }: { person: ConsoleMember; onAsk: Props['onAsk'] }) {
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
      <td>{roleWord(t, person.role, person.roleName)}</td>
      <td>
        <SeatOf person={person} />
      </td>
      <td>
        <SourceOf person={person} />
      </td>
      <td>
        <WayIn person={person} />
      </td>
      <td className={text.muted}>{person.groups.map(({ name }) => name).join(', ')}</td>
      <td>
        <button
          type="button"
          className={cx(controls.property, text.nowrap)}
          aria-label={t('console-members.why_not_in_of', { name: person.name })}
          onClick={() => onAsk(person.email)}
        >
          {t('console-members.why_not_in')}
        </button>
      </td>
    </tr>
  )
}
