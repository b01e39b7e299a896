import { expect, test } from 'vitest'
import { appAddress, newAppSecret, qrCode, stepOf } from './authenticator-app.ts'

// The secret and the moments of RFC 6238, appendix B, with six digits.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
])('%i seconds after the epoch the code is %s', (seconds, code) => {
  expect(stepOf(secret, code, new Date(seconds * 1000))).toBe(Math.floor(seconds / 30))
})

test('a code of the step before or after is taken, and says which it was; of another it is not', () => {
  const at = new Date(1_234_567_890_000)
  const step = Math.floor(1_234_567_890 / 30)
  expect(stepOf(secret, '005924', new Date(at.getTime() + 30_000))).toBe(step)
  expect(stepOf(secret, '005924', new Date(at.getTime() - 30_000))).toBe(step)
  expect(stepOf(secret, '005924', new Date(at.getTime() + 90_000))).toBeUndefined()
})

test('a new secret has 160 random bits, and its address is a picture', () => {
  const made = newAppSecret()
  expect(made).toMatch(/^[A-Z2-7]{32}$/)
  expect(newAppSecret()).not.toBe(made)
  const address = appAddress(made, { issuer: 'Northlight', label: 'olga@team.example' })
  expect(address).toMatch(/^otpauth:\/\/totp\/.+secret=/)
  expect(qrCode(address)).toMatch(/^<svg/)
})
