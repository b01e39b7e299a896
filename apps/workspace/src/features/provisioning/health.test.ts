import type { ProvisioningConnection, ScimToken } from '@clew/contract/provisioning'
import { expect, test } from 'vitest'
import { endingToken, healthOf, rotationOf, worstOf } from './health.ts'

const now = Date.parse('2026-11-24T08:00:00Z')
const inDays = (days: number) => new Date(now + days * 86_400_000).toISOString()
const token = (state: ScimToken['state'], days: number): ScimToken => ({ state, expiresAt: inDays(days) }) as ScimToken
const connection = (name: string, rest: Partial<ProvisioningConnection>): ProvisioningConnection =>
  ({
    name,
    tokens: [token('active', 200)],
    counts: { users: 1, active: 1, groups: 0, changesToday: 0, refusedToday: 0 },
    contactedAt: inDays(0),
    ...rest,
  }) as ProvisioningConnection

test.each([
  ['without a token that works it is off', { tokens: [token('revoked', 9), token('expired', -1)] }, 'off'],
  ['a replaced token still works', { tokens: [token('replaced', 3)] }, 'working'],
  ['nobody has called', { contactedAt: undefined }, 'waiting'],
] as const)('%s', (_name, rest, health) => {
  expect(healthOf(connection('a', rest as Partial<ProvisioningConnection>))).toBe(health)
})

test('a token that ends soon counts only where nothing lasts longer', () => {
  expect(endingToken(connection('a', { tokens: [token('active', 9), token('active', 300)] }), now)).toBeUndefined()
  expect(endingToken(connection('a', { tokens: [token('active', 9)] }), now)?.expiresAt).toBe(inDays(9))
})

test('the worst connection is spoken of first', () => {
  const off = connection('off', { tokens: [] })
  const ending = connection('ending', { tokens: [token('active', 5)] })
  const fine = connection('fine', {})
  expect(worstOf([fine, off], now)?.name).toBe('off')
  expect(worstOf([fine, off, ending], now)?.name).toBe('ending')
  expect(worstOf([], now)).toBeUndefined()
})

test('a token is being replaced while the old one works beside the newest', () => {
  const made = (state: ScimToken['state'], hint: string, days: number) =>
    ({ ...token(state, 9), hint, createdAt: inDays(-days) }) as ScimToken
  const tokens = [made('revoked', 'a', 1), made('active', 'b', 20), made('active', 'c', 2), made('replaced', 'd', 90)]
  expect(rotationOf(tokens)).toMatchObject({ old: { hint: 'd' }, next: { hint: 'c' } })
  expect(rotationOf(tokens.slice(0, 3))).toBeUndefined()
})
