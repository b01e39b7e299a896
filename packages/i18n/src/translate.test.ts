import { describe, expect, test } from 'vitest'
import { catalogue as errorsEl } from './generated/errors.el.ts'
import { catalogue as siteEl } from './generated/site.el.ts'
import { catalogue as siteEn } from './generated/site.en.ts'
import { createFormat, createT, fill, negotiateLocale, slot } from './index.ts'

describe('t()', () => {
  const en = createT('en', siteEn)
  const el = createT({ locale: 'el', timeZone: 'Europe/Athens' }, siteEl, errorsEl)

  test('counts in the plural of the language, with its thousands separator', () => {
    expect(en('site.search_results', { count: 1 })).toBe('1 article found')
    expect(en('site.search_results', { count: 1234 })).toBe('1,234 articles found')
    expect(el('site.search_results', { count: 0 })).toBe('Δεν βρέθηκαν άρθρα')
    expect(el('site.search_results', { count: 1234 })).toBe('Βρέθηκαν 1.234 άρθρα')
  })

  test('speaks from every catalogue it was given', () => {
    expect(el('errors.internal.error')).toMatch(/^Κάτι πήγε στραβά/)
  })

  test('finds a message by a key from the wire, and nothing for an unknown one', () => {
    expect(el.find('errors.conversation.not_found', { id: 'c1' })).toBe('Δεν βρήκαμε αυτή τη συνομιλία.')
    expect(el.find('errors.no_such_code')).toBeUndefined()
    expect(el.find('__proto__')).toBeUndefined()
    expect(el.find('site.search_results', { count: Number.NaN })).toContain('άρθρα')
  })

  test('the compiler refuses an unknown key, a missing parameter and a wrong one', () => {
    // @ts-expect-error the namespace was not given
    en('errors.internal.error')
    // @ts-expect-error count is missing
    en('site.search_results')
    // @ts-expect-error count is a number
    en('site.search_results', { count: '3' })
    // @ts-expect-error takes nothing
    en('site.help_centre', { count: 3 })
  })
})

describe('formats', () => {
  const moment = new Date('2026-11-24T12:05:00Z')

  test('Greek dates name the month in the genitive, with a twenty-four hour clock in the given zone', () => {
    const format = createFormat('el', 'Europe/Athens')
    expect(format.date(moment, { dateStyle: 'long' })).toBe('24 Νοεμβρίου 2026')
    expect(format.date(moment, { timeStyle: 'short' })).toBe('14:05')
    expect(format.number(1234.5)).toBe('1.234,5')
  })

  test('English dates are British', () => {
    const format = createFormat('en', 'Europe/London')
    expect(format.date(moment, { dateStyle: 'long', timeStyle: 'short' })).toBe('24 November 2026 at 12:05')
  })

  test('the hour that clocks repeat is told apart by its instant, not lost', () => {
    const format = createFormat('en', 'Europe/Athens')
    const time = (iso: string) => format.date(iso, { timeStyle: 'short' })
    expect([time('2026-10-25T00:30:00Z'), time('2026-10-25T01:30:00Z')]).toEqual(['03:30', '03:30'])
    expect([time('2026-03-29T00:59:00Z'), time('2026-03-29T01:00:00Z')]).toEqual(['02:59', '04:00'])
  })

  test('a date that is none is written as nothing', () => {
    expect(createFormat('en').date('soon', { dateStyle: 'long' })).toBe('')
  })

  test('a choice outside the list takes the other branch, inherited names included', () => {
    expect(createFormat('en').select('constructor', { open: 'Open', other: 'Other' })).toBe('Other')
  })
})

describe('slots', () => {
  test('a sentence is cut where a link goes', () => {
    const link = { href: '/guide' }
    expect(fill(`Read ${slot('guide')} first.`, { guide: link })).toEqual(['Read ', link, ' first.'])
  })

  test('a slot that nobody fills leaves no mark', () => {
    expect(fill(`Read ${slot('toString')}.`, {})).toEqual(['Read ', '.'])
  })
})

describe('negotiating the language', () => {
  test.each([
    ['el', 'el'],
    ['el-GR,el;q=0.9,en;q=0.8', 'el'],
    ['en;q=0.5, el;q=0.7', 'el'],
    ['de, fr;q=0.9, EL-cy;q=0.2', 'el'],
    ['el;q=0, de', 'en'],
    ['de', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [undefined, 'en'],
    ['el;q=banana', 'en'],
  ])('%j is answered in %s', (header, locale) => {
    expect(negotiateLocale(header)).toBe(locale)
  })

  test('an endless header is read no further than a real one goes', () => {
    expect(negotiateLocale(`${'x,'.repeat(100_000)}el`)).toBe('en')
  })
})
