import type { SsoOverview } from '@clew/contract/single-sign-on'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import styles from './sso.module.css'
import { useSsoT } from './words.ts'

const looks = {
  verified: ['ok', 'ok'],
  lost: ['partial', 'partial'],
  waiting: ['degraded', 'degraded'],
  disputed: ['partial', 'partial'],
  expired: ['maintenance', 'quiet'],
} as const

/** A domain, whether it is proved, and how many have an address there. */
export function DomainLine({ domain: { name, state, members } }: { domain: SsoOverview['domains'][number] }) {
  const t = useSsoT()
  const known = state in looks ? (state as keyof typeof looks) : 'waiting'
  const [shape, tone] = looks[known]
  return (
    <RailRow
      as="li"
      className={styles.line}
      data-slim=""
      margin={
        <Status shape={shape} tone={tone}>
          {t(`console-sso.domain_${known}`)}
        </Status>
      }
    >
      <div className={styles.head}>
        <b>{name}</b>
        <span className={styles.push}>{t('console-sso.domain_members', { count: members })}</span>
      </div>
    </RailRow>
  )
}
