import { type FormEvent, useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import styles from './members.module.css'
import { useMembersT } from './words.ts'

type Props = {
  initial?: string
  max: number
  action: string
  isBusy: boolean
  onName(name: string): void
  onCancel?(): void
}

/** One field for a name, and the button that takes it. */
export function NameForm({ initial = '', max, action, isBusy, onName, onCancel }: Props) {
  const t = useMembersT()
  const [name, setName] = useState(initial)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    onName(name.trim())
  }
  return (
    <form className={styles.row} onSubmit={onSubmit}>
      <label>
        <span className={controls.label}>{t('console-members.name')}</span>
        <input
          className={controls.field}
          required
          maxLength={max}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button
        type="submit"
        className={controls.main}
        disabled={isBusy || name.trim() === '' || name.trim() === initial}
      >
        {action}
      </button>
      {onCancel && (
        <button type="button" className={controls.plain} onClick={onCancel}>
          {t('console-members.cancel')}
        </button>
      )}
    </form>
  )
}
