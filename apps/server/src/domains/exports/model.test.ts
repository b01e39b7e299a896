import type { ExportContent, ExportMasks } from '@clew/contract/exports'
import { growth } from '@clew/testkit/growth'
import { describe, expect, test } from 'vitest'
import { csvRows } from './csv.ts'
import { masked } from './masks.ts'
import { defaultPolicy, isFetchable, personalIn, whyApproval } from './model.ts'

const shown: ExportMasks = { email: 'shown', names: 'shown', bodies: 'shown', addresses: 'shown' }
const all = (mode: ExportMasks['email'], bodies: ExportMasks['bodies'] = 'shown'): ExportMasks => ({
  email: mode,
  names: mode,
  bodies,
  addresses: mode,
})
const mask = (value: unknown, kind: Parameters<typeof masked>[1], masks: ExportMasks, people: string[] = []) =>
  masked(value, kind, { masks, salt: 'salt', people })

describe('masks', () => {
  test.each([
    ['lena@company.example', 'email', 'l…@company.example'],
    ['Lena Novak', 'name', 'L. N.'],
    ['Ελένη Νικολάου', 'name', 'Ε. Ν.'],
    ['203.0.113.77', 'address', '203.0.113.0/24'],
    ['2001:db8:1:2::7', 'address', '2001:db8:1::/48'],
    ['https://app.example/a/b?token=1', 'address', 'https://app.example'],
    ['about:blank', 'address', '…'],
  ] as const)('%s is shortened to %s %s', (value, kind, short) => {
    expect(mask(value, kind, all('shortened'))).toBe(short)
  })

  test.each(['email', 'name', 'address', 'text', 'json'] as const)('hidden, a %s is nothing', (kind) => {
    expect(mask('x@y.example', kind, all('hidden', 'hidden'))).toBeNull()
  })

  test('equal values have equal hashes whatever their case, and others with another salt', () => {
    const hash = (value: string, salt: string) => masked(value, 'email', { masks: all('hashed'), salt, people: [] })
    expect(hash('Lena@company.example', 'a')).toBe(hash('lena@company.example ', 'a'))
    expect(hash('lena@company.example', 'a')).not.toBe(hash('lena@company.example', 'b'))
  })

  test('in what was written, addresses, pages and the names of those in it are masked too', () => {
    const text =
      'Ask LENA or Novak-Kern: (lena.novak@company.example), at https://app.example/x?a=1. From 10.1.2.3 or 2001:db8::1. Novakia stays, 12:30:15 and std::vector too.'
    expect(mask(text, 'text', all('hidden'), ['Lena Novak-Kern'])).toBe(
      'Ask [name] or [name]: ([email]), at [address] From [address] or [address]. Novakia stays, 12:30:15 and std::vector too.',
    )
    expect(mask('Η Ελένη, Ελένης', 'text', all('hidden'), ['Ελένη Νικολάου'])).toBe('Η [name], Ελένης')
    expect(mask({ a: ['from lena@company.example', 3], b: { c: true } }, 'json', all('hidden'))).toEqual({
      a: ['from [email]', 3],
      b: { c: true },
    })
    expect(mask('a'.repeat(50), 'text', all('shown', 'shortened'))).toBe(`${'a'.repeat(40)}…`)
  })

  test('a name with signs of a pattern in it is only a name', () => {
    expect(mask('so (.*)+ said', 'text', all('hidden'), ['(.*)+'])).toBe('so [name] said')
  })

  test.each(['a.', '1.', 'a:'])(
    'a text of nothing but %j is masked in the time that its length takes',
    async (piece) => {
      const hidden = (text: string) => mask(text, 'text', all('hidden'), ['Lena'])
      const ofCount = (count: number) => `${piece.repeat(count)}@`
      expect(await growth(hidden, ofCount, { from: 20_000, factor: 4 })).toBeLessThan(8)
    },
  )
})

describe('a second person', () => {
  const cases: ExportContent = { of: 'organisation', parts: ['cases'] }
  const usage: ExportContent = { of: 'organisation', parts: ['usage'] }
  test.each([
    [usage, 1_000, shown, []],
    [usage, 1_001, shown, ['rows']],
    [cases, 1, shown, ['personal']],
    [cases, 1, all('shortened', 'hidden'), ['personal']],
    [cases, 1, all('hashed', 'hidden'), []],
    [{ of: 'person', email: 'a@b.example' } as const, 1, all('hidden', 'hidden'), ['person']],
  ] as const)('looks at %j of %i rows', (content, rows, masks, why) => {
    expect(whyApproval({ content, rows, personal: personalIn(content, masks) }, defaultPolicy)).toEqual(why)
  })

  test('may be left out for what shows people, but never for everything of one', () => {
    const policy = { ...defaultPolicy, approvalForPersonal: false }
    const person: ExportContent = { of: 'person', email: 'a@b.example' }
    expect(whyApproval({ content: cases, rows: 1, personal: personalIn(cases, shown) }, policy)).toEqual([])
    expect(whyApproval({ content: person, rows: 1, personal: personalIn(person, shown) }, policy)).toEqual(['person'])
  })
})

test('an archive can be fetched until its time is over or it was fetched often enough', () => {
  const now = new Date('2026-11-24T08:00:00Z')
  const row = {
    state: 'ready',
    expiresAt: new Date('2026-11-24T08:00:01Z'),
    fetches: 2,
    controls: { ...defaultPolicy, maxFetches: 3 },
  } as unknown as Parameters<typeof isFetchable>[0]
  expect(isFetchable(row, now)).toBe(true)
  expect(isFetchable({ ...row, fetches: 3 }, now)).toBe(false)
  expect(isFetchable({ ...row, expiresAt: now }, now)).toBe(false)
  for (const state of ['waiting', 'building', 'expired', 'denied', 'cancelled', 'failed'] as const)
    expect(isFetchable({ ...row, state }, now)).toBe(false)
})

test('a cell never begins a formula, and numbers stay numbers', () => {
  const [line = ''] = csvRows('usage', [
    { export_id: 'x', day: '=1+1', meter: '@SUM', feature: '-a', quantity: -5 },
  ]).split('\r\n')
  expect(line).toBe("x,'=1+1,'@SUM,,'-a,,-5")
})
