import { describe, expect, test } from 'vitest'
import { catalogue as errorsEl } from './generated/errors.el.ts'
import { catalogue as errorsEn } from './generated/errors.en.ts'
import {
  type Catalogue,
  createFormat,
  createT,
  fill,
  languageTag,
  locales,
  type Message,
  type Namespace,
  negotiateLocale,
  slot,
} from './index.ts'

// As the build writes it, apart from the keys of today's catalogues.
function catalogueOf(messages: Record<string, Message<undefined> | Message<{ count: number }>>): Catalogue<Namespace> {
  return { namespace: 'site', messages } as unknown as Catalogue<Namespace>
}

describe('t()', () => {
  const files = catalogueOf({
    'x.files': (p, f) =>
      f.plural(p.count, { '=0': 'κανένα αρχείο', one: '1 αρχείο', other: `${f.number(p.count)} αρχεία` }),
    'x.title': 'Αρχεία',
  })
  const t = createT({ locale: 'el', timeZone: 'Europe/Athens' }, files, errorsEl)

  test('counts in the plural of the language, with its thousands separator', () => {
    expect([0, 1, 1234].map((count) => t.find('x.files', { count }))).toEqual([
      'κανένα αρχείο',
      '1 αρχείο',
      '1.234 αρχεία',
    ])
  })

  test('speaks from every catalogue it was given', () => {
    expect(t('errors.internal.error')).toMatch(/\p{Script=Greek}/u)
    expect(t.find('x.title')).toBe('Αρχεία')
  })

  test('a key from the wire that is unknown, or a parameter that is missing or wrong, does no harm', () => {
    expect(t.find('errors.no_such_code')).toBeUndefined()
    expect(t.find('__proto__')).toBeUndefined()
    expect(t.find('errors.file.too_large')).not.toContain('undefined')
    expect(t.find('x.files', { count: 'many' })).toContain('αρχεία')
  })

  test('the compiler refuses an unknown key, a missing parameter and a wrong one', () => {
    const en = createT('en', errorsEn)
    // @ts-expect-error the namespace was not given
    en('site.help_centre')
    // @ts-expect-error the limit is missing
    en('errors.file.too_large')
    // @ts-expect-error the limit is a text or a number
    en('errors.file.too_large', { limitMb: true })
    // @ts-expect-error takes nothing
    en('errors.internal.error', { count: 3 })
    expect(en('errors.file.too_large', { limitMb: 25 })).toContain('25 MB')
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

  test('a whole number is written as the platform writes it, short or long', () => {
    for (const locale of locales) {
      const { number, text } = createFormat(locale)
      const platform = new Intl.NumberFormat(languageTag(locale))
      for (const value of [0, 7, 999, 1_000, 1_001, 12_345, -1, -999, -1_000, 0.5, -12.75, Number.NaN, 1e21]) {
        expect(number(value)).toBe(platform.format(value))
        expect(text(value)).toBe(platform.format(value))
      }
    }
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
