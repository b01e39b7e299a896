import type { SsoConnection } from '@clew/contract/single-sign-on'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { Status } from '../../app/ui/status.tsx'
import { overviewQuery, ssoApi } from './api.ts'
import styles from './sso.module.css'
import { useSsoT } from './words.ts'

/** For somebody who runs the identity provider and is no member here. */
export function SetupLink({ connection: { id, setupLink } }: { connection: SsoConnection }) {
  const t = useSsoT()
  const words = useT()
  const queryClient = useQueryClient()
  const onSettled = () => queryClient.invalidateQueries(overviewQuery)
  const make = useMutation({ mutationFn: () => ssoApi.makeLink(id), onSettled })
  const revoke = useMutation({ mutationFn: () => ssoApi.revokeLink(id), onSuccess: () => make.reset(), onSettled })
  const error = make.error ?? revoke.error
  return (
    <section aria-label={t('console-sso.link')}>
      <h3>{t('console-sso.link')}</h3>
      <p className={styles.sentence}>{t('console-sso.link_why')}</p>
      {make.data !== undefined && (
        <dl className={styles.record}>
          <dt>{t('console-sso.link_once')}</dt>
          <dd>
            <CopyButton value={make.data.url} label={t('console-sso.copy', { what: t('console-sso.link') })} />
          </dd>
        </dl>
      )}
      {setupLink !== undefined && (
        <p className={styles.sentence}>
          {setupLink.usedAt === undefined
            ? t('console-sso.link_open', { until: fullMoment(words, setupLink.expiresAt) })
            : t('console-sso.link_used', {
                until: fullMoment(words, setupLink.expiresAt),
                used: fullMoment(words, setupLink.usedAt),
              })}
        </p>
      )}
      <div className={styles.ways}>
        <button type="button" className={controls.button} disabled={make.isPending} onClick={() => make.mutate()}>
          {t(setupLink === undefined ? 'console-sso.link_make' : 'console-sso.link_again')}
        </button>
        {setupLink !== undefined && (
          <button type="button" className={controls.plain} onClick={() => revoke.mutate()}>
            {t('console-sso.link_revoke')}
          </button>
        )}
      </div>
      <div role="status" className={styles.said}>
        {error !== null && (
          <Status shape="major" tone="major">
            {errorText(words, error)}
          </Status>
        )}
      </div>
    </section>
  )
}
