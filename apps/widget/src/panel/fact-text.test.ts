import { createT } from '@clew/i18n'
import { catalogue as el } from '@clew/i18n/generated/case.el'
import { catalogue as en } from '@clew/i18n/generated/case.en'
import { expect, test } from 'vitest'
import { factText, typedMoment } from './fact-text.ts'

const timeZone = 'Europe/Athens'
const words = {
  en: createT<'case' | 'intake'>({ locale: 'en', timeZone }, en),
  el: createT<'case' | 'intake'>({ locale: 'el', timeZone }, el),
}
const utc = '2026-11-24T08:00:00.000Z'

test('a moment stands as it was said, and one of a recording by the clock of the reader', () => {
  const said = { field: 'timestamps', value: { said: 'this morning', zone: 'Europe/Athens', utc }, at: utc } as const
  expect(factText({ ...said, source: 'contact' }, words.en)).toBe('this morning, Europe/Athens')
  const recorded = { ...said, value: { said: '2026-11-24 08:00:00 UTC', utc }, source: 'har' } as const
  expect(factText(recorded, words.en)).toBe('24 Nov 2026, 10:00')
  expect(factText(recorded, words.el)).toMatch(/^24 Νοε 2026, 10:00/)
})

test('a moment to correct is one that could have been typed: of a recording by the clock of the reader, to the second', () => {
  const recorded = {
    field: 'timestamps',
    value: { said: '2026-11-24 08:00:07 UTC', utc: '2026-11-24T08:00:07.000Z' },
    source: 'har',
    at: utc,
  } as const
  expect(typedMoment(recorded, words.en)).toBe('24 Nov 2026, 10:00:07')
  expect(typedMoment(recorded, words.el)).toBe('24 Νοε 2026, 10:00:07')
  expect(typedMoment({ ...recorded, value: { said: 'χθες στις 5' }, source: 'contact' }, words.el)).toBe('χθες στις 5')
})
