import { useT } from '../i18n.tsx'
import { showToast } from '../toasts.tsx'
import controls from '../ui/controls.module.css'
import { Status } from '../ui/status.tsx'
import styles from './factors.module.css'
import { useSignInT } from './words.ts'

/** Codes that are shown once. In memory until they are dismissed, and nowhere else. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept(): void }) {
  const t = useSignInT()
  const words = useT()
  const copy = () =>
    void navigator.clipboard.writeText(codes.join('\n')).then(
      () => showToast({ text: words('workspace.copied') }),
      // Refused by the browser: they can still be selected by hand.
      () => undefined,
    )
  return (
    <div className={styles.stack} role="status">
      <p>
        <Status shape="degraded" tone="degraded">
          <span className={styles.words}>{t('console-sign-in.recovery_shown')}</span>
        </Status>
      </p>
      <ul className={styles.codes} translate="no">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <button type="button" className={controls.main} onClick={onKept}>
          {t('console-sign-in.recovery_kept')}
        </button>
        <button type="button" className={controls.button} onClick={copy}>
          {t('console-sign-in.recovery_copy')}
        </button>
      </div>
    </div>
  )
}
