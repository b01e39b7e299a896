import type { ConsoleMember, MemberFigures, MemberFilter } from '@clew/contract/members'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useSession } from '../../app/session.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { membersApi, type PeopleSearch, peopleQuery } from './api.ts'
import styles from './members.module.css'
import { Pending } from './page.tsx'
import { PeopleTable } from './people-table.tsx'
import { PersonRow } from './person-row.tsx'
import { useMembersT } from './words.ts'

/** Everyone, those who were here last first, with what can be changed in their line. */
export function PeopleList({ figures }: { figures: MemberFigures | undefined }) {
  const t = useMembersT()
  const [typed, setTyped] = useState('')
  const [show, setShow] = useState<MemberFilter>('all')
  const q = useDeferredValue(typed.trim())
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(peopleQuery({ q, show }))
  const people = uniquePeople(data?.pages.flatMap(({ members }) => members) ?? [])
  const total = data?.pages.at(-1)?.total ?? 0
  return (
    <section className={styles.peoplePart} aria-label={t('console-members.members_title')}>
      <RailRow margin={t('console-members.margin_seen')} className={styles.finder}>
        <Chips figures={figures} show={show} onShow={setShow} />
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
      {people.length > 0 && <People people={people} />}
      {data !== undefined && (
        <Foot
          shown={people.length}
          total={total}
          search={{ q, show }}
          onMore={hasNextPage ? () => void fetchNextPage() : undefined}
        />
      )}
    </section>
  )
}

type FootProps = { shown: number; total: number; search: PeopleSearch; onMore: (() => void) | undefined }

function Foot({ shown, total, search, onMore }: FootProps) {
  const t = useMembersT()
  const mayExport = useSession().permissions.includes('members.manage')
  const isAlone = total === 1 && search.q === '' && search.show === 'all'
  return (
    <RailRow className={sheet.part}>
      <p className={controls.hint} role="status">
        {shown === 0 ? t('console-members.none_found') : t('console-members.shown', { shown, total })}{' '}
        {onMore && (
          <button type="button" className={controls.link} onClick={onMore}>
            {t('console-members.show_more')}
          </button>
        )}{' '}
        {mayExport && shown > 0 && (
          <a href={membersApi.exportUrl(search)} download="members.csv">
            {t('console-members.export')}
          </a>
        )}
      </p>
      {isAlone && <p>{t('console-members.none_yet')}</p>}
    </RailRow>
  )
}

/** Somebody who was seen while pages were fetched may stand on two of them. */
export const uniquePeople = (people: readonly ConsoleMember[]): ConsoleMember[] => [
  ...new Map(people.map((person) => [person.id, person])).values(),
]

const nobody = { members: 0, withSeat: 0, withoutSso: 0, cannotSignIn: 0, invitations: 0 }

type ChipsProps = { figures: MemberFigures | undefined; show: MemberFilter; onShow(show: MemberFilter): void }

export function Chips({ figures, show, onShow }: ChipsProps) {
  const t = useMembersT()
  const { members, withSeat, withoutSso, cannotSignIn, invitations } = figures ?? nobody
  const chips: { is: MemberFilter; count: number }[] = [
    { is: 'all', count: members },
    { is: 'seat', count: withSeat },
    { is: 'without_sso', count: withoutSso },
    { is: 'cannot_sign_in', count: cannotSignIn },
  ]
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be drawn as a box.
    <div className={styles.chips} role="group" aria-label={t('console-members.show')}>
      {chips.map(({ is, count }) => (
        <button key={is} type="button" aria-pressed={show === is} onClick={() => onShow(is)}>
          {t(`console-members.show_${is}`, { count })}
        </button>
      ))}
      {invitations > 0 && <a href="#open-invitations">{t('console-members.show_invited', { count: invitations })}</a>}
    </div>
  )
}

function People({ people }: { people: readonly ConsoleMember[] }) {
  const t = useMembersT()
  const [open, setOpen] = useState<string>()
  return (
    <PeopleTable last={t('console-members.col_change')}>
      {people.map((person) => (
        <PersonRow
          key={person.id}
          person={person}
          isOpen={open === person.id}
          onToggle={() => setOpen((now) => (now === person.id ? undefined : person.id))}
        />
      ))}
    </PeopleTable>
  )
}
