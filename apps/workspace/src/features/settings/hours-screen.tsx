import type { OpeningHours } from '@clew/contract/settings'
import { nextOpening, openUntil } from '@clew/intake/hours'
import { useT } from '../../app/i18n.tsx'
import { useNow } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { Field } from './field.tsx'
import { HolidayList } from './holiday-list.tsx'
import { faultyDay, firstHours } from './hours-model.ts'
import { Part, type ScreenProps, SettingsScreen } from './settings-screen.tsx'
import { WeekEditor } from './week-editor.tsx'
import { useSettingsT } from './words.ts'

/** When people answer. */
export function HoursScreen() {
  return (
    <SettingsScreen
      group="hours"
      effect={({ draft }) => <Effect opening={draft.value.opening} />}
      // The week says itself which day is wrong.
      problem={({ draft: { value } }) => value.opening && faultyDay(value.opening.week)}
    >
      {(props) => <Fields {...props} />}
    </SettingsScreen>
  )
}

function Effect({ opening }: { opening: OpeningHours | undefined }) {
  const t = useSettingsT()
  const now = new Date(useNow())
  if (opening === undefined) return t('settings.hours_effect_unset')
  if (faultyDay(opening.week) !== undefined) return t('settings.hours_effect_never')
  const say = (moment: Date): string =>
    t.format.date(moment, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: opening.timeZone,
    })
  const until = openUntil(opening, now)
  if (until === 'never') return t('settings.hours_effect_always')
  if (until !== undefined) return t('settings.hours_effect_open', { moment: say(until) })
  const next = nextOpening(opening, now)
  return next === undefined
    ? t('settings.hours_effect_never')
    : t('settings.hours_effect_closed', { moment: say(next) })
}

function Fields({ settings, draft }: ScreenProps<'hours'>) {
  const t = useSettingsT()
  const { opening } = draft.value
  const set = (part: Partial<OpeningHours>) => opening && draft.set({ opening: { ...opening, ...part } })
  if (opening === undefined) {
    return (
      <Part title={t('settings.field_week')}>
        <p className={controls.hint}>{t('settings.hours_hint')}</p>
        <div>
          <button
            type="button"
            className={controls.main}
            onClick={() => draft.set({ opening: firstHours(settings.hours.operator.timeZone) })}
          >
            {t('settings.hours_start')}
          </button>
        </div>
      </Part>
    )
  }
  return (
    <>
      <Part title={t('settings.field_week')}>
        <p className={controls.hint}>{t('settings.hours_hint')}</p>
        <Zone value={opening.timeZone} onChange={(timeZone) => set({ timeZone })} />
        <WeekEditor week={opening.week} onChange={(week) => set({ week })} />
        <div>
          <button type="button" className={controls.link} onClick={() => draft.set({ opening: undefined })}>
            {t('settings.hours_stop')}
          </button>
        </div>
      </Part>
      <Part title={t('settings.field_holidays')}>
        <HolidayList holidays={opening.holidays} onChange={(holidays) => set({ holidays })} />
      </Part>
    </>
  )
}

function Zone({ value, onChange }: { value: string; onChange(zone: string): void }) {
  const t = useSettingsT()
  const { locale } = useT()
  const zones = [...new Set([value, ...Intl.supportedValuesOf('timeZone')])].sort((a, b) => a.localeCompare(b, locale))
  return (
    <Field label={t('settings.field_time_zone')}>
      {(ids) => (
        <Select boxed {...ids} value={value} onChange={({ target }) => onChange(target.value)}>
          {zones.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </Select>
      )}
    </Field>
  )
}
