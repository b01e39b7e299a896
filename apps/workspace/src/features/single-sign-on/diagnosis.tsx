import type { SsoDiagnosis, SsoFinding, SsoOverview } from '@clew/contract/single-sign-on'
import { ssoReasonKind } from '@clew/contract/single-sign-on-reasons'
import { useMutation } from '@tanstack/react-query'
import { useLocation, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment, timeOfDay } from '../../app/times.ts'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { ssoApi } from './api.ts'
import { AskAbout } from './ask-about.tsx'
import { AttemptDetail } from './attempt-detail.tsx'
import { findingText, marks, verdictOf } from './diagnosis-words.ts'
import { Remedies } from './remedies.tsx'
import styles from './sso.module.css'
import { useCauseT, useSsoT } from './words.ts'

/** By an address, the reference that the person was shown, or the number of their case: who it is, and why they do not get in. */
export function Diagnosis({ overview, onConnection }: { overview: SsoOverview; onConnection(id: string): void }) {
  const t = useSsoT()
  const words = useT()
  const { about = '' } = useSearch({ strict: false })
  const { hash } = useLocation()
  // A letter says whom it is about behind the #, which stays in the browser.
  const linked = new URLSearchParams(hash).get('about') ?? about
  const [asked, setAsked] = useState(linked)
  const { mutate, ...ask } = useMutation({ mutationFn: (whom: string) => ssoApi.diagnose(whom) })
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    if (linked === '') return
    setAsked(linked)
    mutate(linked)
    place.current?.scrollIntoView({ block: 'start' })
  }, [linked, mutate])
  const at = ask.data?.attempt?.at
  return (
    <section ref={place} className={styles.part} aria-label={t('console-sso.diagnosis')}>
      <RailRow className={styles.title} margin={at === undefined ? undefined : timeOfDay(words, at)}>
        <h2>{t('console-sso.diagnosis')}</h2>
      </RailRow>
      <RailRow className={styles.after}>
        <AskAbout about={asked} onChange={setAsked} onAsk={mutate} isBusy={ask.isPending} />
        {ask.error !== null && (
          <p role="alert" className={styles.said}>
            {errorText(words, ask.error)}
          </p>
        )}
      </RailRow>
      {ask.data !== undefined && (
        <Found
          diagnosis={ask.data}
          canManage={overview.canManage}
          onDone={() => mutate(ask.data.subject)}
          onConnection={onConnection}
        />
      )}
    </section>
  )
}

type FoundProps = {
  diagnosis: SsoDiagnosis
  canManage: boolean
  onDone(): void
  onConnection(id: string): void
}

function Found({ diagnosis, ...ways }: FoundProps) {
  const t = useSsoT()
  return (
    <div aria-live="polite">
      <ul>
        {diagnosis.findings.map((finding) => (
          <FindingLine key={`${finding.mark} ${finding.finding}`} finding={finding} />
        ))}
      </ul>
      <RailRow className={styles.verdict}>
        <p className={text.effect}>{verdictOf(t, diagnosis)}</p>
        <Remedies diagnosis={diagnosis} {...ways} />
        {diagnosis.attempt !== undefined && (
          <details>
            <summary>{t('console-sso.attempt_detail', { reference: diagnosis.attempt.reference })}</summary>
            <AttemptDetail attempt={diagnosis.attempt} />
          </details>
        )}
      </RailRow>
    </div>
  )
}

function FindingLine({ finding: { mark, finding, values, at } }: { finding: SsoFinding }) {
  const t = useSsoT()
  const about = useCauseT()
  const words = useT()
  const [shape, tone] = marks[mark]
  return (
    <RailRow
      as="li"
      className={styles.line}
      data-slim=""
      margin={
        <Status shape={shape} tone={tone}>
          {t(`console-sso.mark_${mark}`)}
        </Status>
      }
    >
      <div className={styles.head}>
        <span>
          {findingText(t, finding, values)}
          {values['reason'] !== undefined && (
            <>
              {' '}
              {about(`sso-words.reason_${ssoReasonKind(values['reason'])}`)}{' '}
              <span className={cx(styles.mono, styles.muted)}>{values['reason']}</span>
            </>
          )}
        </span>
        {at !== undefined && <span className={styles.push}>{fullMoment(words, at)}</span>}
      </div>
    </RailRow>
  )
}
