import type { StepKind } from '@clew/flows/flow'
import styles from './canvas.module.css'

const drawings: Record<StepKind, string> = {
  say: 'M2 3h12v8H8l-4 3v-3H2z',
  do: 'M3 8.5 6.5 12 13 4.5',
  ask: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2C8.3 8.7 8 9.2 8 10M8 12.6v.4',
  check: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.4 10.4 14 14',
  branch: 'M8 2v4M8 6 4 10v4M8 6l4 4v4',
  end: 'M4 14V2h8l-2 3 2 3H4',
}

/** What kind of step it is; the word stands beside it. */
export function KindIcon({ kind }: { kind: StepKind }) {
  return (
    <svg className={styles.icon} viewBox="0 0 16 16" aria-hidden="true">
      <path d={drawings[kind]} />
    </svg>
  )
}
