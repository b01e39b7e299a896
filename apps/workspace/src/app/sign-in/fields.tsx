import { type ReactNode, useId } from 'react'
import controls from '../ui/controls.module.css'
import { cx } from '../ui/cx.ts'
import { Status } from '../ui/status.tsx'
import styles from './factors.module.css'

/** Six digits, as an authenticator app shows them. */
export function CodeField({ label, autoFocus = false }: { label: string; autoFocus?: boolean }) {
  const id = useId()
  return (
    <div className={cx(styles.field, styles.code)}>
      <label htmlFor={id} className={controls.label}>
        {label}
      </label>
      <input
        id={id}
        name="code"
        className={controls.field}
        required
        // biome-ignore lint/a11y/noAutofocus: the page has just changed to this one field
        autoFocus={autoFocus}
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9 ]{6,9}"
        maxLength={9}
      />
    </div>
  )
}

export function Trouble({ children }: { children: ReactNode }) {
  return (
    <p role="alert">
      <Status shape="major" tone="major">
        <span className={styles.words}>{children}</span>
      </Status>
    </p>
  )
}
