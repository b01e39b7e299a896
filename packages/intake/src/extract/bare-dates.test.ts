import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { extractFacts } from '../extract.ts'
import type { Fact, TimestampValue } from '../facts.ts'
import { expectationsOf } from './expecting.ts'

/** A Saturday. */
const now = new Date('2026-11-28T14:00:00Z')
const zone = 'Europe/Athens'
type Language = 'en' | 'el' | 'greeklish'

function moments(text: string, language: Language, known: readonly Fact[] = []): TimestampValue[] {
  const locale = language === 'en' ? 'en' : 'el'
  return extractFacts(text, { locale, now, zone, known }).flatMap((fact) =>
    fact.field === 'timestamps' ? [fact.value] : [],
  )
}

const two = (part: number): string => String(part).padStart(2, '0')
type Day = { day: number; month: number }

/** How people write a day without its year. */
const written: readonly ((day: Day) => string)[] = [
  ({ day, month }) => `${day}/${month}`,
  ({ day, month }) => `${two(day)}/${two(month)}`,
  ({ day, month }) => `${day}.${month}.`,
  ({ day, month }) => `${two(day)}.${two(month)}.`,
]
/** Where day and clock stand in a message; `dash` where a day with a hyphen can be told from a range. */
const sentences: Record<Language, readonly ((day: string, clock: string) => string)[]> = {
  en: [
    (day, clock) => `upload failed ${day} at ${clock}`,
    (day, clock) => `${day}, ${clock}`,
    (day, clock) => `${day} ${clock} upload failed`,
    (day, clock) => `Date: ${day}, time ${clock}`,
    (day, clock) => `it broke on ${day} at ${clock}, nothing since`,
    (day, clock) => `error (${day}, ${clock})`,
    (day, clock) => `It failed.\n${day} at around ${clock}`,
  ],
  el: [
    (day, clock) => `απέτυχε ${day} στις ${clock}`,
    (day, clock) => `δεν ανεβαίνει (${day}, ${clock})`,
    (day, clock) => `${day}, ${clock} κόλλησε`,
    (day, clock) => `Ημερομηνία: ${day}, ώρα ${clock}`,
    (day, clock) => `στις ${day} στις ${clock} έπεσε`,
    (day, clock) => `${day} γύρω στις ${clock} κόπηκε η απάντηση`,
  ],
  greeklish: [
    (day, clock) => `den anebike ${day} stis ${clock}`,
    (day, clock) => `apetyxe to arxeio ${day}, ${clock}`,
    (day, clock) => `stis ${day} stis ${clock} epese to site`,
  ],
}
const languages = ['en', 'el', 'greeklish'] as const
const anyDay = fc.record({ day: fc.integer({ min: 1, max: 28 }), month: fc.integer({ min: 1, max: 12 }) })
const anyClock = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })

/** Days from now until the next such day. */
const ahead = ({ day, month }: Day): number => (Date.UTC(2026, month - 1, day) - Date.UTC(2026, 10, 28)) / 86_400_000

type Written = { language: Language; day: Day; clock: string; text: string; isSlash: boolean }

const isInDoubt = ({ language, day, isSlash }: Written): boolean => {
  const isMonthFirst = language === 'en' && isSlash && day.day <= 12 && day.day !== day.month
  return isMonthFirst || (day.day === 24 && day.month === 7) || (ahead(day) > 0 && ahead(day) <= 31)
}

function checkMoment(moment: TimestampValue | undefined, said: Written): void {
  const { day, clock, text } = said
  if (isInDoubt(said) || moment?.utc === undefined) {
    expect(moment, text).toMatchObject({ unclear: 'date' })
    expect(moment?.utc, text).toBeUndefined()
    return
  }
  const wall = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  const year = ahead(day) > 0 ? 2025 : 2026
  expect(wall.format(new Date(moment.utc)), text).toBe(`${two(day.day)}/${two(day.month)}/${year}, ${clock}`)
}

test('a clock beside a day is never put on another day, however it is written: it is read or it is asked', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...languages),
      fc.nat(),
      fc.constantFrom(...written),
      anyDay,
      anyClock,
      (language, place, write, day, { hour, minute }) => {
        const forms = sentences[language]
        const form = forms[place % forms.length]
        const clock = `${two(hour)}:${two(minute)}`
        const text = form?.(write(day), clock) ?? ''
        const [moment, ...more] = moments(text, language)
        expect(more, text).toEqual([])
        checkMoment(moment, { language, day, clock, text, isSlash: write(day).includes('/') })
      },
    ),
    { numRuns: 600, seed: 11 },
  )
})

describe('a day without its year', () => {
  test.each<[Language, string]>([
    ['en', 'upload failed 25/11 at 09:15'],
    ['en', '25/11, 09:15'],
    ['en', '25-11 09:15'],
    ['en', '25.11. 09:15'],
    ['en', 'Date: 25/11, time 09:15'],
    ['en', 'failed 11/25 at 09:15'],
    ['en', 'failed on the 25th at 09:15'],
    ['en', 'on the 25th my upload failed at 09:15'],
    ['en', 'Wednesday, 25/11 at 9:15'],
    ['en', 'failed 25/11 @ 9.15am'],
    ['el', 'απέτυχε 25/11 στις 09:15'],
    ['el', '(25/11, 9:15 π.μ.)'],
    ['el', 'στις 25.11 στις 9.15'],
    ['el', 'στις 25 του μήνα στις 9:15'],
    ['el', 'στις 25 στις 9:15'],
    ['el', 'την Τετάρτη 25/11 στις 9:15'],
    ['greeklish', 'den anebike 25/11 stis 9:15'],
  ])('is read in %s: %s', (language, text) => {
    expect(moments(text, language)).toMatchObject([{ utc: '2026-11-25T07:15:00.000Z', zone }])
  })

  test.each<[Language, string]>([
    ['el', 'την Τρίτη 25/11 στις 9:15'],
    ['greeklish', 'tin Triti 25/11 stis 9:15'],
    ['en', 'Tuesday 25/11 at 9:15'],
    ['en', 'on Tuesday the 25th at 9:15'],
    ['en', 'yesterday, 25/11, at 09:15'],
    ['en', '3/4 at 10:15 IST'],
    ['en', 'tomorrow is 29/11 they say, but it failed 29/11 at 09:15'],
    ['en', 'last week at 09:15 it broke'],
    ['en', 'it broke 2 weeks ago at 09:15'],
    ['el', 'την περασμένη εβδομάδα στις 9:15'],
  ])('that is in doubt is asked in %s: %s', (language, text) => {
    const [moment, ...more] = moments(text, language)
    expect(moment).toMatchObject({ unclear: 'date' })
    expect(moment?.utc).toBeUndefined()
    expect(more).toEqual([])
  })

  test.each([
    '3/5 files failed at 09:15',
    'Chrome 14.2, at 09:15',
    'your support is 24/7? it failed at 09:15',
    'I did steps 2-3, then at 09:15 it failed',
    'the 3rd time at 09:15 today',
    'version 25.11 failed at 09:15',
    'Last week I upgraded, and today at 09:15 it failed',
  ])('is told from other numbers: %s', (text) => {
    expect(moments(text, 'en')).toMatchObject([{ utc: '2026-11-28T07:15:00.000Z' }])
  })
})

describe('a day that no calendar has', () => {
  test.each<[Language, string]>([
    ['en', '31/02/2026 25:99'],
    ['en', 'it failed 31/02/2026'],
    ['en', '2026-02-31 10:00'],
    ['en', 'failed at 2026-02-30T10:00:00Z'],
    ['en', '2026-13-45 10:00'],
    ['en', 'on 31 June at 10:15'],
    ['en', '30/02/26 10:00'],
    ['el', 'στις 30/2 στις 10:00'],
    ['el', 'στις 30.2. στις 10:00'],
    ['el', '30 Φεβρουαρίου 2026'],
    ['el', '32/13/2026'],
  ])('is asked for in %s: %s', (language, text) => {
    const [moment, ...more] = moments(text, language)
    expect(moment).toMatchObject({ unclear: 'date' })
    expect(moment).not.toHaveProperty('local')
    expect(moment).not.toHaveProperty('utc')
    expect(more).toEqual([])
  })

  test('but a day of a leap year is one', () => {
    expect(moments('it failed 29/02/2024 at 10:00', 'en')).toMatchObject([{ utc: '2024-02-29T08:00:00.000Z' }])
  })
})

describe('what is counted is no clock', () => {
  test.each<[Language, string, string]>([
    [
      'en',
      'I have been using your product for about two years now and until last week it was fine. Since Tuesday morning uploads fail.',
      'Since Tuesday morning',
    ],
    ['en', 'Around three people see it, on Tuesday it began', 'on Tuesday'],
    ['el', 'Τις δύο τελευταίες εβδομάδες αργεί, την Τρίτη το πρωί έπεσε', 'την Τρίτη το πρωί'],
  ])('in %s: %s', (language, text, said) => {
    expect(moments(text, language)).toEqual([{ said, zone, unclear: 'time' }])
  })

  test.each([
    ['it broke at about two in the afternoon', '2026-11-28T12:00:00.000Z'],
    ['Since two weeks it is slow, today at 9:05 it broke', '2026-11-28T07:05:00.000Z'],
  ])('but a clock is: %s', (text, utc) => {
    expect(moments(text, 'en')).toMatchObject([{ utc }])
  })
})

test('the day that was asked for goes with the clock that was told before', () => {
  const at = '2026-11-28T13:59:00.000Z'
  const [first] = moments('upload failed 3/4 at 10:15', 'en')
  if (!first) throw new Error('no moment was read')
  const known: Fact[] = [{ field: 'timestamps', value: first, source: 'contact', at }]
  const expecting = expectationsOf('On which day was that?')
  const facts = extractFacts('3 April', { locale: 'en', now, zone, known, expecting })
  expect(facts).toMatchObject([{ value: { utc: '2026-04-03T07:15:00.000Z', zone } }])
})
