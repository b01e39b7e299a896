import { expect, test } from 'vitest'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'

test('ten codes, each other than the rest, in groups of four', () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) expect(code).toMatch(/^[A-Z0-9]{4}(-[A-Z0-9]{4}){3}$/)
})

test('a code is the same however it was copied', () => {
  const hash = hashRecoveryCode('AB01-CDEF-GHJK-MNPQ')
  expect(hashRecoveryCode(' abol cdef ghjk mnpq ')).toEqual(hash)
  expect(hashRecoveryCode('AB01CDEFGHJKMNPR')).not.toEqual(hash)
})
