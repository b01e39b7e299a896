import type { LocalText } from '@clew/contract/status'
import { locales } from '@clew/i18n'
import type { KeyboardEvent } from 'react'
import controls from '../../app/ui/controls.module.css'
import styles from './status.module.css'
import { useStatusT } from './words.ts'

type TextPairProps = {
  field: string
  value: LocalText
  onChange(value: LocalText): void
  maxLength: number
  lines?: number
  isMissing?: boolean
  onSend?: () => void
}

/** One text in both languages, side by side. Only the first carries the hint that one is enough. */
export function TextPair({ field, value, onChange, maxLength, lines = 1, isMissing = false, onSend }: TextPairProps) {
  const t = useStatusT()
  const sendByKeys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || onSend === undefined) return
    event.preventDefault()
    onSend()
  }
  return (
    <div className={styles.pair}>
      {locales.map((locale) => {
        const shared = {
          className: controls.field,
          lang: locale,
          maxLength,
          value: value[locale],
          'aria-invalid': isMissing,
          onKeyDown: sendByKeys,
        }
        return (
          <label key={locale}>
            <span className={controls.label}>{t('status.in_language', { field, language: locale })}</span>
            {lines === 1 ? (
              <input {...shared} onChange={(event) => onChange({ ...value, [locale]: event.target.value })} />
            ) : (
              <textarea
                {...shared}
                rows={lines}
                onChange={(event) => onChange({ ...value, [locale]: event.target.value })}
              />
            )}
          </label>
        )
      })}
    </div>
  )
}
