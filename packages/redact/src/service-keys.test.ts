import { expect, test } from 'vitest'
import { redactText } from './redact-text.ts'
import { SERVICE_KEY, SERVICE_KEY_COUNT } from './service-keys.ts'

const LETTERS = 'aB3dE5gH7jK9mN2pQ4sT6vW8xY1zA3cD5fG7hJ9kL2nP4rS6tU8wX1yZ3bC5eF7gH9jK2mN4pQ6rS8tV1wX3yZ5'
const HEX = '3f9a1c7e5b2d8064'.repeat(8)
const DIGITS = '4829105736'.repeat(3)

const KEYS: readonly [service: string, key: string][] = [
  ['a model provider', `sk-proj-${LETTERS.slice(0, 48)}`],
  ['another model provider', `gsk_${LETTERS.slice(0, 52)}`],
  ['a model hub', `hf_${LETTERS.slice(0, 34)}`],
  ['a payment provider', `rk_live_${LETTERS.slice(0, 24)}`],
  ['a code host', `ghp_${LETTERS.slice(0, 36)}`],
  ['its fine-grained token', `github_pat_${LETTERS.slice(0, 40)}`],
  ['another code host', `glpat-${LETTERS.slice(0, 20)}`],
  ['a package registry', `npm_${LETTERS.slice(0, 36)}`],
  ['a cloud', 'AKIAQ3EGRZ7XN5T2WVLK'],
  ['a map service', `AIza${LETTERS.slice(0, 35)}`],
  ['a cloud database', `dapi${HEX.slice(0, 32)}`],
  ['a chat service', `xoxb-${DIGITS.slice(0, 12)}-${LETTERS.slice(0, 24)}`],
  ['a mail service', `SG.${LETTERS.slice(0, 22)}.${LETTERS.slice(20, 63)}`],
  ['another mail service', `xkeysib-${HEX.slice(0, 64)}-${LETTERS.slice(0, 16)}`],
  ['an issue tracker', `ATATT3${LETTERS.slice(0, 60)}`],
  ['a shop', `shpat_${HEX.slice(0, 32)}`],
  ['a monitor', `glsa_${LETTERS.slice(0, 32)}_${HEX.slice(0, 8)}`],
  ['a secret store', `hvs.${LETTERS.slice(0, 40)}`],
  ['a private network', `tskey-auth-${LETTERS.slice(0, 12)}-${LETTERS.slice(10, 40)}`],
]

test.each(KEYS)('the key of %s is found in a sentence and in an address', (_, key) => {
  for (const text of [`Incorrect key provided: ${key}.`, `https://api.example/v1?x=${key}&y=1`]) {
    expect(redactText(text, { kinds: ['api_key'] }).text).not.toContain(key)
  }
})

test('more than forty services are known', () => {
  expect(SERVICE_KEY_COUNT).toBeGreaterThan(40)
})

const HARMLESS = [
  'sk-button sk-header-large',
  'req_9aF3kL0pQx7ZbT2mWc8YvR1d',
  'key-value-store',
  'main.8f3a2c1d9e4b7a60.js',
  'pat-turn',
  'ghp_short',
  'the secret_of_my_success',
]

test.each(HARMLESS)('%s is no key', (text) => {
  expect(text.match(SERVICE_KEY)).toBeNull()
})
