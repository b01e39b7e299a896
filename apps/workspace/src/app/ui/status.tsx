import { type ShapeName, shapes, shapeViewBox } from '@clew/ui/marks'
import type { ReactNode } from 'react'
import styles from './status.module.css'

export type Tone = 'ok' | 'degraded' | 'partial' | 'major' | 'maintenance' | 'quiet' | 'pine'

/** State is a shape, a word and a colour. Without a word it only decorates one that stands elsewhere. */
export function Status({ shape, tone, children }: StatusProps) {
  return (
    <span className={styles.status} data-tone={tone}>
      <Shape name={shape} />
      {children}
    </span>
  )
}

type StatusProps = { shape: ShapeName; tone: Tone } & ({ children: ReactNode } | { hidden: true; children?: never })

export function Shape({ name }: { name: ShapeName }) {
  return (
    <svg className={styles.shape} viewBox={shapeViewBox} aria-hidden="true">
      {shapes[name].map(({ d, strokeWidth }) =>
        strokeWidth === undefined ? (
          <path key={d} d={d} />
        ) : (
          <path key={d} d={d} fill="none" stroke="currentColor" strokeWidth={strokeWidth} />
        ),
      )}
    </svg>
  )
}
