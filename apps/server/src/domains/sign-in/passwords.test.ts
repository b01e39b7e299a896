import { hash } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { hashPassword, isPassword, isWeak, parametersOf } from './passwords.ts'

test('a password is hashed with Argon2id and at least the OWASP minimum, read back from the hash', async () => {
  const stored = await hashPassword('granite meadow whistle')
  const made = parametersOf(stored)
  expect(made?.type).toBe('argon2id')
  expect(made?.memoryCost).toBeGreaterThanOrEqual(19_456)
  expect(made?.timeCost).toBeGreaterThanOrEqual(2)
  expect(made?.parallelism).toBe(1)
  expect(isWeak(stored)).toBe(false)
})

test('a hash with less is weak, and so is what we cannot read', async () => {
  expect(isWeak(await hash('x', { memoryCost: 8192, timeCost: 2, parallelism: 1 }))).toBe(true)
  expect(isWeak(await hash('x', { memoryCost: 19_456, timeCost: 1, parallelism: 1 }))).toBe(true)
  expect(isWeak('$2b$10$abc')).toBe(true)
})

test('a password that is typed with other code points is the same', async () => {
  const stored = await hashPassword('caf\u00e9 granite meadow')
  expect(await isPassword(stored, 'cafe\u0301 granite meadow')).toBe(true)
  expect(await isPassword(stored, 'cafe granite meadow')).toBe(false)
  expect(await isPassword(undefined, 'no account has this password')).toBe(false)
})
