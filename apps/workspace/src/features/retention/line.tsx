import type { ReactNode } from 'react'
import { useT } from '../../app/i18n.tsx'
import { byteSize } from '../../app/sizes.ts'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import styles from './retention.module.css'
import { useRetentionT } from './words.ts'

type LineProps = {
  shape: 'major' | 'partial' | 'maintenance' | 'ring'
  word: 'goes' | 'affects' | 'stays' | 'later' | 'holding' | 'released'
  bytes?: number
  children: ReactNode
}

/** One thing that becomes of something: a state in the margin, what it is about beside it. */
export function Line({ shape, word, bytes = 0, children }: LineProps) {
  const t = useRetentionT()
  const shell = useT()
  return (
    <RailRow
      className={styles.line}
      margin={
        <Status shape={shape} tone={shape === 'ring' ? 'quiet' : shape}>
          {t(`console-retention.${word}`)}
        </Status>
      }
    >
      <div>{children}</div>
      {bytes > 0 && <span className={cx(text.push, text.muted)}>{byteSize(shell, bytes)}</span>}
    </RailRow>
  )
}
