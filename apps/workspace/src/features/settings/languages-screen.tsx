import type { Locale } from '@clew/contract/primitives'
import { locales } from '@clew/i18n'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { Field } from './field.tsx'
import styles from './settings.module.css'
import { Part, type ScreenProps, SettingsScreen } from './settings-screen.tsx'
import { useSettingsT } from './words.ts'

/** Languages by their own names. */
const names: Readonly<Record<Locale, string>> = { en: 'English', el: 'Ελληνικά' }

/** Which languages people are offered, and in which order. */
export function LanguagesScreen() {
  return (
    <SettingsScreen group="languages" effect={(props) => <Effect {...props} />}>
      {(props) => <Fields {...props} />}
    </SettingsScreen>
  )
}

const offeredIn = ({ settings, draft }: ScreenProps<'languages'>): readonly Locale[] =>
  draft.value.offered ?? settings.languages.operator.offered

function Effect(props: ScreenProps<'languages'>) {
  const t = useSettingsT()
  const offered = offeredIn(props)
  const list = new Intl.ListFormat(t.locale).format(offered.map((locale) => names[locale]))
  return t('settings.languages_effect', { count: offered.length, names: list })
}

function Fields(props: ScreenProps<'languages'>) {
  const t = useSettingsT()
  const { draft, settings } = props
  const offered = offeredIn(props)
  const first = draft.value.default ?? settings.languages.operator.default
  const setOffered = (next: readonly Locale[]) => {
    const [head] = next
    draft.set({ offered: [...next], ...(next.includes(first) || head === undefined ? {} : { default: head }) })
  }
  return (
    <Part title={t('settings.field_offered')}>
      <Field
        label={t('settings.field_offered')}
        hint={t('settings.languages_hint')}
        isOurs={draft.value.offered !== undefined}
        onReset={() => draft.set({ offered: undefined, default: undefined })}
      >
        {({ id, ...ids }) => (
          <ul className={styles.languages} id={id} {...ids}>
            {[...offered, ...locales.filter((locale) => !offered.includes(locale))].map((locale) => (
              <Language key={locale} locale={locale} offered={offered} onChange={setOffered} />
            ))}
          </ul>
        )}
      </Field>
      <Field
        label={t('settings.languages_first')}
        hint={t('settings.languages_first_hint')}
        isOurs={draft.value.default !== undefined}
        onReset={() => draft.set({ default: undefined })}
      >
        {(ids) => (
          <Select
            boxed
            {...ids}
            value={offered.includes(first) ? first : offered[0]}
            onChange={({ target }) => draft.set({ default: target.value as Locale })}
          >
            {offered.map((locale) => (
              <option key={locale} value={locale} lang={locale}>
                {names[locale]}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </Part>
  )
}

type LanguageProps = { locale: Locale; offered: readonly Locale[]; onChange(next: readonly Locale[]): void }

function Language({ locale, offered, onChange }: LanguageProps) {
  const t = useSettingsT()
  const place = offered.indexOf(locale)
  const isOffered = place >= 0
  const without = offered.filter((each) => each !== locale)
  const move = (to: number) => onChange([...without.slice(0, to), locale, ...without.slice(to)])
  return (
    <li>
      <label className={styles.check} lang={locale}>
        <input
          type="checkbox"
          checked={isOffered}
          disabled={isOffered && offered.length === 1}
          onChange={() => onChange(isOffered ? without : [...offered, locale])}
        />
        {names[locale]}
      </label>
      {isOffered && offered.length === 1 && <span className={controls.hint}>{t('settings.languages_one')}</span>}
      {place > 0 && (
        <button
          type="button"
          className={controls.button}
          aria-label={t('settings.languages_up', { name: names[locale] })}
          onClick={() => move(place - 1)}
        >
          ↑
        </button>
      )}
      {isOffered && place < offered.length - 1 && (
        <button
          type="button"
          className={controls.button}
          aria-label={t('settings.languages_down', { name: names[locale] })}
          onClick={() => move(place + 1)}
        >
          ↓
        </button>
      )}
    </li>
  )
}
