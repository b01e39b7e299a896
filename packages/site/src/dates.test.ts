import { createT } from '@clew/i18n'
import { expect, test } from 'vitest'
import { longDay, shortDay, timeOfDay, weekDay, zoneName } from './dates.ts'
import { sampleSite } from './testing/samples.ts'

const at = new Date('2026-11-24T22:30:00Z')

test("days and times are those of the site's zone, in the reader's words", () => {
  const [en, el] = [sampleSite('en'), sampleSite('el')]
  expect([shortDay(en, at), longDay(en, at), weekDay(en, at), timeOfDay(en, at)]).toEqual([
    '25 Nov',
    '25 November 2026',
    'Wed 25 Nov',
    '00:30',
  ])
  expect([shortDay(el, at), longDay(el, at), timeOfDay(el, at)]).toEqual(['25 Νοε', '25 Νοεμβρίου 2026', '00:30'])
})

test('a time is never without its zone, summer and winter', () => {
  expect(zoneName(sampleSite('en'), at)).toBe('UTC+2')
  expect(zoneName(sampleSite('el'), new Date('2026-07-01T12:00:00Z'))).toBe('UTC+3')
  expect(zoneName(sampleSite('en', { t: createT({ locale: 'en', timeZone: 'Asia/Kolkata' }) }), at)).toBe('UTC+5:30')
  expect(zoneName(sampleSite('en', { t: createT({ locale: 'en', timeZone: 'UTC' }) }), at)).toBe('UTC')
})
