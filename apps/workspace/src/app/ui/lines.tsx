import styles from './lines.module.css'

/** Code or a log: every space where it stood, and what is too long scrolls. */
export function Lines({ children }: { children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre className={styles.lines} tabIndex={0}>
      {children}
    </pre>
  )
}
