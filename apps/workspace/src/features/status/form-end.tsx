import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import styles from './status.module.css'
import { useStatusT } from './words.ts'

type FormEndProps = {
  send: string
  isSending: boolean
  isMissing: boolean
  error: Error | null
  onCancel(): void
}

/** What is wrong, and the two ways out of a form. */
export function FormEnd({ send, isSending, isMissing, error, onCancel }: FormEndProps) {
  const t = useStatusT()
  const workspace = useT()
  const problem = isMissing ? t('status.text_required') : error !== null ? errorText(workspace, error) : undefined
  return (
    <>
      <div role="alert">
        {problem !== undefined && (
          <Status shape="major" tone="major">
            {problem}
          </Status>
        )}
      </div>
      <div className={styles.ways}>
        <button type="submit" className={controls.main} disabled={isSending}>
          {send}
        </button>
        <button type="button" className={controls.plain} onClick={onCancel}>
          {t('status.cancel')}
        </button>
      </div>
    </>
  )
}
