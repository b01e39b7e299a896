import { accentOf } from '@clew/ui/accent'
import type { CSSProperties } from 'react'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { ClewMark } from '../../app/ui/mark.tsx'
import { isColour } from './accent-field.tsx'
import styles from './settings.module.css'
import type { ScreenProps } from './settings-screen.tsx'
import { useSettingsT } from './words.ts'

/** A sketch of the bubble as it would be. The real one is on the demo page. */
export function BubblePreview({ settings, draft }: ScreenProps<'bubble'>) {
  const t = useSettingsT()
  const { locale } = useT()
  const { side = 'right', greeting, suggestions = settings.bubble.operator.suggestions } = draft.value
  const { saved, operator } = settings.brand
  const accent = saved.accent !== undefined && isColour(saved.accent) ? accentOf(saved.accent).light : undefined
  const colours = accent === undefined ? {} : { '--pine': accent.accent, '--pine-ink': accent.ink }
  return (
    <figure className={styles.preview} data-side={side}>
      <figcaption className={controls.hint}>
        {t('settings.bubble_preview')}. {t('settings.bubble_preview_hint')}{' '}
        <a href={`/${locale}/demo`} target="_blank" rel="noopener">
          {t('settings.bubble_preview_demo')}
        </a>
      </figcaption>
      <div className={styles.previewPage}>
        <div className={styles.previewPanel}>
          <b>{t('settings.bubble_preview_title', { brand: saved.name ?? operator.name })}</b>
          <p>{greeting?.[locale] || t('settings.bubble_preview_hello')}</p>
          <ul>
            {suggestions[locale]
              .filter((text) => text.trim() !== '')
              .map((text) => (
                <li key={text}>{text}</li>
              ))}
          </ul>
        </div>
        <span className={styles.previewButton} style={colours as CSSProperties}>
          <ClewMark />
        </span>
      </div>
    </figure>
  )
}
