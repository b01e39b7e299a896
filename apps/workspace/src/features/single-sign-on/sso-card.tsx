import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { caseDiagnosisQuery } from './api.ts'
import styles from './sso-card.module.css'
import { Found, Verdict } from './told-diagnosis.tsx'
import { CauseWords, SsoWords, useSsoT } from './words.ts'

type Props = { number: number; reference: string | undefined; conversationId: string; settled: number }

/** Why whoever asks cannot get in by SSO, for the agent: the contact sees nothing of it. */
export function SsoCard(props: Props) {
  return (
    <SsoWords>
      <CauseWords>
        <Card {...props} />
      </CauseWords>
    </SsoWords>
  )
}

function Card({ number, reference, conversationId, settled }: Props) {
  const t = useSsoT()
  const words = useT()
  const { permissions } = useSession()
  const {
    data,
    error,
    isFetching,
    isPending: isLooking,
    refetch,
  } = useQuery(caseDiagnosisQuery(number, { reference, settled }))
  const isKnown = data !== undefined && data.cause !== 'nothing_known'
  return (
    <RailRow as="section" className={styles.block} margin="SSO" aria-label={t('console-sso.card')}>
      <div role="status">
        {isLooking && <p className={styles.quiet}>{t('console-sso.card_loading')}</p>}
        {data !== undefined && <Verdict diagnosis={data} />}
      </div>
      {error !== null && <p role="alert">{errorText(words, error)}</p>}
      {isKnown && <Found diagnosis={data} conversationId={conversationId} />}
      {!isLooking && (
        <p className={styles.foot}>
          {isKnown && data.organisation !== undefined && (
            <span>
              {t('console-sso.card_logged', { organisation: data.organisation.name })}{' '}
              {permissions.includes('organisations.manage') && (
                <Link
                  to="/console/organisations/$organisationId"
                  params={{ organisationId: data.organisation.id }}
                  search={{ about: `C-${number}` }}
                >
                  {t('console-sso.card_organisation')}
                </Link>
              )}
            </span>
          )}
          <button type="button" className={controls.link} disabled={isFetching} onClick={() => void refetch()}>
            {t('console-sso.card_again')}
          </button>
        </p>
      )}
    </RailRow>
  )
}
