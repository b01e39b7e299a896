import type { Holiday } from '@clew/intake/holidays'
import { useState } from 'react'
import { useNow } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { Check, Field } from './field.tsx'
import { inOrder, missingGreek } from './hours-model.ts'
import styles from './settings.module.css'
import { useSettingsT } from './words.ts'

type HolidayListProps = { holidays: readonly Holiday[]; onChange(holidays: Holiday[]): void }

/** The days on which nobody answers. */
export function HolidayList({ holidays, onChange }: HolidayListProps) {
  const t = useSettingsT()
  const year = new Date(useNow()).getFullYear()
  const missing = missingGreek(holidays)
  const [isAdding, setIsAdding] = useState(false)
  return (
    <div>
      {holidays.length === 0 && <p className={controls.hint}>{t('settings.holidays_empty')}</p>}
      <ul className={styles.holidays}>
        {inOrder(holidays, year).map(({ holiday, day }) => (
          <HolidayRow
            key={`${holiday.kind} ${day} ${holiday.names.en} ${holiday.names.el}`}
            holiday={holiday}
            day={day}
            onRemove={() => onChange(holidays.filter((each) => each !== holiday))}
          />
        ))}
      </ul>
      <div className={styles.ways}>
        <button
          type="button"
          className={controls.button}
          aria-expanded={isAdding}
          onClick={() => setIsAdding(!isAdding)}
        >
          {t('settings.holidays_add')}
        </button>
        {missing.length === 0 ? (
          <span className={controls.hint}>{t('settings.holidays_greek_done')}</span>
        ) : (
          <button type="button" className={controls.button} onClick={() => onChange([...holidays, ...missing])}>
            {t('settings.holidays_greek')}
          </button>
        )}
      </div>
      {isAdding && (
        <NewHoliday
          onAdd={(holiday) => {
            onChange([...holidays, holiday])
            setIsAdding(false)
          }}
        />
      )}
    </div>
  )
}

function HolidayRow({ holiday, day, onRemove }: { holiday: Holiday; day: string; onRemove(): void }) {
  const t = useSettingsT()
  const { names } = holiday
  const name = names[t.locale] || names.en || names.el || day
  const repeats =
    holiday.kind === 'easter'
      ? t('settings.holidays_easter')
      : t(holiday.everyYear ? 'settings.holidays_every_year' : 'settings.holidays_once')
  const date = t.format.date(`${day}T12:00:00Z`, { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' })
  return (
    <li>
      <span>
        <b>{name}</b>
        <span className={controls.hint}>
          {date} · {repeats}
        </span>
      </span>
      <button
        type="button"
        className={controls.link}
        aria-label={t('settings.holidays_remove', { name })}
        onClick={onRemove}
      >
        {t('settings.remove')}
      </button>
    </li>
  )
}

function NewHoliday({ onAdd }: { onAdd(holiday: Holiday): void }) {
  const t = useSettingsT()
  const [date, setDate] = useState('')
  const [names, setNames] = useState({ en: '', el: '' })
  const [everyYear, setEveryYear] = useState(false)
  return (
    <div className={styles.newHoliday}>
      <Field label={t('settings.holidays_date')}>
        {(ids) => (
          <input
            {...ids}
            className={controls.field}
            type="date"
            value={date}
            onChange={({ target }) => setDate(target.value)}
          />
        )}
      </Field>
      {(['en', 'el'] as const).map((locale) => (
        <Field key={locale} label={t(`settings.holidays_name_${locale}`)}>
          {(ids) => (
            <input
              {...ids}
              className={controls.field}
              maxLength={80}
              value={names[locale]}
              onChange={({ target }) => setNames({ ...names, [locale]: target.value })}
            />
          )}
        </Field>
      ))}
      <Check label={t('settings.holidays_repeat')} checked={everyYear} onChange={setEveryYear} />
      <div>
        <button
          type="button"
          className={controls.button}
          disabled={date === ''}
          onClick={() => onAdd({ kind: 'date', date, everyYear, names })}
        >
          {t('settings.holidays_put')}
        </button>
      </div>
    </div>
  )
}
