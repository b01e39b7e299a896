import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { createSecureContext } from 'node:tls'

/** A number of proxies, or addresses and networks behind commas: 10.0.0.0/8, 10.0.0.0/255.0.0.0, ::1. */
export const isProxies = (value: string): boolean =>
  /^\d{1,3}$/.test(value) || value.split(',').every((part) => isNetwork(part.trim()))

function isNetwork(text: string): boolean {
  const [address = '', range, ...more] = text.split('/')
  const kind = isIP(address)
  if (kind === 0 || more.length > 0) return false
  if (range === undefined) return true
  if (/^\d{1,3}$/.test(range)) return Number(range) >= 1 && Number(range) <= (kind === 4 ? 32 : 128)
  return kind === 4 && isNetmask(range)
}

/** Ones, then zeros, and not zeros alone. */
function isNetmask(text: string): boolean {
  if (isIP(text) !== 4) return false
  const bits = text.split('.').map((part) => Number(part).toString(2).padStart(8, '0'))
  return /^1+0*$/.test(bits.join(''))
}

/** An address, or a name that could be one of a machine. What looks like an IPv4 address has to be one. */
export const isHost = (value: string): boolean =>
  isIP(value) !== 0 || (/^(?!-)[\w-]{1,63}(?:\.[\w-]{1,63})*\.?$/.test(value) && !/^[\d.]+$/.test(value))

/** `help@clew.example`, or a name before it in angle brackets. */
export const isSender = (value: string): boolean =>
  /^(?:[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/.test(value)

export type TlsProblem = 'missing' | 'unreadable' | 'no_certificate' | 'no_key' | 'strangers'

/** Why a certificate and its key, by their files, cannot serve https; `which` is to blame. */
export function tlsProblem(
  certFile: string,
  keyFile: string,
): { which: 'cert' | 'key'; problem: TlsProblem } | undefined {
  const cert = read(certFile)
  if (!Buffer.isBuffer(cert)) return { which: 'cert', problem: cert }
  const key = read(keyFile)
  if (!Buffer.isBuffer(key)) return { which: 'key', problem: key }
  if (!isUsable({ cert })) return { which: 'cert', problem: 'no_certificate' }
  if (!isUsable({ key })) return { which: 'key', problem: 'no_key' }
  return isUsable({ cert, key }) ? undefined : { which: 'key', problem: 'strangers' }
}

function read(file: string): Buffer | 'missing' | 'unreadable' {
  try {
    return readFileSync(file)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : 'unreadable'
  }
}

function isUsable(material: { cert?: Buffer; key?: Buffer }): boolean {
  try {
    createSecureContext(material)
    return true
  } catch {
    return false
  }
}
