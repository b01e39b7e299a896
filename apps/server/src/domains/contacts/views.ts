import type { IdentityKey } from '@clew/contract/identity'
import { calculateJwkThumbprint } from 'jose'
import type { IdentityKeyRow } from './model.ts'

export async function identityKeyView(key: IdentityKeyRow): Promise<IdentityKey> {
  return {
    id: key.id,
    name: key.name,
    algorithm: key.algorithm,
    ...(key.publicKey === undefined ? {} : { fingerprint: await calculateJwkThumbprint(key.publicKey) }),
    createdAt: key.createdAt.toISOString(),
    createdBy: key.createdByName,
    ...(key.lastUsedAt === undefined ? {} : { lastUsedAt: key.lastUsedAt.toISOString() }),
  }
}
