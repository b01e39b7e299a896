import { mark } from '@clew/ui/marks'
import { cx } from './cx.ts'
import { initialsOf } from './initials.ts'
import styles from './mark.module.css'

export type MarkProps = {
  by: 'contact' | 'agent' | 'assistant'
  name?: string | undefined
  idle?: boolean
  small?: boolean
  className?: string
}

/** Who: a ring for a contact, a solid for an agent, the clew for the assistant. The name stands beside it in words. */
export function Mark({ by, name, idle = false, small = false, className }: MarkProps) {
  return (
    <span
      className={cx(styles.mark, className)}
      data-by={by}
      data-idle={idle || undefined}
      data-small={small || undefined}
      aria-hidden="true"
    >
      {by === 'assistant' ? (
        <svg viewBox={mark.viewBox}>
          <path d={mark.path} />
        </svg>
      ) : (
        initialsOf(name)
      )}
    </span>
  )
}

export function ClewMark() {
  return (
    <svg className={styles.clew} viewBox={mark.viewBox} aria-hidden="true">
      <path d={mark.path} />
    </svg>
  )
}
