import type { ComponentProps } from 'react'
import styles from './controls.module.css'

/** A native list of choices: looks like a link in a line, or like a field in a form. */
export function Select({ boxed = false, ...rest }: ComponentProps<'select'> & { boxed?: boolean }) {
  return (
    <span className={boxed ? styles.boxed : styles.select}>
      <select {...rest} />
      <svg viewBox="0 0 10 6" aria-hidden="true">
        <path d="m1 1 4 4 4-4" />
      </svg>
    </span>
  )
}
