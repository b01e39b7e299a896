import type { ConsoleMember, GroupView } from '@clew/contract/members'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { membersApi, peopleQuery } from './api.ts'
import styles from './members.module.css'
import { Problem } from './page.tsx'
import { useChange } from './use-change.ts'
import { useMembersT } from './words.ts'

/** Who is in a group; adding finds people by name or address and takes several one after the other. */
export function GroupPeople({ group, mayChange }: { group: GroupView; mayChange: boolean }) {
  const t = useMembersT()
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery(
    peopleQuery({ q: '', show: 'all', group: group.id }),
  )
  const change = useChange((input: { add?: readonly string[]; remove?: readonly string[] }) =>
    membersApi.changeGroup(group.id, input),
  )
  const people = data?.pages.flatMap(({ members }) => members) ?? []
  return (
    <section aria-label={t('console-members.group_open', { name: group.name })}>
      <Problem error={error} />
      {data === undefined && error === null && <Bones widths={[30, 40]} />}
      <ul className={styles.says}>
        {people.map((person) => (
          <li key={person.id}>
            <span>{person.name}</span> <span className={controls.hint}>{person.email}</span>{' '}
            {mayChange && (
              <button
                type="button"
                className={controls.link}
                disabled={change.isPending}
                onClick={() => change.mutate({ remove: [person.id] })}
              >
                {t('console-members.group_take_out', { name: person.name })}
              </button>
            )}
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className={controls.link} onClick={() => void fetchNextPage()}>
          {t('console-members.show_more')}
        </button>
      )}
      {mayChange && <AddPeople group={group} inside={people} onAdd={(id) => change.mutate({ add: [id] })} />}
    </section>
  )
}

type AddProps = { group: GroupView; inside: readonly ConsoleMember[]; onAdd(id: string): void }

const shownFound = 8

function AddPeople({ group, inside, onAdd }: AddProps) {
  const t = useMembersT()
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const { data } = useInfiniteQuery({ ...peopleQuery({ q, show: 'all' }), enabled: q !== '' })
  const isInside = new Set<string>(inside.map(({ id }) => id))
  const found = (data?.pages[0]?.members ?? []).filter(({ id }) => !isInside.has(id))
  return (
    <div className={styles.form}>
      <label>
        <span className={controls.label}>{t('console-members.group_add')}</span>
        <input
          className={controls.field}
          type="search"
          placeholder={t('console-members.find_what')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      {q !== '' && (
        <ul className={styles.buttons}>
          {found.slice(0, shownFound).map(({ id, name, email }) => (
            <li key={id}>
              <button
                type="button"
                className={controls.button}
                title={email}
                aria-label={`${name}: ${t('console-members.group_add_to', { name: group.name })}`}
                onClick={() => onAdd(id)}
              >
                + {name}
              </button>
            </li>
          ))}
          {data && found.length === 0 && <li className={controls.hint}>{t('console-members.none_found')}</li>}
        </ul>
      )}
    </div>
  )
}
