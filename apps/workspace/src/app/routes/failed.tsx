import { errorText, requestIdOf } from '../errors.ts'
import { useT } from '../i18n.tsx'
import controls from '../ui/controls.module.css'
import { CopyButton } from '../ui/copy-button.tsx'
import { ledgerClass, RailRow } from '../ui/rail.tsx'
import text from '../ui/text.module.css'
import styles from './failed.module.css'

/** The screen itself could not be shown. */
export function Failed({ error }: { error: unknown }) {
  const t = useT()
  const requestId = requestIdOf(error)
  return (
    <main className={`${ledgerClass} ${styles.page}`}>
      <RailRow>
        <h1>{t('workspace.screen_failed')}</h1>
        <p className={text.effect}>
          {errorText(t, error)} {t('workspace.drafts_are_safe')}
        </p>
        <button type="button" className={controls.main} onClick={() => location.reload()}>
          {t('workspace.try_again')}
        </button>
        {requestId !== undefined && (
          <CopyButton value={requestId} label={t('workspace.copy_value', { value: requestId })} />
        )}
      </RailRow>
    </main>
  )
}
