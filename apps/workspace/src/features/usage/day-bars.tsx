import type { Bar } from './days-model.ts'
import styles from './usage.module.css'

const height = 44

type DayBarsProps = { bars: readonly Bar[]; label: string; threshold?: number | undefined; titleOf(bar: Bar): string }

/** One bar for a day, weekends paler, days above the threshold marked. The table beside it says the same in figures. */
export function DayBars({ bars, label, threshold, titleOf }: DayBarsProps) {
  const most = Math.max(threshold ?? 0, ...bars.map(({ quantity }) => quantity))
  const step = 100 / bars.length
  return (
    <svg className={styles.bars} role="img" aria-label={label} preserveAspectRatio="none">
      {bars.map((bar, place) => {
        const size = most <= 0 ? 0 : Math.max(0, (bar.quantity / most) * height)
        return (
          <rect
            key={bar.day}
            x={`${place * step}%`}
            y={height - size}
            width={`${step * 0.75}%`}
            height={size}
            data-weekend={bar.isWeekend || undefined}
            data-above={threshold !== undefined && bar.quantity >= threshold ? true : undefined}
          >
            <title>{titleOf(bar)}</title>
          </rect>
        )
      })}
      {threshold !== undefined && most > 0 && (
        <line x1="0" x2="100%" y1={height - (threshold / most) * height} y2={height - (threshold / most) * height} />
      )}
    </svg>
  )
}
