import type { MemberId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { OwnStanding, PolicyFacts } from '../organisations/index.ts'
import { listApiKeys } from './repository.api-keys.ts'
import { listFactorOwners } from './repository.factors.ts'
import { listPasswords, listSessionsOf } from './repository.ts'

/** What this room knows of an organisation's people, for telling what one of its rules would do. */
export const signInFacts: Pick<PolicyFacts, 'listSessions' | 'listKeys'> = {
  listSessions: listSessionsOf,
  listKeys: async (tx, organisationId) =>
    (await listApiKeys(tx, organisationId)).map(({ kind, createdAt, expiresAt, scopes }) => ({
      isServiceAccount: kind === 'service',
      createdAt,
      expiresAt,
      scopes,
    })),
}

/** What each of them has to sign in with here. */
export async function listOwnStanding(
  tx: TxCtx,
  memberIds: readonly MemberId[],
): Promise<ReadonlyMap<MemberId, OwnStanding>> {
  const passwords = await listPasswords(tx, memberIds)
  const { passkeys, apps } = await listFactorOwners(tx, memberIds)
  return new Map(
    memberIds.map((id) => [id, { hasPassword: passwords.has(id), hasPasskey: passkeys.has(id), hasApp: apps.has(id) }]),
  )
}
