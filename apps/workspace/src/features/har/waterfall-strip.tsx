import type { CaptureEntry } from '@clew/contract/captures'
import { useT } from '../../app/i18n.tsx'
import { duration } from '../../app/sizes.ts'
import styles from './waterfall.module.css'
import { isFailing, scaleOf, segmentsOf, stripOf } from './waterfall.ts'

const width = 250
const rowHeight = 6.5
const rows = 9

/** The capture at a glance: nine lines of time, the failing ones always among them. */
export function WaterfallStrip({ entries }: { entries: readonly CaptureEntry[] }) {
  const t = useT()
  const shown = stripOf(entries, rows)
  const scale = scaleOf(entries, width)
  const bottom = shown.length * rowHeight + 5
  const failing = entries.filter(isFailing).length
  const label = t('workspace.waterfall_summary', { count: entries.length, span: duration(t, scale.spanMs), failing })
  return (
    <svg className={styles.strip} viewBox={`0 0 ${width} ${bottom + 14}`} role="img" aria-label={label}>
      <path
        className={styles.grid}
        d={`M0 .5H${width}${scale.ticksMs.map((ms) => `M${scale.x(ms)} 0V${bottom}`).join('')}`}
      />
      {shown.map((entry, index) => (
        <g key={entry.index} transform={`translate(0 ${5 + index * rowHeight})`}>
          <Bar entry={entry} x={scale.x} height={4} />
        </g>
      ))}
      {scale.ticksMs.map((ms, index) => (
        <text key={ms} x={scale.x(ms)} y={bottom + 12} textAnchor={index === 0 ? 'start' : 'middle'}>
          {scale.x(ms) < width - 16 && (index === 0 ? duration(t, 0) : duration(t, ms))}
        </text>
      ))}
    </svg>
  )
}

/** One request: its phases, or one red piece where it broke. */
export function Bar({ entry, x, height }: { entry: CaptureEntry; x(ms: number): number; height: number }) {
  const failing = isFailing(entry)
  return segmentsOf(entry).map(({ phase, fromMs, toMs }) => (
    <rect
      key={phase}
      className={failing && phase !== 'queued' && phase !== 'connect' ? styles.bad : styles[phase]}
      x={x(fromMs)}
      width={Math.max(0.8, x(toMs) - x(fromMs))}
      height={height}
    />
  ))
}
