import type { SsoAttempt, SsoOverview } from '@clew/contract/single-sign-on'
import { ssoReasonKind } from '@clew/contract/single-sign-on-reasons'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import { attemptsQuery } from './api.ts'
import { AttemptDetail } from './attempt-detail.tsx'
import styles from './sso.module.css'
import { useCauseT, useSsoT } from './words.ts'

const first = 10

/** How the last sign-ins went. */
export function Attempts({ connections }: Pick<SsoOverview, 'connections'>) {
  const t = useSsoT()
  const words = useT()
  const [connectionId, setConnectionId] = useState('')
  const { data, error } = useQuery(attemptsQuery(connectionId))
  const [isWhole, setWhole] = useState(false)
  const all = data?.attempts ?? []
  return (
    <section className={styles.part} aria-label={t('console-sso.attempts')}>
      <RailRow className={styles.title}>
        <div className={styles.head}>
          <h2>{t('console-sso.attempts')}</h2>
          {connections.length > 1 && (
            <span className={styles.push}>
              <Select
                aria-label={t('console-sso.attempts_of')}
                value={connectionId}
                onChange={({ target }) => setConnectionId(target.value)}
              >
                <option value="">{t('console-sso.attempts_every')}</option>
                {connections.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            </span>
          )}
        </div>
        {error !== null && <p role="alert">{errorText(words, error)}</p>}
        {data === undefined && error === null && <Bones widths={[50, 44]} />}
        {data !== undefined && all.length === 0 && <p className={styles.sentence}>{t('console-sso.attempts_none')}</p>}
      </RailRow>
      <ul>
        {(isWhole ? all : all.slice(0, first)).map((attempt) => (
          <AttemptLine key={attempt.id} attempt={attempt} />
        ))}
      </ul>
      {all.length > first && !isWhole && (
        <RailRow className={styles.after}>
          <button type="button" className={controls.button} onClick={() => setWhole(true)}>
            {t('console-sso.attempts_all', { count: all.length })}
          </button>
        </RailRow>
      )}
    </section>
  )
}

function AttemptLine({ attempt }: { attempt: SsoAttempt }) {
  const t = useSsoT()
  const about = useCauseT()
  const words = useT()
  const [isOpen, setOpen] = useState(false)
  const { outcome, assertedEmail, typedEmail, memberName, connectionName, reference, at, reason, purpose } = attempt
  const isWell = outcome !== 'refused'
  const who = memberName ?? assertedEmail ?? typedEmail ?? t('console-sso.attempt_nobody')
  return (
    <RailRow
      as="li"
      className={styles.line}
      data-slim=""
      margin={
        <Status shape={isWell ? 'ok' : 'partial'} tone={isWell ? 'ok' : 'partial'}>
          {t(`console-sso.outcome_${outcome}`)}
        </Status>
      }
    >
      <div className={styles.head}>
        <span>
          <b>{who}</b>{' '}
          {connectionName !== undefined &&
            t(purpose === 'test' ? 'console-sso.attempt_test' : 'console-sso.attempt_through', {
              connection: connectionName,
            })}
        </span>
        <span className={styles.push}>
          <span className={styles.mono}>{reference}</span>
          {fullMoment(words, at)}
          <button
            type="button"
            className={controls.link}
            aria-expanded={isOpen}
            aria-label={t('console-sso.attempt_open_of', { reference })}
            onClick={() => setOpen(!isOpen)}
          >
            {t(isOpen ? 'console-sso.close' : 'console-sso.open')}
          </button>
        </span>
      </div>
      {reason !== undefined && <p className={styles.sentence}>{about(`sso-words.reason_${ssoReasonKind(reason)}`)}</p>}
      {isOpen && <AttemptDetail attempt={attempt} />}
    </RailRow>
  )
}
