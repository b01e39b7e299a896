import { crc32 } from 'node:zlib'
import { type Permission, personalPermissions } from '@clew/contract/permissions'
import { secretBytes } from '../../platform/ids.ts'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const randomLength = 43
const checkLength = 6

function base62(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; rest > 0n; rest /= 62n) text = `${alphabet[Number(rest % 62n)] ?? ''}${text}`
  return text.padStart(length, '0').slice(-length)
}

/** `clew_`, 256 random bits, and a check sum: what was mistyped is known without asking, and scanners know a key at sight. */
export function newApiKey(random: Uint8Array = secretBytes(32)): string {
  const secret = base62(BigInt(`0x${Buffer.from(random).toString('hex')}`), randomLength)
  return `clew_${secret}${checkSum(secret)}`
}

const checkSum = (secret: string): string => base62(BigInt(crc32(secret)), checkLength)

const shape = new RegExp(`^clew_([0-9A-Za-z]{${randomLength}})([0-9A-Za-z]{${checkLength}})$`)

export function isApiKey(text: string): boolean {
  const [, secret, check] = shape.exec(text) ?? []
  return secret !== undefined && checkSum(secret) === check
}

/** The token after `Bearer`, when it is meant to be one of our keys. */
export function apiKeyIn(header: string | undefined): string | undefined {
  return /^bearer +(clew_\S+)$/i.exec(header ?? '')?.[1]
}

/** What a key may do: never more than whoever it acts for, at this moment, and never what takes a person. */
export const allowedScopes = (scopes: readonly Permission[], may: ReadonlySet<Permission>): ReadonlySet<Permission> =>
  new Set(scopes.filter((scope) => may.has(scope) && !personalPermissions.has(scope)))
