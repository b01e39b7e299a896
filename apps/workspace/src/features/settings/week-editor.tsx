import type { OpeningHours } from '@clew/contract/settings'
import { type Span, type Weekday, weekdays } from '@clew/intake/hours'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import { endOf, faultyDay, likeMonday, nextSpan, shownEnd } from './hours-model.ts'
import styles from './settings.module.css'
import { type SettingsT, useSettingsT } from './words.ts'

type Week = OpeningHours['week']

// The 2nd of November 2026 is a Monday.
const nameOf = (t: SettingsT, day: Weekday): string =>
  t.format.date(Date.UTC(2026, 10, 2 + weekdays.indexOf(day)), { weekday: 'long', timeZone: 'UTC' })

/** The hours of each day; a day may have several. */
export function WeekEditor({ week, onChange }: { week: Week; onChange(week: Week): void }) {
  const t = useSettingsT()
  const faulty = faultyDay(week)
  return (
    <div>
      <ul className={styles.week}>
        {weekdays.map((day) => (
          <Day
            key={day}
            name={nameOf(t, day)}
            spans={week[day]}
            onChange={(spans) => onChange({ ...week, [day]: spans })}
          />
        ))}
      </ul>
      <div role="alert">
        {faulty !== undefined && (
          <Status shape="major" tone="major">
            {t('settings.hours_overlap', { day: nameOf(t, faulty) })}
          </Status>
        )}
      </div>
      <p className={controls.hint}>{t('settings.hours_night')}</p>
      <button type="button" className={controls.button} onClick={() => onChange(likeMonday(week))}>
        {t('settings.hours_copy')}
      </button>
    </div>
  )
}

type DayProps = { name: string; spans: readonly Span[]; onChange(spans: Span[]): void }

function Day({ name, spans, onChange }: DayProps) {
  const t = useSettingsT()
  const setAt = (index: number, part: Partial<Span>) =>
    onChange(spans.map((span, at) => (at === index ? { ...span, ...part } : span)))
  return (
    <li className={styles.day}>
      <b>{name}</b>
      <div className={styles.spans}>
        {spans.length === 0 && <span className={controls.hint}>{t('settings.hours_closed')}</span>}
        {spans.map((span, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity but their place
          <div key={index} className={styles.span}>
            <input
              className={controls.field}
              type="time"
              aria-label={t('settings.hours_from', { day: name })}
              value={span.from}
              onChange={({ target }) => setAt(index, { from: target.value })}
            />
            <span>{t('settings.hours_until')}</span>
            <input
              className={controls.field}
              type="time"
              aria-label={t('settings.hours_to', { day: name })}
              value={shownEnd(span.to)}
              onChange={({ target }) => setAt(index, { to: endOf(target.value) })}
            />
            <button
              type="button"
              className={controls.plain}
              aria-label={t('settings.hours_remove_for', { day: name, from: span.from, to: span.to })}
              onClick={() => onChange(spans.filter((_, at) => at !== index))}
            >
              <svg className={styles.cross} viewBox="0 0 12 12" aria-hidden="true">
                <path d="M2 2l8 8M10 2l-8 8" />
              </svg>
            </button>
          </div>
        ))}
      </div>
      {spans.length < 6 && (
        <button
          type="button"
          className={controls.link}
          aria-label={t('settings.hours_add_for', { day: name })}
          onClick={() => onChange([...spans, nextSpan(spans)])}
        >
          {t('settings.hours_add')}
        </button>
      )}
    </li>
  )
}
