import type { ScimToken } from '@clew/contract/provisioning'
import { now } from '../../app/clock.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment, longSpan } from '../../app/times.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import { rotationOf } from './health.ts'
import styles from './provisioning.module.css'
import { useProvisioningT } from './words.ts'

/** While a token takes the place of another: until when both work, and with which of them the provider calls. */
export function Rotation({ tokens }: { tokens: readonly ScimToken[] }) {
  const t = useProvisioningT()
  const words = useT()
  const rotation = rotationOf(tokens)
  if (rotation === undefined) return null
  const { old, next } = rotation
  const day = (at: string) => words.format.date(at, { dateStyle: 'long' })
  const { usedAt } = next
  const [shape, tone] = usedAt === undefined ? (['partial', 'partial'] as const) : (['ok', 'ok'] as const)
  return (
    <RailRow className={styles.after}>
      <div className={styles.rotation} role="status">
        <p>
          {t('console-provisioning.rotation_both', {
            old: `…${old.hint}`,
            next: `…${next.hint}`,
            ends: day(old.expiresAt),
            left: longSpan(words, Date.parse(old.expiresAt) - now()),
            lasts: day(next.expiresAt),
          })}
        </p>
        <p>
          <Status shape={shape} tone={tone}>
            {usedAt === undefined
              ? t('console-provisioning.rotation_waits')
              : t('console-provisioning.rotation_done', { moment: fullMoment(words, usedAt) })}
          </Status>
        </p>
      </div>
    </RailRow>
  )
}
