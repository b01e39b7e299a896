import { type FormEvent, type ReactNode, useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import styles from './retention.module.css'
import { useRetentionT } from './words.ts'

type TypeToConfirmProps = {
  /** What the server wants to hear; without it nothing has to be typed. */
  confirm: string | undefined
  /** What has to be typed for that, in the language of whoever types. */
  says: string
  label: string
  isBusy: boolean
  onConfirm(typed: string): void
  children?: ReactNode
}

/** What deletes for good is done by who types what it does. */
export function TypeToConfirm({ confirm, says, label, isBusy, onConfirm, children }: TypeToConfirmProps) {
  const t = useRetentionT()
  const [typed, setTyped] = useState('')
  const isReady = confirm === undefined || typed.trim().toLowerCase() === says.toLowerCase()
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady) onConfirm(confirm ?? '')
  }
  return (
    <form className={styles.confirm} onSubmit={onSubmit}>
      {confirm !== undefined && (
        <label>
          <span className={controls.label}>{t('console-retention.type_this', { confirm: says })}</span>
          <input
            className={controls.field}
            value={typed}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
      )}
      <button
        type="submit"
        className={confirm === undefined ? cx(controls.main, controls.large) : styles.danger}
        disabled={!isReady || isBusy}
      >
        {label}
      </button>
      {children}
    </form>
  )
}
