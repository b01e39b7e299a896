import type { ConsoleMember } from '@clew/contract/members'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { now } from '../../app/clock.ts'
import { useSession } from '../../app/session.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { Select } from '../../app/ui/select.tsx'
import { type MemberChange, membersApi, seatsQuery } from './api.ts'
import styles from './members.module.css'
import { RemovePerson } from './remove-person.tsx'
import { useChange } from './use-change.ts'
import { useMembersT } from './words.ts'

/** Seat, end date, and the ways to end somebody's access. */
export function PersonPanel({ person, onGone }: { person: ConsoleMember; onGone(): void }) {
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
          <EndDate key={person.expiresAt} person={person} isBusy={change.isPending} onChange={change.mutate} />
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

type EndDateProps = { person: ConsoleMember; isBusy: boolean; onChange(change: MemberChange): void }

/** Saved by a button: a date that is being typed is another one at every digit. */
function EndDate({ person, isBusy, onChange }: EndDateProps) {
  const t = useMembersT()
  const before = person.expiresAt === null ? '' : dayOf(new Date(person.expiresAt))
  const [day, setDay] = useState(before)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    // To the end of that day, where whoever decides it is.
    onChange({ expiresAt: day === '' ? null : new Date(`${day}T23:59:59`).toISOString() })
  }
  return (
    <form className={styles.row} onSubmit={onSubmit}>
      <label>
        <span className={controls.label}>{t('console-members.ends_at')}</span>
        <input
          className={controls.field}
          type="date"
          min={dayOf(new Date(now()))}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </label>
      {day !== before && (
        <button type="submit" className={cx(controls.button, controls.large)} disabled={isBusy}>
          {t('console-members.save')}
        </button>
      )}
    </form>
  )
}

/** The day as a field for dates has it, where whoever looks is. */
const dayOf = (at: Date): string =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-')

function SeatChoice({ person, onChange }: { person: ConsoleMember; onChange(change: MemberChange): void }) {
  const t = useMembersT()
  const { permissions } = useSession()
  const seats = useQuery(seatsQuery).data?.seatTypes ?? []
  if (seats.length === 0 || !permissions.includes('seats.manage')) return null
  return (
    <label>
      <span className={controls.label}>{t('console-members.seat')}</span>
      <Select
        acts
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
