import type { ComponentProps, KeyboardEvent } from 'react'
import styles from './controls.module.css'

type SelectProps = ComponentProps<'select'> & {
  boxed?: boolean
  /** What is chosen has its effect at once, so the keys open the list instead of running through it. */
  acts?: boolean
}

/** A native list of choices: looks like a link in a line, or like a field in a form. */
export function Select({ boxed = false, acts = false, ...rest }: SelectProps) {
  return (
    <span className={boxed ? styles.boxed : styles.select}>
      <select {...rest} {...(acts ? { onKeyDown: openInstead } : {})} />
      <svg viewBox="0 0 10 6" aria-hidden="true">
        <path d="m1 1 4 4 4-4" />
      </svg>
    </span>
  )
}

/** An arrow or a letter on a list that is closed would choose, and act, at each step. */
function openInstead(event: KeyboardEvent<HTMLSelectElement>): void {
  const { key, altKey, ctrlKey, metaKey } = event
  const chooses = /^(Arrow|Page|Home$|End$)/.test(key) || (key.length === 1 && key !== ' ')
  if (!chooses || altKey || ctrlKey || metaKey) return
  event.preventDefault()
  event.currentTarget.showPicker()
}
