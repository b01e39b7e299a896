import type { ConsoleMember } from '@clew/contract/members'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useSession } from '../../app/session.ts'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { type MemberChange, membersApi, seatsQuery } from './api.ts'
import styles from './members.module.css'
import { RemovePerson } from './remove-person.tsx'
import { useChange } from './use-change.ts'
import { useMembersT } from './words.ts'

/** Seat, end date, and the ways to end somebody's access. */
export function PersonPanel({ person, onGone }: { person: ConsoleMember; onGone(): void }) {
  const t = useMembersT()
  const { member: me } = useSession()
  const [isRemoving, setRemoving] = useState(false)
  const change = useChange((input: MemberChange) => membersApi.change(person.id, input))
  const isProvisioned = person.source === 'scim' && person.connection !== null
  const mayEnd = person.mayChange && person.id !== me.id && !isProvisioned
  return (
    <div className={styles.panel}>
      <div className={styles.choices}>
        {person.deactivated === null && <SeatChoice person={person} onChange={change.mutate} />}
        {person.mayChange && (
          <label>
            <span className={controls.label}>{t('console-members.ends_at')}</span>
            <input
              className={controls.field}
              type="date"
              value={person.expiresAt?.slice(0, 10) ?? ''}
              onChange={({ target: { value } }) =>
                change.mutate({ expiresAt: value === '' ? null : new Date(`${value}T23:59:59`).toISOString() })
              }
            />
          </label>
        )}
      </div>
      <WhyNotIn person={person} />
      {mayEnd && !isRemoving && <AccessButtons person={person} onRemove={() => setRemoving(true)} />}
      {isRemoving && <RemovePerson person={person} onDone={onGone} onCancel={() => setRemoving(false)} />}
    </div>
  )
}

/** To what is known of why somebody does not get in. */
function WhyNotIn({ person }: { person: ConsoleMember }) {
  const t = useMembersT()
  const { permissions } = useSession()
  if (!permissions.includes('sign_in.read')) return null
  return (
    <p>
      <Link to="/console/sso" search={{ about: person.email }}>
        {t('console-members.why_not_in_of', { name: person.name })}
      </Link>
    </p>
  )
}

function SeatChoice({ person, onChange }: { person: ConsoleMember; onChange(change: MemberChange): void }) {
  const t = useMembersT()
  const { permissions } = useSession()
  const seats = useQuery(seatsQuery).data?.seatTypes ?? []
  if (seats.length === 0 || !permissions.includes('seats.manage')) return null
  return (
    <label>
      <span className={controls.label}>{t('console-members.seat')}</span>
      <Select
        boxed
        value={person.seat?.id ?? ''}
        onChange={({ target: { value } }) => onChange({ seatTypeId: value === '' ? null : value })}
      >
        <option value="">{t('console-members.seat_none')}</option>
        {seats.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </label>
  )
}

function AccessButtons({ person, onRemove }: { person: ConsoleMember; onRemove(): void }) {
  const t = useMembersT()
  const stop = useChange(() => membersApi.deactivate(person.id))
  const start = useChange(() => membersApi.reactivate(person.id))
  return (
    <>
      <p className={styles.buttons}>
        {person.deactivated === null ? (
          <button type="button" className={controls.button} disabled={stop.isPending} onClick={() => stop.mutate()}>
            {t('console-members.deactivate')}
          </button>
        ) : (
          <button type="button" className={controls.button} disabled={start.isPending} onClick={() => start.mutate()}>
            {t('console-members.reactivate')}
          </button>
        )}
        <button type="button" className={controls.button} onClick={onRemove}>
          {t('console-members.remove')}
        </button>
      </p>
      {person.deactivated === null && <p className={controls.hint}>{t('console-members.deactivate_effect')}</p>}
    </>
  )
}
