import type { SeatType } from '@clew/contract/members'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { historyQuery, membersApi, type SeatDraft, seatsQuery } from './api.ts'
import styles from './members.module.css'
import { Pending } from './page.tsx'
import { SeatForm } from './seat-form.tsx'
import { useChange } from './use-change.ts'
import { useMembersT } from './words.ts'

/** The types of seats with their limits, and how many were taken when. */
export function SeatTypes() {
  const t = useMembersT()
  const { permissions } = useSession()
  const { data, error, refetch } = useQuery(seatsQuery)
  const [made, setMade] = useState(0)
  const create = useChange(membersApi.createSeat, { toast: false, onDone: () => setMade((count) => count + 1) })
  const mayChange = permissions.includes('seats.manage')
  if (data === undefined) return <Pending error={error} onRetry={() => void refetch()} />
  return (
    <>
      <RailRow as="section" className={sheet.part} aria-label={t('console-members.seats')}>
        <h2>{t('console-members.seats')}</h2>
        {data.seatTypes.length === 0 ? (
          <p>{t('console-members.seats_none')}</p>
        ) : (
          <ul className={styles.lines}>
            {data.seatTypes.map((type) => (
              <SeatLine key={type.id} type={type} mayChange={mayChange} />
            ))}
          </ul>
        )}
      </RailRow>
      {mayChange && (
        <RailRow
          as="section"
          className={sheet.part}
          margin={t('console-members.margin_new')}
          aria-label={t('console-members.seat_new')}
        >
          <h2>{t('console-members.seat_new')}</h2>
          <SeatForm key={made} error={create.error} isBusy={create.isPending} onSave={create.mutate} />
        </RailRow>
      )}
      {permissions.includes('billing.read') && data.seatTypes.length > 0 && <History />}
    </>
  )
}

function SeatLine({ type, mayChange }: { type: SeatType; mayChange: boolean }) {
  const t = useMembersT()
  const [isOpen, setOpen] = useState(false)
  const { id, name, used, invited, waiting, limit, isDefault } = type
  const save = useChange((draft: SeatDraft) => membersApi.saveSeat(id, draft), {
    toast: false,
    onDone: () => setOpen(false),
  })
  const remove = useChange(() => membersApi.deleteSeat(id))
  const facts = [
    limit === null ? t('console-members.seat_use_free', { used }) : t('console-members.seat_use', { used, limit }),
    ...(invited > 0 ? [t('console-members.seat_kept', { count: invited })] : []),
    ...(waiting > 0 ? [t('console-members.seat_waiting', { count: waiting })] : []),
    ...(isDefault ? [t('console-members.seat_usual')] : []),
  ]
  return (
    <li className={styles.line}>
      <div>
        <b>{name}</b> <span className={controls.hint}>{facts.join(' · ')}</span>
      </div>
      {mayChange && (
        <p className={styles.buttons}>
          <button
            type="button"
            className={controls.plain}
            aria-expanded={isOpen}
            onClick={() => setOpen((now) => !now)}
          >
            {t('console-members.edit')}
          </button>
          <button
            type="button"
            className={controls.plain}
            disabled={remove.isPending || used + invited + waiting > 0}
            onClick={() => remove.mutate()}
          >
            {t('console-members.delete')}
          </button>
        </p>
      )}
      {isOpen && <SeatForm type={type} error={save.error} isBusy={save.isPending} onSave={save.mutate} />}
    </li>
  )
}

function History() {
  const t = useMembersT()
  const words = useT()
  const { data, error, refetch } = useQuery(historyQuery)
  if (data === undefined) return <Pending error={error} onRetry={() => void refetch()} />
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-members.history')}>
      <h2>{t('console-members.history')}</h2>
      <table className={styles.history}>
        <caption className={text.hidden}>{t('console-members.history')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('console-members.history_when')}</th>
            <th scope="col">{t('console-members.history_type')}</th>
            <th scope="col">{t('console-members.history_used')}</th>
            <th scope="col">{t('console-members.history_limit')}</th>
            <th scope="col">{t('console-members.history_highest')}</th>
          </tr>
        </thead>
        <tbody>
          {data.changes.map(({ at, seatType, used, limit, highest }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a change has nothing of its own but its place.
            <tr key={i}>
              <td>{fullMoment(words, at)}</td>
              <td>{seatType}</td>
              <td>{words.format.number(used)}</td>
              <td>{limit === null ? t('console-members.no_limit') : words.format.number(limit)}</td>
              <td>{words.format.number(highest)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </RailRow>
  )
}
