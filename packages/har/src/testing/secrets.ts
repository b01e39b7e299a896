import { toBase64 } from '@clew/redact'
import { ALNUM, DIGITS, HEX, type Random } from './random.ts'

export type Tier = 'credential' | 'token' | 'pii'

/** What is planted, and what must not be found afterwards: a JWT is planted whole, its e-mail must go too. */
export interface Secret {
  value: string
  wanted: readonly string[]
}

const GIVEN = ['Eleni', 'Markus', 'Aoife', 'Nikos', 'Ingrid', 'Tomasz', 'Yasmin', 'Bogdan', 'Κατερίνα', 'Zoë']
const FAMILY = ['Papadaki', 'Brandstetter', "O'Halloran", 'Stathopoulos', 'Lindqvist', 'Wiśniewski', 'Αντωνίου']
const STREETS = ['Odos Ermou', 'Hauptstrasse', 'Rue de Rivoli', 'Leoforos Kifisias', 'Baker Lane']

export const SECRET_KINDS = {
  session: (random) => random.text(ALNUM, 32),
  hexSession: (random) => random.text(HEX, 40),
  bearer: (random) => `${random.text(ALNUM, 22)}-${random.text(ALNUM, 20)}_${random.text(ALNUM, 6)}`,
  password: (random) =>
    `${random.pick(['Tr0ub', 'c0rrect', 'S3same'])}&<${random.text(ALNUM, 6)}>!ü${random.text(DIGITS, 2)}`,
  plainPassword: (random) =>
    `${random.pick(['winter', 'monday', 'sunflower'])}${random.text(ALNUM, 5)}${random.text(DIGITS, 3)}`,
  serviceKey: (random) =>
    random.pick([
      () => `sk-proj-${random.text(ALNUM, 40)}`,
      () => `ghp_${random.text(ALNUM, 36)}`,
      () => `AKIA${random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
      () => `xoxb-${random.text(DIGITS, 12)}-${random.text(ALNUM, 24)}`,
      () => `AIza${random.text(ALNUM, 35)}`,
      () => `glpat-${random.text(ALNUM, 20)}`,
      () => `SG.${random.text(ALNUM, 22)}.${random.text(ALNUM, 43)}`,
      () => `sk_live_${random.text(ALNUM, 24)}`,
    ])(),
  csrf: (random) => toBase64(bytesOf(random, 24)),
  code: (random) => `4/0A${random.text(ALNUM, 40)}`,
  nonce: (random) => random.text(HEX, 32),
  shortToken: (random) => random.text(ALNUM, 14),
  signature: (random) => random.text(HEX, 64),
  email: (random) =>
    `${random.text('abcdefghijklmnopqrstuvwxyz', 5)}.${random.text('abcdefghijklmnopqrstuvwxyz', 7)}@customer${random.below(90)}.example`,
  name: (random) => `${random.pick(GIVEN)} ${random.pick(FAMILY)}${random.pick(['', '-Vale', ' Junior'])}`,
  userName: (random) => `${random.pick(['eleni', 'markus', 'aoife'])}${random.text('bcdfgaeiou', 6)}`,
  phone: (random) => `+30 69${random.below(9)} ${random.text(DIGITS, 3)} ${random.text(DIGITS, 4)}`,
  street: (random) => `${random.pick(STREETS)} ${10 + random.below(180)}, ${random.text(DIGITS, 5)}`,
  sentence: (random) =>
    `Dear ${random.pick(GIVEN)}, your appointment about ${random.pick(['the divorce', 'the loan', 'the scan'])} is confirmed`,
  clientIp: (random) => `${81 + random.below(100)}.${random.below(250)}.${random.below(250)}.${1 + random.below(250)}`,
  clientIp6: (random) =>
    `2a02:587:${random.text(HEX, 4)}:${random.text(HEX, 4)}:${random.text(HEX, 4)}:${random.text(HEX, 4)}:${random.text(HEX, 4)}:${random.text(HEX, 4)}`,
  card: (random) => withLuhn(`${random.pick(['4', '51', '37'])}${random.text(DIGITS, 14)}`.slice(0, 15)),
  iban: (random) => ibanOf(random.text(DIGITS, 23)),
  afm: (random) => afmOf(`${1 + random.below(9)}${random.text(DIGITS, 7)}`),
  amka: (random) =>
    withLuhn(`${String(1 + random.below(28)).padStart(2, '0')}0${1 + random.below(9)}${random.text(DIGITS, 6)}`),
  accountNumber: (random) => `${1 + random.below(9)}${random.text(DIGITS, 9)}`,
} as const satisfies Record<string, (random: Random) => string>

export type SecretKindName = keyof typeof SECRET_KINDS | 'jwt' | 'basic' | 'privateKey' | 'cookieJson'

export function makeSecret(kind: SecretKindName, random: Random): Secret {
  switch (kind) {
    case 'jwt':
      return jwtOf(random)
    case 'basic': {
      const password = SECRET_KINDS.password(random)
      const value = toBase64(utf8(`${SECRET_KINDS.userName(random)}:${password}`))
      return { value, wanted: [value, password] }
    }
    case 'privateKey': {
      const body = `MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${random.text(ALNUM, 64)}`
      return { value: `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`, wanted: [body] }
    }
    case 'cookieJson': {
      const email = SECRET_KINDS.email(random)
      const value = toBase64(utf8(JSON.stringify({ user: { mail: email }, seen: 3 })))
      return { value, wanted: [value, email] }
    }
    default: {
      const value = SECRET_KINDS[kind](random)
      return { value, wanted: [value] }
    }
  }
}

function jwtOf(random: Random): Secret {
  const email = SECRET_KINDS.email(random)
  const name = SECRET_KINDS.name(random)
  const subject = `auth0|${random.text(HEX, 24)}`
  const claims = { iss: 'https://login.northlight.example/', sub: subject, email, name, exp: 1_795_600_000 }
  const payload = base64UrlOf(JSON.stringify(claims))
  const signature = random.text(ALNUM, 43)
  const value = `${base64UrlOf('{"alg":"RS256","typ":"JWT"}')}.${payload}.${signature}`
  return { value, wanted: [signature, payload, email, name, subject] }
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function base64UrlOf(text: string): string {
  return toBase64(utf8(text)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function bytesOf(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.below(256))
}

function withLuhn(digits: string): string {
  let sum = 0
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - i))
    sum += i % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit
  }
  return `${digits}${(10 - (sum % 10)) % 10}`
}

function ibanOf(account: string): string {
  const rest = BigInt(`${account}162700`) % 97n
  return `GR${String(98n - rest).padStart(2, '0')}${account}`
}

function afmOf(digits: string): string {
  let sum = 0
  for (let i = 0; i < 8; i += 1) sum += Number(digits.charAt(i)) * 2 ** (8 - i)
  return `${digits}${(sum % 11) % 10}`
}
