import type { OwnSignIn } from '@clew/contract/sign-in'
import { useSignInT } from '../../app/sign-in/words.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { ownApi } from './api.ts'
import { ConfirmButton } from './confirm-button.tsx'
import styles from './own-sign-in.module.css'

type Props = { own: OwnSignIn; onFactor(recoveryCodes: readonly string[] | undefined): void }

/** What helps when everything else is lost. Only for those who have a second factor to lose. */
export function RecoveryPart({ own, onFactor }: Props) {
  const t = useSignInT()
  if (own.passkeys.length === 0 && own.app === undefined) return null
  return (
    <RailRow
      as="section"
      className={sheet.part}
      margin={own.recoveryCodesLeft}
      aria-label={t('console-sign-in.recovery')}
    >
      <h2>{t('console-sign-in.recovery')}</h2>
      <p className={controls.hint}>
        {t('console-sign-in.recovery_left', { count: own.recoveryCodesLeft })} {t('console-sign-in.recovery_what')}
      </p>
      <div className={styles.form}>
        <ConfirmButton
          label={t('console-sign-in.recovery_new')}
          sure={t('console-sign-in.recovery_new_sure')}
          run={ownApi.renewCodes}
          onDone={({ recoveryCodes }) => onFactor(recoveryCodes)}
        />
      </div>
    </RailRow>
  )
}
