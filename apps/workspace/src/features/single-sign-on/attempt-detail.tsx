import type { SsoAttempt } from '@clew/contract/single-sign-on'
import { type SsoStage, ssoReasonKind, ssoStage } from '@clew/contract/single-sign-on-reasons'
import { Status } from '../../app/ui/status.tsx'
import styles from './sso.module.css'
import { useCauseT, useSsoT } from './words.ts'

/** Every check of one sign-in, by stages, and what was claimed. */
export function AttemptDetail({ attempt }: { attempt: SsoAttempt }) {
  const t = useSsoT()
  const about = useCauseT()
  const { reason, claims, observed, outcome } = attempt
  const seen = outcome === 'refused' ? Object.entries(observed) : []
  return (
    <>
      {reason !== undefined && (
        <p className={styles.said}>
          <Status shape="partial" tone="partial">
            {about(`sso-words.reason_${ssoReasonKind(reason)}`)}
          </Status>{' '}
          <span className={styles.mono}>{reason}</span>
        </p>
      )}
      {seen.length > 0 && (
        <dl className={styles.record}>
          {seen.map(([name, value]) => (
            <Pair key={name} name={name} value={value} />
          ))}
        </dl>
      )}
      <ul className={styles.checks}>
        {stagesOf(attempt).map(({ stage, isPassed, checks }) => (
          <li key={stage}>
            <Status shape={isPassed ? 'ok' : 'partial'} tone={isPassed ? 'ok' : 'partial'}>
              {about(`sso-words.stage_${stage}`)}
            </Status>
            <small>{checks.join(' · ')}</small>
          </li>
        ))}
      </ul>
      {claims.length > 0 && (
        <>
          <h3>{t('console-sso.claims')}</h3>
          <dl className={styles.record}>
            {claims.map(({ name, values }) => (
              <Pair key={name} name={name} value={values.join(', ')} />
            ))}
          </dl>
        </>
      )}
    </>
  )
}

function Pair({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className={styles.mono}>{name}</dt>
      <dd className={styles.mono}>{value}</dd>
    </>
  )
}

type Stage = { stage: SsoStage; isPassed: boolean; checks: string[] }

function stagesOf({ checks }: SsoAttempt): Stage[] {
  const stages = new Map<SsoStage, Stage>()
  for (const { check, outcome } of checks) {
    const stage = ssoStage(check)
    const found = stages.get(stage) ?? { stage, isPassed: true, checks: [] }
    stages.set(stage, {
      stage,
      isPassed: found.isPassed && outcome === 'passed',
      checks: found.checks.includes(check) ? found.checks : [...found.checks, check],
    })
  }
  return [...stages.values()]
}
