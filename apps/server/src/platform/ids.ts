import { hash, randomBytes } from 'node:crypto'

const drawn = { bytes: Buffer.alloc(0), used: 0 }

/** Ten random bytes. Drawn in advance for many ids: asking the generator costs more than the bytes. */
function tenRandomBytes(): Uint8Array {
  if (drawn.used + 10 > drawn.bytes.length) {
    drawn.bytes = randomBytes(2560)
    drawn.used = 0
  }
  drawn.used += 10
  return drawn.bytes.subarray(drawn.used - 10, drawn.used)
}

/** UUID version 7 (RFC 9562 §5.7): sorts by the time it was made. */
export function uuidv7(nowMs: number, random: Uint8Array = tenRandomBytes()): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(nowMs, 0, 6)
  bytes.set(random, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The same UUID for the same words (RFC 9562 §5.8), so that doing a thing again meets what was done. */
export function uuidOf(...parts: string[]): string {
  const bytes = sha256(...parts).subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** As many random bytes, for a secret of another shape. */
export const secretBytes = (count: number): Uint8Array => randomBytes(count)

/** 256 random bits for a session, an invitation or a link. Only its hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** 128 random bits for a link that people pass on. Only its hash is stored. */
export const newLinkToken = (): string => randomBytes(16).toString('base64url')

/** 128 random bits that make a hash say nothing to who can guess what was hashed. */
export const newSalt = (): Buffer => randomBytes(16)

export const hashToken = (token: string): Buffer => hash('sha256', token, 'buffer')

export const sha256 = (...parts: (string | Uint8Array)[]): Buffer => hash('sha256', ended(parts), 'buffer')

/** Each part with a zero byte at its end, so that no two lists of parts read alike. */
const ended = (parts: readonly (string | Uint8Array)[]): string | Buffer =>
  parts.every((part) => typeof part === 'string')
    ? parts.map((part) => `${part}\0`).join('')
    : Buffer.concat(parts.flatMap((part) => [Buffer.from(part), zero]))

const zero = Buffer.of(0)
