import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { useLearningT } from './words.ts'

/** What went wrong, and the way to try again. */
export function Failed({ error, onAgain }: { error: Error; onAgain(): void }) {
  const t = useLearningT()
  const workspace = useT()
  return (
    <RailRow className={sheet.part}>
      <p role="alert">{errorText(workspace, error)}</p>
      <button type="button" className={controls.button} onClick={onAgain}>
        {t('learning.try_again')}
      </button>
    </RailRow>
  )
}
