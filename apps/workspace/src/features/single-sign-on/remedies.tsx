import type { SsoDiagnosis, SsoRemedy } from '@clew/contract/single-sign-on'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import { ssoApi } from './api.ts'
import { remedyWords } from './remedy-words.ts'
import styles from './sso.module.css'
import { useSsoT } from './words.ts'

type Props = {
  diagnosis: SsoDiagnosis
  canManage: boolean
  onDone(): void
  /** Opens a connection, where its mapping and who may join are changed. */
  onConnection(id: string): void
}

/** What helps: by one press, or by a page where it is done. */
export function Remedies({ diagnosis, canManage, onDone, onConnection }: Props) {
  const t = useSsoT()
  const words = useT()
  const apply = useMutation({
    mutationFn: ({ isOneClick: _button, domain: _domain, ...remedy }: SsoRemedy) =>
      ssoApi.remedy({ ...remedy, locale: words.locale }),
    onSuccess: onDone,
  })
  const presses = diagnosis.remedies.filter(({ isOneClick }) => isOneClick)
  const pages = diagnosis.remedies.filter(({ isOneClick }) => !isOneClick)
  return (
    <>
      {canManage && presses.length > 0 && (
        <div className={styles.ways}>
          {presses.map((remedy, index) => (
            <button
              key={remedy.remedy}
              type="button"
              className={index === 0 ? controls.main : controls.button}
              disabled={apply.isPending}
              onClick={() => apply.mutate(remedy)}
            >
              {remedyWords(t, remedy, diagnosis.values)}
            </button>
          ))}
          {presses.some(({ remedy }) => remedy === 'move_address') && (
            <span className={controls.hint}>{t('console-sso.remedy_move_hint')}</span>
          )}
        </div>
      )}
      {pages.length > 0 && (
        <ul className={styles.steps}>
          {pages.map((remedy) => (
            <li key={remedy.remedy}>
              {remedyWords(t, remedy, diagnosis.values)}{' '}
              <Place remedy={remedy} onConnection={canManage ? onConnection : undefined} />
            </li>
          ))}
        </ul>
      )}
      <div role="status" className={styles.said}>
        {apply.isSuccess && t('console-sso.remedy_done')}
        {apply.error !== null && (
          <Status shape="major" tone="major">
            {errorText(words, apply.error)}
          </Status>
        )}
      </div>
    </>
  )
}

type PlaceProps = { remedy: SsoRemedy; onConnection: ((id: string) => void) | undefined }

function Place({ remedy: { remedy, connectionId }, onConnection }: PlaceProps) {
  const t = useSsoT()
  if (connectionId !== undefined && onConnection !== undefined)
    return (
      <button type="button" className={controls.link} onClick={() => onConnection(connectionId)}>
        {t('console-sso.connection_open')}
      </button>
    )
  if (remedy === 'verify_domain') return <Link to="/console/domains">{t('console-sso.domains_open')}</Link>
  if (remedy === 'add_seats' || remedy === 'lift_deactivation')
    return <Link to="/console/members">{t('console-sso.members_open')}</Link>
  return null
}
