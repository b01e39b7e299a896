import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { noHash } from './chain.ts'
import { canonical } from './draft.ts'

/** Where a chain ends, how many events it has, and where it begins. This is what is signed. */
export const Statement = z.object({
  v: z.literal(1),
  organisation: z.string(),
  seq: z.int(),
  count: z.int(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  first: z.object({ seq: z.int(), prev_hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  at: z.string(),
  key: z.string(),
  reason: z.enum(['hourly', 'export', 'retention']),
})
export type Statement = z.infer<typeof Statement>

/** As it is stored, exported and copied to the second place. */
export const Checkpoint = z.object({ id: z.string(), statement: z.string(), signature: z.string() })
export type Checkpoint = z.infer<typeof Checkpoint>

export type Head = { organisationId: string; seq: number; hash: Buffer; firstSeq: number; firstPrevHash: Buffer }

export const emptyHead = (organisationId: string): Head => ({
  organisationId,
  seq: 0,
  hash: noHash,
  firstSeq: 1,
  firstPrevHash: noHash,
})

export type Signer = { id: string; publicKey: string; sign(text: string): Buffer }

/** `reason` says why it was made; that of a purge says where the chain begins from then on. */
export function signedCheckpoint(
  head: Head,
  made: { id: string; at: Date; reason: Statement['reason'] },
  signer: Signer,
): Checkpoint {
  const statement: Statement = {
    v: 1,
    organisation: head.organisationId,
    seq: head.seq,
    count: head.seq - head.firstSeq + 1,
    hash: head.hash.toString('hex'),
    first: { seq: head.firstSeq, prev_hash: head.firstPrevHash.toString('hex') },
    at: made.at.toISOString(),
    key: signer.id,
    reason: made.reason,
  }
  const text = canonical(statement)
  return { id: made.id, statement: text, signature: signer.sign(text).toString('base64url') }
}

/** What it says, if it was signed with this key. */
export function readCheckpoint({ statement, signature }: Checkpoint, publicKey: KeyObject): Statement | undefined {
  if (!verify(null, Buffer.from(statement, 'utf8'), publicKey, Buffer.from(signature, 'base64url'))) return undefined
  return statementOf(statement)
}

/** What it says, signed or not. */
export function statementOf(text: string): Statement | undefined {
  try {
    return Statement.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** A new Ed25519 pair as PEM. */
export function newKeyPair(): { publicKey: string; privateKey: string } {
  return generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}

/** The public half is worked out from the private one: a row in a table can be exchanged, what is sealed cannot. */
export function signerOf(id: string, privateKey: string): Signer {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
  return { id, publicKey, sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey) }
}
