import type { MemberFigures } from '@clew/contract/members'
import styles from './members.module.css'
import { useMembersT } from './words.ts'

const most = 200

/** One square for a seat: in use, kept for an invitation, free. Of very many only the words. */
export function SeatSquares({ seats }: { seats: NonNullable<MemberFigures['seats']> }) {
  const t = useMembersT()
  const { used, invited, limit } = seats
  if (limit === null || Math.max(limit, used + invited) > most) return null
  const free = Math.max(0, limit - used - invited)
  const squares = [
    ...Array.from({ length: used }, () => undefined),
    ...Array.from({ length: invited }, () => 'asked'),
    ...Array.from({ length: free }, () => 'free'),
  ]
  return (
    <p className={styles.seats} role="img" aria-label={t('console-members.squares', { used, invited, free })}>
      {squares.map((is, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: squares have nothing of their own but their place.
        <i key={i} data-is={is} />
      ))}
    </p>
  )
}
