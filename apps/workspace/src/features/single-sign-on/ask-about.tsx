import type { FormEvent } from 'react'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import styles from './sso.module.css'
import { useSsoT } from './words.ts'

type Props = { about: string; isBusy?: boolean; onChange(about: string): void; onAsk(about: string): void }

/** Whom a diagnosis is about: an address, a reference, or the number of a case. */
export function AskAbout({ about, isBusy = false, onChange, onAsk }: Props) {
  const t = useSsoT()
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    onAsk(about.trim())
  }
  return (
    <form className={styles.confirm} onSubmit={onSubmit}>
      <label>
        <span className={controls.label}>{t('console-sso.diagnosis_about')}</span>
        <input
          className={controls.field}
          required
          maxLength={320}
          autoComplete="off"
          spellCheck={false}
          value={about}
          onChange={({ target }) => onChange(target.value)}
        />
      </label>
      <button type="submit" className={cx(controls.button, controls.large)} disabled={isBusy}>
        {t('console-sso.diagnosis_do')}
      </button>
    </form>
  )
}
