import { type AccentTones, accentOf, contrast, themeGrounds } from '@clew/ui/accent'
import type { CSSProperties } from 'react'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import { Field } from './field.tsx'
import styles from './settings.module.css'
import { useSettingsT } from './words.ts'

export const isColour = (value: string): boolean => /^#[0-9a-f]{6}$/i.test(value)

/** The colour of the product, where nothing was chosen: what the picker starts from. */
const usual = '#0f5c4d'

type AccentFieldProps = { value: string | undefined; onChange(value: string | undefined): void }

/** The accent colour, and what becomes of it in both themes. */
export function AccentField({ value, onChange }: AccentFieldProps) {
  const t = useSettingsT()
  return (
    <div>
      <Field
        label={t('settings.field_accent')}
        hint={t('settings.accent_hint')}
        isOurs={value !== undefined}
        onReset={() => onChange(undefined)}
      >
        {(ids) => (
          <div className={styles.colour}>
            <input
              type="color"
              aria-label={t('settings.accent_pick')}
              value={value !== undefined && isColour(value) ? value : usual}
              onChange={({ target }) => onChange(target.value)}
            />
            <input
              {...ids}
              className={controls.field}
              value={value ?? ''}
              placeholder={usual}
              maxLength={7}
              autoComplete="off"
              spellCheck={false}
              aria-invalid={value !== undefined && !isColour(value)}
              onChange={({ target }) => onChange(target.value === '' ? undefined : target.value.toLowerCase())}
            />
          </div>
        )}
      </Field>
      {value !== undefined && (isColour(value) ? <Pictures colour={value} /> : <Wrong />)}
    </div>
  )
}

function Wrong() {
  const t = useSettingsT()
  return (
    <Status shape="major" tone="major">
      {t('settings.accent_invalid')}
    </Status>
  )
}

function Pictures({ colour }: { colour: string }) {
  const t = useSettingsT()
  const { light, dark, adjusted } = accentOf(colour)
  return (
    <>
      <div role="status">
        {adjusted.length === 0 ? (
          <Status shape="ok" tone="ok">
            {t('settings.accent_fine')}
          </Status>
        ) : (
          adjusted.map((theme) => (
            <p key={theme}>
              <Status shape="degraded" tone="degraded">
                {t(`settings.accent_moved_${theme}`)}
              </Status>
            </p>
          ))
        )}
      </div>
      <div className={styles.pictures}>
        <Picture theme="light" tones={light} />
        <Picture theme="dark" tones={dark} />
      </div>
    </>
  )
}

/** A small page in one theme. The colours are those that the theme will have, not those of this screen. */
function Picture({ theme, tones }: { theme: 'light' | 'dark'; tones: AccentTones }) {
  const t = useSettingsT()
  const { paper, ink, muted } = themeGrounds[theme]
  const colours = { '--p': paper, '--i': ink, '--m': muted, '--a': tones.accent, '--ai': tones.ink, '--w': tones.wash }
  const ratio = t.format.number(Math.floor(contrast(tones.accent, paper) * 10) / 10)
  return (
    <figure className={styles.picture} style={colours as CSSProperties}>
      <figcaption>{t(`settings.accent_picture_${theme}`)}</figcaption>
      <p>
        <span className={styles.pictureLink}>{t('settings.accent_link')}</span>
      </p>
      <p>
        <span className={styles.pictureButton}>{t('settings.accent_button')}</span>
      </p>
      <small>{t('settings.accent_contrast', { colour: tones.accent, ratio })}</small>
    </figure>
  )
}
