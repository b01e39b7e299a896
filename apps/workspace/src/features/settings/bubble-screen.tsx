import type { Locale } from '@clew/contract/primitives'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import { BubblePreview } from './bubble-preview.tsx'
import { isOrigin } from './csp-check.ts'
import { Check, Field } from './field.tsx'
import { PageCheck } from './page-check.tsx'
import styles from './settings.module.css'
import { Part, type ScreenProps, SettingsScreen } from './settings-screen.tsx'
import { Snippet } from './snippet.tsx'
import { useSettingsT } from './words.ts'

const languages: readonly Locale[] = ['en', 'el']

/** Where the bubble shows, how it looks and what it says first. */
export function BubbleScreen() {
  return (
    <SettingsScreen
      group="bubble"
      effect={(props) => <Effect {...props} />}
      // The field says itself which line is wrong.
      problem={({ draft }) => draft.value.origins?.find((line) => !isOrigin(line))}
    >
      {(props) => (
        <>
          <Where {...props} />
          <Look {...props} />
          <Snippet {...props} />
          <PageCheck {...props} />
        </>
      )}
    </SettingsScreen>
  )
}

function Effect({ draft }: ScreenProps<'bubble'>) {
  const t = useSettingsT()
  const { onHelpCentre = true, onOtherSites = true, origins = [] } = draft.value
  if (!onOtherSites) return t(onHelpCentre ? 'settings.bubble_effect_own' : 'settings.bubble_effect_off')
  return origins.length === 0
    ? t('settings.bubble_effect_any')
    : t('settings.bubble_effect_listed', { count: origins.length })
}

const linesOf = (text: string): string[] => (text.trim() === '' ? [] : text.split('\n'))

function Where({ draft }: ScreenProps<'bubble'>) {
  const t = useSettingsT()
  const { onHelpCentre = true, onOtherSites = true, origins } = draft.value
  const wrong = origins?.find((line) => !isOrigin(line))
  return (
    <Part title={t('settings.bubble_where')}>
      <Check
        label={t('settings.field_on_help_centre')}
        checked={onHelpCentre}
        onChange={(checked) => draft.set({ onHelpCentre: checked ? undefined : false })}
      />
      <Check
        label={t('settings.field_on_other_sites')}
        checked={onOtherSites}
        onChange={(checked) => draft.set({ onOtherSites: checked ? undefined : false })}
      />
      {onOtherSites && (
        <Field label={t('settings.field_origins')} hint={t('settings.bubble_origins_hint')}>
          {(ids) => (
            <textarea
              {...ids}
              className={controls.field}
              rows={3}
              spellCheck={false}
              value={(origins ?? []).join('\n')}
              aria-invalid={wrong !== undefined}
              onChange={({ target }) => {
                const lines = linesOf(target.value)
                draft.set({ origins: lines.length === 0 ? undefined : lines })
              }}
            />
          )}
        </Field>
      )}
      <div role="alert">
        {wrong !== undefined && (
          <Status shape="major" tone="major">
            {t('settings.bubble_origins_wrong', { line: wrong })}
          </Status>
        )}
      </div>
    </Part>
  )
}

function Look(props: ScreenProps<'bubble'>) {
  const t = useSettingsT()
  const { draft } = props
  return (
    <Part title={t('settings.bubble_look')}>
      <Field label={t('settings.field_side')}>
        {(ids) => (
          <Select
            boxed
            {...ids}
            value={draft.value.side ?? 'right'}
            onChange={({ target }) => draft.set({ side: target.value === 'left' ? 'left' : undefined })}
          >
            <option value="right">{t('settings.bubble_side_right')}</option>
            <option value="left">{t('settings.bubble_side_left')}</option>
          </Select>
        )}
      </Field>
      <Greeting {...props} />
      <Questions {...props} />
      <BubblePreview {...props} />
    </Part>
  )
}

function Greeting({ draft }: ScreenProps<'bubble'>) {
  const t = useSettingsT()
  const { greeting = { en: '', el: '' } } = draft.value
  return (
    <div className={styles.pair}>
      {languages.map((locale) => (
        <Field
          key={locale}
          label={t(`settings.bubble_in_${locale}`, { field: t('settings.field_greeting') })}
          hint={t('settings.bubble_greeting_hint')}
        >
          {(ids) => (
            <input
              {...ids}
              className={controls.field}
              lang={locale}
              maxLength={120}
              value={greeting[locale]}
              onChange={({ target }) => {
                const next = { ...greeting, [locale]: target.value }
                draft.set({ greeting: next.en === '' && next.el === '' ? undefined : next })
              }}
            />
          )}
        </Field>
      ))}
    </div>
  )
}

function Questions({ draft, settings }: ScreenProps<'bubble'>) {
  const t = useSettingsT()
  const { suggestions } = draft.value
  const asked = suggestions ?? settings.bubble.operator.suggestions
  return (
    <div className={styles.pair}>
      {languages.map((locale) => (
        <Field
          key={locale}
          label={t(`settings.bubble_in_${locale}`, { field: t('settings.field_suggestions') })}
          hint={t('settings.bubble_suggestions_hint')}
          isOurs={suggestions !== undefined}
          onReset={() => draft.set({ suggestions: undefined })}
        >
          {(ids) => (
            <textarea
              {...ids}
              className={controls.field}
              lang={locale}
              rows={4}
              value={asked[locale].join('\n')}
              onChange={({ target }) =>
                draft.set({ suggestions: { ...asked, [locale]: linesOf(target.value).slice(0, 6) } })
              }
            />
          )}
        </Field>
      ))}
    </div>
  )
}
