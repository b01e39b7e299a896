import { growth } from '@clew/testkit/growth'
import { expect, test } from 'vitest'
import { createPseudonymiser } from './pseudonym.ts'
import { redactText } from './redact-text.ts'

const FOUND: readonly [kind: string, text: string, secret: string][] = [
  ['api_key', 'use sk-ant-api03-abcdEFGH1234ijklMNOP here', 'sk-ant-api03-abcdEFGH1234ijklMNOP'],
  ['api_key', 'sk_live_4eC39HqLyjWDarjtT1zdp7dc', 'sk_live_4eC39HqLyjWDarjtT1zdp7dc'],
  ['api_key', 'ghp_0123456789abcdefABCDEF0123456789abcd', 'ghp_0123456789abcdefABCDEF0123456789abcd'],
  ['api_key', 'id AKIAIOSFODNN7EXAMPLE end', 'AKIAIOSFODNN7EXAMPLE'],
  ['api_key', 'AIzaSyA1234567890abcdefghijklmnopqrstuv', 'AIzaSyA1234567890abcdefghijklmnopqrstuv'],
  ['api_key', 'xoxb-123456789012-abcdefABCDEF', 'xoxb-123456789012-abcdefABCDEF'],
  ['api_key', 'glpat-abcdefGHIJKL12345678', 'glpat-abcdefGHIJKL12345678'],
  ['api_key', 'npm_abcdefghijklmnopqrstuvwxyz0123456789', 'npm_abcdefghijklmnopqrstuvwxyz0123456789'],
  ['api_key', 'SG.abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG', 'SG.abcdefghijklmnopqrstuv'],
  ['api_key', 'SK0123456789abcdef0123456789abcdef', 'SK0123456789abcdef0123456789abcdef'],
  ['private_key', '-----BEGIN EC PRIVATE KEY-----\nabc\n-----END EC PRIVATE KEY-----', 'abc'],
  ['private_key', '-----BEGIN OPENSSH PRIVATE KEY-----\ncut off', 'cut off'],
  ['jwt', 'x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl y', 'eyJzdWIiOiIxIn0'],
  ['bearer', 'authorization was Bearer abcdef1234567890', 'abcdef1234567890'],
  ['password', 'password=hunter2&x=1', 'hunter2'],
  ['password', '{"passwd": "hun\\"ter2"}', 'ter2'],
  ['password', '{\\"pwd\\":\\"hunter2\\"}', 'hunter2'],
  ['token', 'client_secret: abc', 'abc'],
  ['cookie', 'Cookie: a=b; c=d', 'c=d'],
  ['email', 'write jane.doe+x@mail.customer.example now', 'jane.doe+x@mail.customer.example'],
  ['email', `${'a'.repeat(100)}@customer.example`, 'aaaa@customer.example'],
  ['email', 'Γιώργος γράφει από γιώργος@παράδειγμα.ελ', 'γιώργος@παράδειγμα.ελ'],
  ['card', 'card 4111 1111 1111 1111.', '4111 1111 1111 1111'],
  ['card', '5500-0000-0000-0004', '5500-0000-0000-0004'],
  ['iban', 'to GR16 0110 1250 0000 0001 2300 695 please', 'GR16 0110 1250 0000 0001 2300 695'],
  ['iban', 'DE89370400440532013000', 'DE89370400440532013000'],
  ['phone', 'call +30 694 123 4567 today', '694 123 4567'],
  ['phone', 'τηλ. 2101234567', '2101234567'],
  ['phone', '(415) 555-2671', '(415) 555-2671'],
  ['ip', 'from 198.51.100.23 to', '198.51.100.23'],
  ['ip', 'from 2001:db8::ff00:42:8329 to', '2001:db8::ff00:42:8329'],
  ['national_id', 'ΑΦΜ 090000045', '090000045'],
  ['national_id', 'VAT EL090000045', 'EL090000045'],
  ['national_id', 'ΑΜΚΑ 01018012342', '01018012342'],
  ['secret', 'blob 9aF3kL0pQx7ZbT2mWc8YvR1 end', '9aF3kL0pQx7ZbT2mWc8YvR1'],
]

test.each(FOUND)('%s is removed from: %s', (kind, text, secret) => {
  const result = redactText(text)
  expect(result.text).not.toContain(secret)
  expect(result.removed.map((entry) => entry.kind)).toContain(kind)
})

const KEPT: readonly string[] = [
  'Chrome/147.0.0.0 and version 1.2.3.4 of the app/1.2.3.4',
  'at 12:34:56 on 2026-11-24, 1700000000123 ms',
  'req_9f8e7d6c5b4a3210AbCd chatcmpl-9aF3kL0pQx7ZbT2mWc8YvR1 8f2a1b3c4d5e6f70-ATH',
  '550e8400-e29b-41d4-a716-446655440000',
  'trace id: 4bf92f3577b34da6a3ce929d0e0e4736',
  'org-9aF3kL0pQx7ZbT2mWc8YvR1d proj_9aF3kL0pQx7ZbT2mWc8YvR1d',
  'The file is larger than 20 MB (20481337 bytes).',
  'token_type: bearer, password: required',
  '4111111111111112',
  'GR16 0110 1250 0000 0001 2300 696',
  'number 090000046 and 123456789',
  'max-age=31536000; includeSubDomains; preload',
  'application-internationalisation-settings-controller',
  '[token:3f9a, 64 chars] and [cookie:0a1b,12chars]',
]

test.each(KEPT)('nothing is removed from: %s', (text) => {
  expect(redactText(text)).toEqual({ text, removed: [], values: [] })
})

test('a pseudonymiser tags equal values equally and says how long they were', () => {
  const pseudonymiser = createPseudonymiser(new Uint8Array(16).fill(3))
  const { text } = redactText('a jane@customer.example b jane@customer.example c joe@customer.example', {
    pseudonymiser,
  })
  const tags = Array.from(text.matchAll(/\[email:([0-9a-f]{4}), (\d+) chars\]/g))
  expect(tags.map((tag) => tag[2])).toEqual(['21', '21', '20'])
  expect(tags[0]?.[1]).toBe(tags[1]?.[1])
  expect(tags[0]?.[1]).not.toBe(tags[2]?.[1])
  expect(redactText(text, { pseudonymiser }).text).toBe(text)
})

test('only the kinds that are asked for are removed', () => {
  expect(redactText('jane@customer.example 4111111111111111', { kinds: ['card'] }).text).toBe(
    'jane@customer.example [card]',
  )
})

test.each([
  ' ',
  'a',
  '1',
  '1 ',
  '1.',
  ':',
  'a:',
  '@',
  'a@a.',
  'eyJ',
  'eyJaaaaaa.',
  'password=',
  'password="',
  'sk-',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN ',
  'Bearer ',
  'AA00',
  'cookie: a=',
  '+30 ',
  '[a, 1',
])('a text of nothing but %j is read in linear time', async (piece) => {
  const ofLength = (length: number) => piece.repeat(length / piece.length)
  expect(await growth(redactText, ofLength, { from: 40_000, factor: 4 })).toBeLessThan(8)
})
