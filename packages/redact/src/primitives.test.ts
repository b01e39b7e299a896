import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAfm, isAmka, isCardNumber, isIban, isIpv4, isIpv6 } from './checksums.ts'
import { decodedViews, fromBase64, needleForms, toBase64 } from './encodings.ts'
import { classifyName } from './names.ts'
import { createNeedleFinder } from './needles.ts'
import { createPseudonymiser, isPlaceholder } from './pseudonym.ts'
import { sipHash } from './siphash.ts'

const KEY = Uint8Array.from({ length: 16 }, (_, i) => i)

test('SipHash-2-4 gives the values of its authors', () => {
  const message = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i)
  // From the reference vectors, which print the bytes in little-endian order.
  expect(sipHash(KEY, message(0))).toBe('726fdb47dd0e0e31')
  expect(sipHash(KEY, message(1))).toBe('74f839c593dc67fd')
  expect(sipHash(KEY, message(8))).toBe('93f5f5799a932462')
  expect(sipHash(KEY, message(15))).toBe('a129ca6149be45e5')
})

test('placeholders are recognised, and nothing else is', () => {
  const { placeholder, compact } = createPseudonymiser(KEY)
  expect(placeholder('cookie', 'x'.repeat(64))).toMatch(/^\[cookie:[0-9a-f]{4}, 64 chars\]$/)
  for (const text of [
    placeholder('a', 'b'),
    compact('a', 'b'),
    '[string, 12 chars]',
    '[graphql, 5 chars, operation "Login"]',
  ]) {
    expect(isPlaceholder(text)).toBe(true)
  }
  for (const text of [
    '',
    '[]',
    '[a]',
    '[token:zzzz, 3 chars]',
    'x[a, 1 chars]',
    '[a, 1 chars]x',
    '[a, 1 chars',
    '[secret value, 1 pounds]',
  ]) {
    expect(isPlaceholder(text)).toBe(false)
  }
})

test('check digits of cards, accounts, Greek tax and social security numbers', () => {
  expect([
    isCardNumber('4111111111111111'),
    isCardNumber('4111111111111112'),
    isCardNumber('4444444444444444'),
  ]).toEqual([true, false, false])
  expect([isIban('GR1601101250000000012300695'), isIban('GR1601101250000000012300696')]).toEqual([true, false])
  expect([isAfm('090000045'), isAfm('090000046'), isAfm('000000000')]).toEqual([true, false, false])
  expect([isAmka('01018012342'), isAmka('01018012343'), isAmka('32018012347')]).toEqual([true, false, false])
  expect([isIpv4('1.2.3.4'), isIpv4('1.2.3.256'), isIpv6('::1'), isIpv6('12:34:56'), isIpv6('1::2::3')]).toEqual([
    true,
    false,
    true,
    false,
    false,
  ])
})

test('names say what their values are, in any spelling', () => {
  const expected: Record<string, string | undefined> = {
    Password: 'password', newPassword: 'password', 'user[password]': 'password', κωδικός: 'password', otp: 'password',
    'X-Api-Key': 'token', accessToken: 'token', client_secret: 'token', JSESSIONID: 'token', 'x-csrf-token': 'token', id_token: 'token', sessionKey: 'token',
    'Set-Cookie': 'cookie', userEmail: 'email', login_hint: 'email', first_name: 'personal', phoneNumber: 'personal', ΑΦΜ: 'personal', clientIp: 'personal',
    token_type: undefined, total_tokens: undefined, author: undefined, authority: undefined, monkey: undefined, key: undefined, passage: undefined, compass: undefined, design: undefined,
  } // biome-ignore format: a table
  expect(Object.fromEntries(Object.keys(expected).map((name) => [name, classifyName(name)]))).toEqual(expected)
})

test('base64 goes both ways, in both alphabets, and refuses what is none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = toBase64(bytes)
      expect(fromBase64(text)).toEqual(bytes)
      expect(fromBase64(text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))).toEqual(bytes)
    }),
  )
  expect(fromBase64('a')).toBeUndefined()
  expect(fromBase64('äöü!')).toBeUndefined()
})

const secret = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 30 }).filter((text) => text.trim().length >= 8)

test('every encoded form of a secret is found, and what is left over decodes to nothing of it', () => {
  fc.assert(
    fc.property(secret, fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (value, before, after) => {
      const finder = createNeedleFinder(needleForms(value))
      const json = (text: string): string => JSON.stringify(text).slice(1, -1)
      const forms = [
        value,
        encodeURIComponent(value),
        encodeURIComponent(encodeURIComponent(value)),
        json(value),
        json(json(value)),
      ]
      for (const form of forms) expect(finder.find(`${before} ${form} ${after}`)).toBeDefined()
      for (const length of [0, 1, 2]) {
        const longer = new TextEncoder().encode(`${'x'.repeat(length)}${value}yy`)
        expect(finder.find(toBase64(longer))).toBeDefined()
      }
    }),
  )
})

test('decoded views undo escapes, one and two deep, in base64 and hex too', () => {
  const value = 'hunter2-secret/ü'
  const hex = Array.from(new TextEncoder().encode(value), (byte) => byte.toString(16).padStart(2, '0')).join('')
  for (const text of [
    encodeURIComponent(value),
    encodeURIComponent(encodeURIComponent(value)),
    `x\\u0068${value.slice(1)}`,
    value.replace('/', '&#x2f;'),
    toBase64(new TextEncoder().encode(`ab${value}`)),
    `path/${toBase64(new TextEncoder().encode(value))}`,
    hex,
  ]) {
    expect(
      decodedViews(text).some((view) => view.includes(value)),
      text,
    ).toBe(true)
  }
})

test('a finder finds what a plain search finds', () => {
  const needle = fc.string({ unit: fc.constantFrom('a', 'b', 'C', '1', 'é', '-'), minLength: 6, maxLength: 12 })
  fc.assert(
    fc.property(
      fc.array(needle, { minLength: 1, maxLength: 20 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'C', '1', 'é', '-'), maxLength: 300 }),
      (needles, text) => {
        // Short plain words and numbers match as whole words only; these are neither.
        const odd = needles.map((value) => `${value}-é`)
        const hit = createNeedleFinder(odd).find(`${text}${odd[0]}`)
        const folded = `${text}${odd[0]}`.toLowerCase()
        const first = Math.min(...odd.map((value) => folded.indexOf(value.toLowerCase())).filter((at) => at >= 0))
        expect(hit?.start).toBe(first)
      },
    ),
  )
})

test('a short plain word is found as a whole word only', () => {
  const finder = createNeedleFinder(['winter', '123456'])
  expect(finder.find('winterise 1234567')).toBeUndefined()
  expect(finder.find('the Winter is 123456')).toMatchObject({ start: 4, end: 10 })
})
