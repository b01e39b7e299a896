import { useEffect, useState } from 'react'
import { now } from './clock.ts'
import type { Translate } from './i18n.tsx'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** The time of day: 14:05. */
export const timeOfDay = (t: Translate, at: string | number): string =>
  t.format.date(at, { hour: '2-digit', minute: '2-digit' })

/** The moment in full, for titles and facts. */
export const fullMoment = (t: Translate, at: string | number): string =>
  t.format.date(at, { dateStyle: 'medium', timeStyle: 'short' })

/** How long, in the one unit that a person would say: 6 m, 3 h, 2 d. */
export function shortSpan(t: Translate, ms: number): string {
  const unit = (value: number, name: 'minute' | 'hour' | 'day') =>
    t.format.number(Math.max(0, Math.floor(value)), { style: 'unit', unit: name, unitDisplay: 'narrow' })
  if (ms < hourMs) return unit(ms / minuteMs, 'minute')
  return ms < dayMs ? unit(ms / hourMs, 'hour') : unit(ms / dayMs, 'day')
}

/** The same, in words for a sentence: 6 minutes. */
export function longSpan(t: Translate, ms: number): string {
  const unit = (value: number, name: 'minute' | 'hour' | 'day') =>
    t.format.number(Math.max(1, Math.floor(value)), { style: 'unit', unit: name, unitDisplay: 'long' })
  if (ms < hourMs) return unit(ms / minuteMs, 'minute')
  return ms < dayMs ? unit(ms / hourMs, 'hour') : unit(ms / dayMs, 'day')
}

/** Today the time, this week the day, earlier the date: fits a narrow margin. */
export function shortMoment(t: Translate, at: string, today: number): string {
  if (sameDay(Date.parse(at), today)) return timeOfDay(t, at)
  if (today - Date.parse(at) < 6 * dayMs) return t.format.date(at, { weekday: 'short' })
  return t.format.date(at, { day: 'numeric', month: 'short' })
}

/** A moment to come, as short as it is clear: today the time, this week the day and the time, later the date with it. */
export function comingMoment(t: Translate, at: string | number, today: number): string {
  const moment = typeof at === 'number' ? at : Date.parse(at)
  if (sameDay(moment, today)) return timeOfDay(t, moment)
  const time = { hour: '2-digit', minute: '2-digit' } as const
  if (moment > today && moment - today < 6 * dayMs) return t.format.date(moment, { weekday: 'short', ...time })
  const isThisYear = new Date(moment).getFullYear() === new Date(today).getFullYear()
  const year = isThisYear ? {} : ({ year: 'numeric' } as const)
  return t.format.date(moment, { day: 'numeric', month: 'short', ...year, ...time })
}

/** The same in full, with its day, for what is about to be decided. */
export const wholeMoment = (t: Translate, at: string | number): string =>
  t.format.date(at, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })

export function dayName(t: Translate, at: string, today: number): string {
  const moment = Date.parse(at)
  if (sameDay(moment, today)) return t('workspace.today')
  if (sameDay(moment, today - dayMs)) return t('workspace.yesterday')
  return t.format.date(at, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
}

export const sameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString()

/** The present, told again every half minute, so that waits grow on the screen. */
export function useNow(everyMs = 30_000): number {
  const [moment, setMoment] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => setMoment(now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return moment
}
