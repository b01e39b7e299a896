import { z } from 'zod'
import { ContactId, Instant } from './primitives.ts'

/** A signed identity (JWT, HS256 or ES256) by which the host page says who is there. */
export const ProveIdentity = z.strictObject({ identity: z.string().min(1).max(8192) })

/** A session of the person that the identity names; it ends with the identity. */
export const VerifiedSession = z
  .object({ token: z.string(), contactId: ContactId, expiresAt: Instant })
  .meta({ id: 'VerifiedSession' })
export type VerifiedSession = z.infer<typeof VerifiedSession>

export const IdentityAlgorithm = z.enum(['HS256', 'ES256'])
export type IdentityAlgorithm = z.infer<typeof IdentityAlgorithm>

export const IdentityKey = z
  .object({
    id: z.uuid().meta({ description: 'Goes into the header of the token as `kid`.' }),
    name: z.string(),
    algorithm: IdentityAlgorithm,
    fingerprint: z.string().optional().meta({ description: 'Of a public key: RFC 7638, SHA-256.' }),
    createdAt: Instant,
    createdBy: z.string(),
    lastUsedAt: Instant.optional(),
  })
  .meta({ id: 'IdentityKey' })
export type IdentityKey = z.infer<typeof IdentityKey>

export const IdentityKeyList = z
  .object({
    keys: z.array(IdentityKey),
    audience: z.string().meta({ description: 'What `aud` has to be: the address of this installation.' }),
    mostKeys: z.int(),
  })
  .meta({ id: 'IdentityKeyList' })
export type IdentityKeyList = z.infer<typeof IdentityKeyList>

const name = z.string().trim().min(1).max(80)
export const CreateIdentityKey = z.discriminatedUnion('algorithm', [
  z.strictObject({ algorithm: z.literal('HS256'), name }),
  z.strictObject({
    algorithm: z.literal('ES256'),
    name,
    publicKey: z.string().min(1).max(4000).meta({ description: 'The public key: PEM (SPKI) or JWK.' }),
  }),
])
export type CreateIdentityKey = z.input<typeof CreateIdentityKey>

export const CreatedIdentityKey = z
  .object({
    key: IdentityKey,
    secret: z
      .string()
      .optional()
      .meta({ description: 'Of an HS256 key, used as it stands. In this answer and never again.' }),
  })
  .meta({ id: 'CreatedIdentityKey' })
export type CreatedIdentityKey = z.infer<typeof CreatedIdentityKey>
