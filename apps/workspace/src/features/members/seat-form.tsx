import type { SeatType } from '@clew/contract/members'
import { type FormEvent, useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import type { SeatDraft } from './api.ts'
import styles from './members.module.css'
import { Problem } from './page.tsx'
import { useMembersT } from './words.ts'

type Props = { type?: SeatType; error: unknown; isBusy: boolean; onSave(draft: SeatDraft): void }

/** Name and limit of a type of seat; says what a limit below what is taken means. */
export function SeatForm({ type, error, isBusy, onSave }: Props) {
  const t = useMembersT()
  const { name: was, limit: before, isDefault: usual } = type ?? { name: '', limit: null, isDefault: false }
  const [name, setName] = useState(was)
  const [limit, setLimit] = useState(before === null ? '' : String(before))
  const [isDefault, setDefault] = useState(usual)
  const over = limit === '' || !type ? 0 : type.used - Number(limit)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    onSave({ name: name.trim(), limit: limit === '' ? null : Number(limit), isDefault })
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <div className={styles.row}>
        <label>
          <span className={controls.label}>{t('console-members.name')}</span>
          <input
            className={controls.field}
            required
            maxLength={60}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label>
          <span className={controls.label}>{t('console-members.seat_limit')}</span>
          <input
            className={controls.field}
            type="number"
            min={0}
            max={1_000_000}
            placeholder={t('console-members.seat_limit_none')}
            value={limit}
            onChange={(event) => setLimit(event.target.value)}
          />
        </label>
      </div>
      <label className={styles.tick}>
        <input type="checkbox" checked={isDefault} onChange={(event) => setDefault(event.target.checked)} />
        <span>{t('console-members.seat_is_default')}</span>
      </label>
      {over > 0 && <p>{t('console-members.seat_limit_low', { count: over })}</p>}
      <Problem error={error} />
      <p className={styles.buttons}>
        <button type="submit" className={controls.main} disabled={isBusy || name.trim() === ''}>
          {type ? t('console-members.save') : t('console-members.create')}
        </button>
      </p>
    </form>
  )
}
