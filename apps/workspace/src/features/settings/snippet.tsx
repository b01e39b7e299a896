import { accentOf } from '@clew/ui/accent'
import { useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import { Check } from './field.tsx'
import styles from './settings.module.css'
import { Part, type ScreenProps } from './settings-screen.tsx'
import { snippetOf } from './snippet-model.ts'
import { useSettingsT } from './words.ts'

/** The line for a page, to be copied. */
export function Snippet({ settings, draft }: ScreenProps<'bubble'>) {
  const t = useSettingsT()
  const [hasNonce, setHasNonce] = useState(false)
  const [isPinned, setIsPinned] = useState(false)
  const [said, setSaid] = useState<'settings.bubble_copied' | 'settings.bubble_copy_failed'>()
  const { accent } = settings.brand.saved
  const { offered = settings.languages.operator.offered } = settings.languages.saved
  const [only, ...others] = offered
  const line = snippetOf({
    url: settings.loader.url,
    integrity: isPinned ? settings.loader.integrity : undefined,
    hasNonce,
    side: draft.value.side,
    accent: accent === undefined ? undefined : accentOf(accent).light.accent,
    locale: others.length === 0 ? only : undefined,
  })
  const copy = () =>
    void navigator.clipboard.writeText(line).then(
      () => setSaid('settings.bubble_copied'),
      () => setSaid('settings.bubble_copy_failed'),
    )
  return (
    <Part title={t('settings.bubble_snippet')}>
      <p className={controls.hint}>{t('settings.bubble_snippet_hint')}</p>
      <Check
        label={t('settings.bubble_nonce')}
        hint={t('settings.bubble_nonce_hint')}
        checked={hasNonce}
        onChange={setHasNonce}
      />
      {settings.loader.integrity !== undefined && (
        <Check
          label={t('settings.bubble_integrity')}
          hint={t('settings.bubble_integrity_hint')}
          checked={isPinned}
          onChange={setIsPinned}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <pre className={styles.snippet} tabIndex={0} role="region" aria-label={t('settings.bubble_line')}>
        <code>{line}</code>
      </pre>
      <div className={styles.ways}>
        <button type="button" className={controls.button} onClick={copy}>
          {t('settings.bubble_copy')}
        </button>
        <span role="status">{said !== undefined && t(said)}</span>
      </div>
    </Part>
  )
}
