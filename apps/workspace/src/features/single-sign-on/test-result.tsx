import type { SsoAttempt } from '@clew/contract/single-sign-on'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import { attemptQuery } from './api.ts'
import { AttemptDetail } from './attempt-detail.tsx'
import styles from './sso.module.css'
import { useSsoT } from './words.ts'

/** Where a test comes back to: its id stands in the address. */
const attemptInAddress = (): string | undefined =>
  /^[0-9a-f-]{36}$/.exec(new URLSearchParams(window.location.search).get('attempt') ?? '')?.[0]

/** How the test went from which somebody has just come back. */
export function TestResult() {
  const [id, setId] = useState(attemptInAddress)
  return id === undefined ? null : <Result id={id} onClose={() => setId(undefined)} />
}

function Result({ id, onClose }: { id: string; onClose(): void }) {
  const t = useSsoT()
  const words = useT()
  const { data, error } = useQuery(attemptQuery(id))
  if (error !== null)
    return (
      <RailRow className={styles.after}>
        <p role="alert">{errorText(words, error)}</p>
      </RailRow>
    )
  if (data === undefined) return null
  const isWell = data.outcome !== 'refused'
  return (
    <RailRow as="section" className={styles.verdict} aria-label={t('console-sso.test_result')}>
      <h2>{t('console-sso.test_result')}</h2>
      <p role="status">
        <Status shape={isWell ? 'ok' : 'partial'} tone={isWell ? 'ok' : 'partial'}>
          {t(isWell ? 'console-sso.test_passed' : 'console-sso.test_refused', {
            connection: data.connectionName ?? '',
            address: data.assertedEmail ?? '',
          })}
        </Status>
      </p>
      {isWell && <WouldBe attempt={data} />}
      <AttemptDetail attempt={data} />
      <p>
        <button type="button" className={controls.button} onClick={onClose}>
          {t('console-sso.close')}
        </button>
      </p>
    </RailRow>
  )
}

/** What the same would have done outside of a test. */
function WouldBe({ attempt: { observed, memberName, assertedEmail = '' } }: { attempt: SsoAttempt }) {
  const t = useSsoT()
  const { would, role = '' } = observed
  const values = { name: memberName ?? assertedEmail, role: t.find(`console-sso.role_${role}`) ?? role }
  return (
    <p className={styles.sentence}>
      {t(would === 'join' ? 'console-sso.test_would_join' : 'console-sso.test_would_enter', values)}
    </p>
  )
}
