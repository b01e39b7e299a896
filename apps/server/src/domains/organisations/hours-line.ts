import type { Locale } from '@clew/contract/primitives'
import type { OpeningHours } from '@clew/contract/settings'
import { createT, type T } from '@clew/i18n'
import * as hoursEl from '@clew/i18n/generated/hours.el'
import * as hoursEn from '@clew/i18n/generated/hours.en'
import { nextOpening, openUntil } from '@clew/intake/hours'

type Reader = {
  locale: Locale
  now: Date /** The reader's zone; without it, times are the team's and say so. */
  timeZone: string | undefined
}

const dayMs = 86_400_000
const maxReaders = 200
const readers = new Map<string, T<'hours'>>()

/** One sentence about when people answer, in the reader's language and zone; undefined where it is never. */
export function hoursLine(opening: OpeningHours, { locale, now, timeZone }: Reader): string | undefined {
  const t = wordsFor(locale, timeZone ?? opening.timeZone)
  const until = openUntil(opening, now)
  if (until === 'never') return t('hours.always')
  const moment = until ?? nextOpening(opening, now)
  if (moment === undefined) return undefined
  const values = {
    time: t.format.date(moment, { hour: '2-digit', minute: '2-digit' }),
    day: dayName(t, moment, now),
    near: nearness(t, moment, now),
    zone: timeZone === undefined ? ('team' as const) : ('reader' as const),
  }
  return until === undefined ? t('hours.back', values) : t('hours.until', values)
}

const dayOf = (t: T<'hours'>, moment: Date): string =>
  t.format.date(moment, { day: 'numeric', month: 'numeric', year: 'numeric' })

function nearness(t: T<'hours'>, moment: Date, now: Date): 'today' | 'tomorrow' | 'later' {
  if (dayOf(t, moment) === dayOf(t, now)) return 'today'
  // By the calendar, not by hours: a day may have 23 or 25 of them.
  const isNext = [20, 24, 28].some(
    (hours) => dayOf(t, new Date(now.getTime() + hours * 3_600_000)) === dayOf(t, moment),
  )
  return isNext && moment.getTime() - now.getTime() < 2 * dayMs ? 'tomorrow' : 'later'
}

const dayName = (t: T<'hours'>, moment: Date, now: Date): string =>
  moment.getTime() - now.getTime() < 6 * dayMs
    ? t.format.date(moment, { weekday: 'long' })
    : t.format.date(moment, { weekday: 'long', day: 'numeric', month: 'long' })

/** Making the formats of a zone costs more than a page: the ones in use are kept, as many as there are zones. */
function wordsFor(locale: Locale, timeZone: string): T<'hours'> {
  const name = `${locale} ${timeZone}`
  const found = readers.get(name)
  if (found) return found
  if (readers.size >= maxReaders) readers.clear()
  const made = createT({ locale, timeZone }, locale === 'el' ? hoursEl.catalogue : hoursEn.catalogue)
  readers.set(name, made)
  return made
}
