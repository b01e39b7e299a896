import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { CreatedIdentityKey, CreateIdentityKey, IdentityKeyList } from '@clew/contract/identity'
import type { z } from 'zod'
import type { Actor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import { actingAs, type Ctx, type TxCtx } from '../../../platform/ctx.ts'
import { newToken } from '../../../platform/ids.ts'
import type { TextSeal } from '../../../platform/storage/text-seal.ts'
import { recordAudit } from '../../audit/index.ts'
import { type IdentityKeyRow, mostKeys } from '../model.ts'
import { authorizeIdentityKeys } from '../policy.ts'
import { insertKey, listKeys, lockKeys, revokeKey } from '../repository.identity.ts'
import { identityKeyView } from '../views.ts'

/** Keys lie out of reach of the team's own scope: `asSystem` opens them for an owner whose right was checked. */
export type KeyParts = { seal: TextSeal; audience: () => string; asSystem(ctx: Ctx, job: string): Ctx }

export async function listIdentityKeys(ctx: Ctx, parts: KeyParts): Promise<IdentityKeyList> {
  return forOwner(ctx, parts, async (tx) => ({
    keys: await Promise.all((await listKeys(tx)).map(identityKeyView)),
    audience: parts.audience(),
    mostKeys,
  }))
}

/** Adds a key. The secret of one that is made here is in the answer and is never shown again. */
export async function createIdentityKey(
  ctx: Ctx,
  input: z.output<typeof CreateIdentityKey>,
  parts: KeyParts,
): Promise<CreatedIdentityKey> {
  const publicKey = input.algorithm === 'ES256' ? readPublicKey(input.publicKey) : undefined
  const secret = input.algorithm === 'HS256' ? newToken() : undefined
  return forOwner(ctx, parts, async (tx, actor) => {
    await lockKeys(tx)
    if ((await listKeys(tx)).length >= mostKeys) throw new AppError('identity.key_limit', { most: mostKeys })
    const id = tx.ids.next()
    const key: IdentityKeyRow = {
      id,
      name: input.name,
      algorithm: input.algorithm,
      sealedSecret: secret === undefined ? undefined : parts.seal.seal(secret, `identity ${id}`),
      publicKey,
      createdAt: tx.clock.now(),
      createdByName: actor.name,
      lastUsedAt: undefined,
    }
    await insertKey(tx, key)
    recordAudit(tx, {
      action: 'identity_key.created',
      targets: [{ type: 'identity_key', id, name: input.name }],
      metadata: { algorithm: input.algorithm },
    })
    return { key: await identityKeyView(key), ...(secret === undefined ? {} : { secret }) }
  })
}

/** From now on the key proves nothing. Sessions that it opened end when their identities do. */
export async function revokeIdentityKey(ctx: Ctx, id: string, parts: KeyParts): Promise<void> {
  await forOwner(ctx, parts, async (tx) => {
    const name = (await listKeys(tx)).find((key) => key.id === id)?.name
    if (!(await revokeKey(tx, id))) throw new AppError('identity.key_not_found')
    const target = { type: 'identity_key', id, ...(name === undefined ? {} : { name }) }
    recordAudit(tx, { action: 'identity_key.revoked', targets: [target] })
  })
}

type Owner = Extract<Actor, { type: 'agent' }>

function forOwner<R>(ctx: Ctx, { asSystem }: KeyParts, work: (tx: TxCtx, actor: Owner) => Promise<R>): Promise<R> {
  const { actor } = ctx
  authorizeIdentityKeys(actor)
  return asSystem(ctx, 'contacts.identity_keys').transaction((tx) => work(actingAs(tx, actor), actor))
}

/** A public key on P-256, as PEM or JWK. Of a private one that somebody pastes nothing is kept. */
function readPublicKey(text: string): Readonly<Record<string, unknown>> {
  if (/PRIVATE KEY/.test(text)) throw new AppError('identity.key_invalid')
  const { kty, crv, x, y, d } = jwkOf(text)
  if (kty !== 'EC' || crv !== 'P-256' || !x || !y || d !== undefined) throw new AppError('identity.key_invalid')
  return { kty, crv, x, y }
}

function jwkOf(text: string): JsonWebKey {
  try {
    const trimmed = text.trim()
    if (!trimmed.startsWith('{')) return exported(createPublicKey(trimmed))
    const jwk = JSON.parse(trimmed) as JsonWebKey
    return { ...exported(createPublicKey({ key: jwk, format: 'jwk' })), ...(jwk.d === undefined ? {} : { d: jwk.d }) }
  } catch (cause) {
    throw new AppError('identity.key_invalid', {}, { cause })
  }
}

const exported = (key: KeyObject): JsonWebKey => key.export({ format: 'jwk' })
