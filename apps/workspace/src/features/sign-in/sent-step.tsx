import { useSignInT } from '../../app/sign-in/words.ts'
import controls from '../../app/ui/controls.module.css'
import styles from './entrance.module.css'
import { Entrance } from './entrance.tsx'

const minutes = { link: 15, reset: 30 } as const

/** A mail is on its way, if there is anybody to get it. */
export function SentStep({ email, what, onBack }: { email: string; what: 'link' | 'reset'; onBack(): void }) {
  const t = useSignInT()
  return (
    <Entrance
      title={t('console-sign-in.sent_title')}
      lead={t(`console-sign-in.sent_${what}`, { email, minutes: minutes[what] })}
    >
      <p className={controls.hint}>{t('console-sign-in.sent_nothing')}</p>
      <p className={styles.other}>
        <button type="button" className={controls.link} onClick={onBack}>
          {t('console-sign-in.back_to_sign_in')}
        </button>
      </p>
    </Entrance>
  )
}
