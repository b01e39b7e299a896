import type { OutcomeTier, ResolutionRow } from '@clew/contract/assistant-learning'
import styles from './assistant.module.css'

/** From what helped to what did not; the open ones last, as the paler end. */
export const tierOrder: readonly OutcomeTier[] = ['confirmed', 'assumed', 'assisted', 'failed', 'open']

export const sumOf = ({ tiers }: Pick<ResolutionRow, 'tiers'>): number =>
  tierOrder.reduce((sum, tier) => sum + tiers[tier], 0)

const height = 120
const bar = 28
const step = 44

/** A stack for each week. The same numbers stand in the table, so it is one picture to a screen reader. */
export function TierChart({ weeks, label }: { weeks: readonly ResolutionRow[]; label: string }) {
  const most = Math.max(1, ...weeks.map(sumOf))
  return (
    <div className={styles.chart}>
      <svg width={weeks.length * step} height={height + 1} role="img" aria-label={label}>
        {weeks.map((week, place) => (
          <Stack key={week.key} week={week} x={place * step + (step - bar) / 2} scale={height / most} />
        ))}
        <path d={`M0 ${height + 0.5}H${weeks.length * step}`} className={styles.base} />
      </svg>
    </div>
  )
}

function Stack({ week, x, scale }: { week: ResolutionRow; x: number; scale: number }) {
  let top = height
  return tierOrder.map((tier) => {
    const size = week.tiers[tier] * scale
    top -= size
    return size === 0 ? null : (
      <rect key={tier} x={x} y={top} width={bar} height={size} data-tier={tier} className={styles.stack} />
    )
  })
}
