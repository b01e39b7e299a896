import type { MemberId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { authorizeSessions } from '../policy.ts'
import { listCodeOwners, listFactorOwners } from '../repository.factors.ts'
import { listPasswords } from '../repository.ts'

export type WaysIn = { hasPassword: boolean; passkeys: number; hasSecondFactor: boolean; hasRecoveryCodes: boolean }

/** By what each of these members gets in here, in a few queries for all. A transaction of the system. */
export async function readCredentials(tx: TxCtx, memberIds: readonly MemberId[]): Promise<Map<MemberId, WaysIn>> {
  authorizeSessions(tx.actor)
  const passwords = await listPasswords(tx, memberIds)
  const { passkeys, apps } = await listFactorOwners(tx, memberIds)
  const codes = await listCodeOwners(tx, memberIds)
  return new Map(
    memberIds.map((id) => [
      id,
      {
        hasPassword: passwords.has(id),
        passkeys: passkeys.get(id) ?? 0,
        hasSecondFactor: apps.has(id) || passkeys.has(id),
        hasRecoveryCodes: codes.has(id),
      },
    ]),
  )
}
