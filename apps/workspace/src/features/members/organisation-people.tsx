import type { ConsoleMember, MemberFilter } from '@clew/contract/members'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { organisationFiguresQuery, organisationPeopleQuery } from './api.ts'
import styles from './members.module.css'
import { Pending } from './page.tsx'
import { Chips, uniquePeople } from './people-list.tsx'
import { PeopleTable, PersonLine } from './people-table.tsx'
import { roleWord } from './role-words.ts'
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
    <PeopleTable isViewed last={t('console-members.why_not_in')}>
      {people.map((person) => (
        <PersonLine key={person.id} person={person} role={roleWord(t, person.role, person.roleName)}>
          <button
            type="button"
            className={cx(controls.property, text.nowrap)}
            aria-label={t('console-members.why_not_in_of', { name: person.name })}
            onClick={() => onAsk(person.email)}
          >
            {t('console-members.why_not_in')}
          </button>
        </PersonLine>
      ))}
    </PeopleTable>
  )
}
