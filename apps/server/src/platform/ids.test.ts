import { expect, test } from 'vitest'
import { hashToken, newToken, uuidv7 } from './ids.ts'

test('an id carries its version and variant, and sorts by the time it was made', () => {
  const early = uuidv7(1_700_000_000_000)
  const late = uuidv7(1_700_000_000_001)
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(early < late).toBe(true)
})

test('a token has 256 bits and is stored as something else', () => {
  const token = newToken()
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect(hashToken(token).toString('base64url')).not.toBe(token)
})
