import { expect, test } from 'vitest'
import { isComplete, phraseOf } from './rule-model.ts'

test('what is typed is what people lose most by', () => {
  expect(
    phraseOf([{ code: 'passwords_stay' }, { code: 'signs_out', count: 2 }, { code: 'cannot_sign_in', count: 3 }]),
  ).toEqual({ code: 'cannot_sign_in', count: 3 })
  expect(phraseOf([{ code: 'from_now_on' }])).toBeUndefined()
})

test('a half-typed range is not asked about', () => {
  const of = (range: string) => isComplete('ip_allow_list', { ranges: [{ range, note: '' }] })
  expect(['', '10', '10.0.0.0/', 'office', '10.0.0.0/8', '2001:db8::/32', ' 192.0.2.1 '].map(of)).toEqual([
    false,
    false,
    false,
    false,
    true,
    true,
    true,
  ])
})

test('an empty number and no way to sign in are not asked about', () => {
  expect(isComplete('sessions', { idleMinutes: Number.NaN, absoluteHours: 1 })).toBe(false)
  expect(isComplete('passwords', { minLength: 12, ways: [] })).toBe(false)
  expect(isComplete('passwords', { minLength: 12, ways: ['passkey'] })).toBe(true)
})
