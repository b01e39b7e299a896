import type { SsoConnection, SsoOverview } from '@clew/contract/single-sign-on'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import { overviewQuery, ssoApi } from './api.ts'
import { Guide } from './guide.tsx'
import { OptionsForm } from './options-form.tsx'
import { ProviderForm } from './provider-form.tsx'
import { SetupLink } from './setup-link.tsx'
import styles from './sso.module.css'
import { useSsoT } from './words.ts'

type Props = { connection: SsoConnection; overview: SsoOverview; onGone(): void }

/** Everything about one connection, in the order in which it is set up. */
export function ConnectionEditor({ connection, overview, onGone }: Props) {
  return (
    <div className={styles.editor}>
      <Guide connection={connection} />
      <ProviderForm key={`provider ${connection.version}`} connection={connection} />
      <SetupLink connection={connection} />
      <OptionsForm key={`options ${connection.version}`} connection={connection} overview={overview} />
      <Switches connection={connection} onGone={onGone} />
    </div>
  )
}

function Switches({ connection, onGone }: Omit<Props, 'overview'>) {
  const t = useSsoT()
  const words = useT()
  const queryClient = useQueryClient()
  const [isSure, setSure] = useState(false)
  const onSettled = () => queryClient.invalidateQueries(overviewQuery)
  const { id, state, isComplete, name } = connection
  const change = useMutation({ mutationFn: (to: 'active' | 'off') => ssoApi.setState(id, to), onSettled })
  const remove = useMutation({ mutationFn: () => ssoApi.remove(id), onSuccess: onGone, onSettled })
  const error = change.error ?? remove.error
  return (
    <section aria-label={t('console-sso.switch')}>
      <h3>{t('console-sso.switch')}</h3>
      <p className={styles.sentence}>{t(`console-sso.switch_${state}`)}</p>
      <div className={styles.ways}>
        {state === 'active' ? (
          <button type="button" className={controls.button} onClick={() => change.mutate('off')}>
            {t('console-sso.turn_off')}
          </button>
        ) : (
          <button
            type="button"
            className={controls.main}
            disabled={!isComplete || change.isPending}
            onClick={() => change.mutate('active')}
          >
            {t('console-sso.turn_on')}
          </button>
        )}
        {isSure ? (
          <>
            <button type="button" className={styles.danger} onClick={() => remove.mutate()}>
              {t('console-sso.delete_sure', { name })}
            </button>
            <button type="button" className={controls.plain} onClick={() => setSure(false)}>
              {t('console-sso.cancel')}
            </button>
          </>
        ) : (
          <button type="button" className={controls.plain} onClick={() => setSure(true)}>
            {t('console-sso.delete')}
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
