import type { AuditOverview } from '@clew/contract/audit'
import { useT } from '../../app/i18n.tsx'
import { timeOfDay } from '../../app/times.ts'
import styles from './audit.module.css'
import { useAuditT } from './words.ts'

const hourMs = 3_600_000
const hours = 24

/** What was signed in the last day, as knots on a thread; the ring is the next one. */
export function Knots({ checkpoints, now }: { checkpoints: AuditOverview['checkpoints']; now: number }) {
  const t = useAuditT()
  const shell = useT()
  const next = Math.ceil(now / hourMs) * hourMs
  const first = next - hours * hourMs
  const placeOf = (at: number): string => `${1.5 + ((at - first) / (hours * hourMs)) * 97}%`
  const label = t('console-audit.knots', { count: checkpoints.length, next: timeOfDay(shell, next) })
  return (
    <svg className={styles.knots} width="100%" height="36" role="img" aria-label={label}>
      <line x1="0" x2="100%" y1="10" y2="10" />
      {checkpoints.map(({ seq, at }) => (
        <circle key={`${seq} ${at}`} cx={placeOf(Date.parse(at))} cy="10" r="3.5" />
      ))}
      <circle className={styles.next} cx="98.5%" cy="10" r="4" />
      <text x="0.6%" y="32">
        {timeOfDay(shell, first)}
      </text>
      <text x="50%" y="32" textAnchor="middle">
        {timeOfDay(shell, first + 12 * hourMs)}
      </text>
      <text x="99.4%" y="32" textAnchor="end">
        {timeOfDay(shell, next)}
      </text>
    </svg>
  )
}
