import { z } from 'zod'
import { newToken } from '../../platform/ids.ts'
import type { TextSeal } from '../../platform/storage/text-seal.ts'

/** The password of an archive, and the salt of the hashes in it: gone once the archive is made. */
const Secret = z.object({ password: z.string(), salt: z.string().optional() })
export type Secret = z.infer<typeof Secret>

const placeOf = (exportId: string): string => `export ${exportId}`

/** 160 random bits in groups that can be read aloud; no two characters look alike. */
const alphabet = '023456789abcdefghjkmnpqrstuvwxyz'
const newPassword = (): string =>
  (
    Array.from(Buffer.from(newToken(), 'base64url'), (byte) => alphabet[byte % 32])
      .join('')
      .match(/.{8}/g) ?? []
  ).join('-')

export const newSecret = (): Secret => ({ password: newPassword(), salt: newToken() })

export const sealSecret = (seal: TextSeal, exportId: string, secret: Secret): Buffer =>
  seal.seal(JSON.stringify(secret), placeOf(exportId))

export const openSecret = (seal: TextSeal, exportId: string, sealed: Buffer): Secret =>
  Secret.parse(JSON.parse(seal.open(sealed, placeOf(exportId))))
