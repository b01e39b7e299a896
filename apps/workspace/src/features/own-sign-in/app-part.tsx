import type { OwnSignIn } from '@clew/contract/sign-in'
import { useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import { AppSetUp } from '../../app/sign-in/app-set-up.tsx'
import { useSignInT } from '../../app/sign-in/words.ts'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { ownApi } from './api.ts'
import { ConfirmButton } from './confirm-button.tsx'
import styles from './own-sign-in.module.css'

type Props = { own: OwnSignIn; onFactor(recoveryCodes: readonly string[] | undefined): void }

export function AppPart({ own, onFactor }: Props) {
  const t = useSignInT()
  const words = useT()
  const [isOpen, setOpen] = useState(false)
  const done = (codes: readonly string[] | undefined) => {
    setOpen(false)
    onFactor(codes)
  }
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-sign-in.app')}>
      <h2>{t('console-sign-in.app')}</h2>
      <p className={controls.hint}>
        {own.app
          ? t('console-sign-in.app_since', { moment: fullMoment(words, own.app.since) })
          : t('console-sign-in.app_what')}
      </p>
      <div className={styles.form}>
        {isOpen ? (
          <AppSetUp onDone={done} onCancel={() => setOpen(false)} />
        ) : (
          <div className={styles.row}>
            <button type="button" className={controls.button} onClick={() => setOpen(true)}>
              {own.app ? t('console-sign-in.app_replace') : t('console-sign-in.app_set_up')}
            </button>
            {own.app && (
              <ConfirmButton
                label={t('console-sign-in.remove')}
                sure={t('console-sign-in.remove_sure', { name: t('console-sign-in.app_name') })}
                run={ownApi.removeApp}
                onDone={() => onFactor(undefined)}
              />
            )}
          </div>
        )}
      </div>
    </RailRow>
  )
}
