import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import { AppSetUp } from '../../app/sign-in/app-set-up.tsx'
import { PasskeySetUp } from '../../app/sign-in/passkey-set-up.tsx'
import { hasPasskeys } from '../../app/sign-in/passkeys.ts'
import { RecoveryCodes } from '../../app/sign-in/recovery-codes.tsx'
import { SignInWords, useSignInT } from '../../app/sign-in/words.ts'
import controls from '../../app/ui/controls.module.css'
import styles from './entrance.module.css'
import { Entrance } from './entrance.tsx'

/** For those whose organisation asks for a second factor and who have none: nothing else is open to them yet. */
export const SetUpFactorPage = ({ onDone }: { onDone(): void }) => (
  <SignInWords>
    <SetUp onDone={onDone} />
  </SignInWords>
)

function SetUp({ onDone }: { onDone(): void }) {
  const t = useSignInT()
  const words = useT()
  const queryClient = useQueryClient()
  const { organisation } = useSession()
  const [way, setWay] = useState<'passkey' | 'app'>(hasPasskeys() ? 'passkey' : 'app')
  const [codes, setCodes] = useState<readonly string[]>()
  const leave = () => void api.signOut().then(() => location.assign('/app/sign-in'))
  const goOn = () => {
    queryClient.removeQueries({ queryKey: ['session'] })
    onDone()
  }
  return (
    <Entrance
      title={t('console-sign-in.set_up_title')}
      lead={t('console-sign-in.set_up_lead', { organisation: organisation.name })}
    >
      {codes === undefined ? (
        <>
          <p className={controls.hint}>
            {way === 'passkey' ? t('console-sign-in.passkeys_what') : t('console-sign-in.app_what')}
          </p>
          <div className={styles.factor}>
            {way === 'passkey' ? (
              <PasskeySetUp onDone={(made) => setCodes(made ?? [])} />
            ) : (
              <AppSetUp onDone={(made) => setCodes(made ?? [])} />
            )}
          </div>
          <p className={styles.other}>
            <button type="button" className={controls.link} onClick={() => setWay(way === 'app' ? 'passkey' : 'app')}>
              {way === 'app' ? t('console-sign-in.passkey_add') : t('console-sign-in.app_set_up')}
            </button>
            <button type="button" className={controls.link} onClick={leave}>
              {words('workspace.sign_out')}
            </button>
          </p>
        </>
      ) : (
        <RecoveryCodes codes={codes} onKept={goOn} />
      )}
    </Entrance>
  )
}
