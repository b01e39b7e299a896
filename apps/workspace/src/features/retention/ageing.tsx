import type { RetentionPreview } from '@clew/contract/retention'
import { useT } from '../../app/i18n.tsx'
import styles from './retention.module.css'
import { spanOf } from './spans.ts'
import { useRetentionT } from './words.ts'

const height = 150
const floor = 112
const tallest = 62
const least = 66

/** How many there are of each age: what goes is hollow, what is held has a diamond above it. */
export function Ageing({ preview }: { preview: RetentionPreview }) {
  const t = useRetentionT()
  const { bucketDays, bars } = preview.ages
  const count = Math.max(least, bars.length)
  const most = Math.max(1, ...bars.map((bar) => bar.count))
  const step = 100 / count
  const at = (days: number | null) => (days === null ? undefined : (days / bucketDays) * step)
  const [cut, was] = [at(preview.to), at(preview.from)]
  const shown = [...bars.entries()].filter(([, bar]) => bar.count > 0)
  return (
    <svg
      className={styles.ageing}
      height={height}
      role="img"
      aria-label={t('console-retention.chart', { goes: preview.goes.count, held: preview.stays.count })}
    >
      {shown.map(([place, bar]) => {
        const size = Math.max(3, (bar.count / most) * tallest)
        const isGoing = cut !== undefined && preview.confirm !== undefined && place * step >= cut - step / 2
        return (
          <rect
            key={place}
            x={`${place * step}%`}
            y={floor - size}
            width={`${step * 0.7}%`}
            height={size}
            data-goes={isGoing || undefined}
          />
        )
      })}
      {shown.map(([place, bar]) =>
        bar.held === 0 ? null : (
          <svg
            key={place}
            x={`${(place + 0.35) * step}%`}
            y={floor - Math.max(3, (bar.count / most) * tallest) - 12}
            overflow="visible"
          >
            <path className={styles.held} d="m0 0 5 5-5 5-5-5Z" />
          </svg>
        ),
      )}
      <line className={styles.axis} x1="0" x2="100%" y1={floor + 0.5} y2={floor + 0.5} />
      <Mark
        at={was}
        className={styles.was}
        from={30}
        label={t('console-retention.chart_now', { from: spanOf(t, preview.from) })}
      />
      <Mark at={cut} className={styles.cut} from={4} label={spanOf(t, preview.to)} isStrong />
      <text x="0" y="134">
        {t('console-retention.chart_today')}
      </text>
      <Note preview={preview} cut={cut} />
    </svg>
  )
}

type MarkProps = {
  at: number | undefined
  from: number
  className: string | undefined
  label: string
  isStrong?: boolean
}

function Mark({ at, from, className, label, isStrong }: MarkProps) {
  if (at === undefined || at > 100) return null
  const anchor = at > 85 ? 'end' : at < 12 ? 'start' : 'middle'
  return (
    <>
      <line className={className} x1={`${at}%`} x2={`${at}%`} y1={from} y2="118" />
      <text x={`${at}%`} y={isStrong ? 134 : 148} textAnchor={anchor} data-strong={isStrong || undefined}>
        {label}
      </text>
    </>
  )
}

function Note({ preview, cut }: { preview: RetentionPreview; cut: number | undefined }) {
  const t = useRetentionT()
  const shell = useT()
  if (cut === undefined || preview.confirm === undefined) return null
  const date = shell.format.date(preview.effectiveAt, { day: 'numeric', month: 'short' })
  const isRight = cut > 55
  return (
    <text x={`${cut}%`} dx={isRight ? -8 : 8} y="16" textAnchor={isRight ? 'end' : 'start'} data-strong>
      {t('console-retention.chart_go', { count: preview.goes.count, date })}
    </text>
  )
}

/** How to read the picture. */
export function Legend({ bucketDays }: { bucketDays: number }) {
  const t = useRetentionT()
  return (
    <p className={styles.legend}>
      {bucketDays < 1
        ? t('console-retention.chart_note_half')
        : t('console-retention.chart_note', { days: bucketDays })}
    </p>
  )
}
