import type { SignInStart } from '@clew/contract/sign-in'
import { useT } from '../../app/i18n.tsx'
import { useSignInT } from '../../app/sign-in/words.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import styles from './entrance.module.css'
import { Entrance } from './entrance.tsx'

type Props = { email: string; sso: NonNullable<SignInStart['sso']>; onPassword(): void; onBack(): void }

/** The people of this domain sign in at their identity provider. */
export function SsoStep({ email, sso, onPassword, onBack }: Props) {
  const t = useSignInT()
  const words = useT()
  return (
    <Entrance title={words('workspace.sign_in')} lead={t('console-sign-in.sso_lead', { email, name: sso.name })}>
      <a className={cx(controls.main, controls.large)} href={sso.url}>
        {t('console-sign-in.sso_button', { name: sso.name })}
      </a>
      <p className={styles.other}>
        {/* Also where it is required: whoever breaks the glass comes this way. */}
        <button type="button" className={controls.link} onClick={onPassword}>
          {t('console-sign-in.sso_password')}
        </button>
        <button type="button" className={controls.link} onClick={onBack}>
          {t('console-sign-in.other_address')}
        </button>
      </p>
    </Entrance>
  )
}
