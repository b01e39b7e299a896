import type { SsoDiagnosis, SsoFinding, SsoRemedy } from '@clew/contract/single-sign-on'
import { ssoReasonKind } from '@clew/contract/single-sign-on-reasons'
import type { SsoTeamDiagnosis } from '@clew/contract/sso-proposals'
import { useMutation } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import { ssoApi } from './api.ts'
import { findingText, marks, verdictOf } from './diagnosis-words.ts'
import styles from './sso-card.module.css'
import { TeamPresses } from './team-presses.tsx'
import { type SsoT, useCauseT, useSsoT } from './words.ts'

/** Of whom it is, and why they do not get in. */
export function Verdict({ diagnosis }: { diagnosis: SsoDiagnosis }) {
  const t = useSsoT()
  if (diagnosis.cause === 'nothing_known')
    return (
      <Status shape="maintenance" tone="quiet">
        {t('console-sso.card_none')}
      </Status>
    )
  const isFine = diagnosis.cause === 'works'
  return (
    <>
      <h3 className={styles.who}>
        {diagnosis.subject}
        {diagnosis.organisation !== undefined && (
          <span className={styles.quiet}>
            {' '}
            {t('console-sso.card_of', { organisation: diagnosis.organisation.name })}
          </span>
        )}
      </h3>
      <Status shape={isFine ? 'ok' : 'partial'} tone={isFine ? 'ok' : 'partial'}>
        {verdictOf(t, diagnosis)}
      </Status>
    </>
  )
}

/** What speaks for it, and what to tell the person or their administrator. */
export function Found({ diagnosis, conversationId }: { diagnosis: SsoTeamDiagnosis; conversationId?: string }) {
  const t = useSsoT()
  const { findings, remedies } = diagnosis
  return (
    <>
      {findings.length > 0 && (
        <ul className={styles.lines} aria-label={t('console-sso.card_evidence')}>
          {findings.map((finding) => (
            <Line key={`${finding.mark} ${finding.finding}`} finding={finding} />
          ))}
        </ul>
      )}
      {remedies.length > 0 && (
        <div className={styles.help}>
          <h4>{t('console-sso.card_tell')}</h4>
          <ul>
            {remedies.map((remedy) => (
              <li key={remedy.remedy}>{tellOf(t, remedy, diagnosis)}</li>
            ))}
          </ul>
        </div>
      )}
      {diagnosis.organisation !== undefined && (
        <>
          <TeamPresses diagnosis={diagnosis} conversationId={conversationId} />
          {remedies.length > 0 && diagnosis.press === undefined && <WriteToOwners about={diagnosis.subject} />}
        </>
      )}
    </>
  )
}

/** Their owners get the way to this diagnosis, where one press of theirs mends it. */
function WriteToOwners({ about }: { about: string }) {
  const t = useSsoT()
  const words = useT()
  const write = useMutation({ mutationFn: () => ssoApi.writeToOwners(about) })
  return (
    <div className={styles.ask}>
      <button type="button" className={controls.button} disabled={write.isPending} onClick={() => write.mutate()}>
        {t('console-sso.card_ask')}
      </button>
      <p role="status" className={controls.hint}>
        {write.data === undefined
          ? t('console-sso.card_ask_hint')
          : t('console-sso.card_asked', { count: write.data.sentTo })}
      </p>
      {write.error !== null && <p role="alert">{errorText(words, write.error)}</p>}
    </div>
  )
}

function Line({ finding: { mark, finding, values, at } }: { finding: SsoFinding }) {
  const t = useSsoT()
  const about = useCauseT()
  const words = useT()
  const [shape, tone] = marks[mark]
  const { reason } = values
  return (
    <li>
      <Status shape={shape} tone={tone}>
        {t(`console-sso.mark_${mark}`)}
      </Status>
      <span>
        {findingText(t, finding, values)}
        {reason !== undefined && ` ${about(`sso-words.reason_${ssoReasonKind(reason)}`)}`}
        {at !== undefined && <small>{fullMoment(words, at)}</small>}
      </span>
    </li>
  )
}

/** What an agent may pass on to the organisation's administrator. */
function tellOf(t: SsoT, { remedy, email = '', domain = '' }: SsoRemedy, { cause, values }: SsoDiagnosis): string {
  const key = cause === 'deactivated_by_provisioning' && remedy === 'lift_deactivation' ? 'lift_in_provider' : remedy
  return t(`console-sso.tell_${key}`, {
    email,
    domain,
    name: values['name'] ?? '',
    connection: values['connection'] ?? '',
  })
}
