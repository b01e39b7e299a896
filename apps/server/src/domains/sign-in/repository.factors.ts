import type { MemberId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type PasskeyRow = {
  id: string
  memberId: MemberId
  credentialId: string
  publicKey: Uint8Array<ArrayBuffer>
  counter: number
  transports: string[]
  deviceType: 'singleDevice' | 'multiDevice'
  isBackedUp: boolean
  aaguid: string
  name: string
  createdAt: Date
  usedAt: Date | undefined
}

export async function insertPasskey(tx: TxCtx, key: Omit<PasskeyRow, 'createdAt' | 'usedAt'>): Promise<void> {
  await sqlOf(tx)
    .insertInto('passkeys')
    .values({
      id: key.id,
      member_id: key.memberId,
      credential_id: key.credentialId,
      public_key: Buffer.from(key.publicKey),
      counter: key.counter,
      transports: key.transports,
      device_type: key.deviceType,
      is_backed_up: key.isBackedUp,
      aaguid: key.aaguid,
      name: key.name,
      created_at: tx.clock.now(),
    })
    .execute()
}

const passkeys = (tx: TxCtx) => sqlOf(tx).selectFrom('passkeys').selectAll().orderBy('created_at')
type SelectedPasskey = Awaited<ReturnType<ReturnType<typeof passkeys>['execute']>>[number]

const passkeyOf = (row: SelectedPasskey): PasskeyRow => ({
  id: row.id,
  memberId: row.member_id as MemberId,
  credentialId: row.credential_id,
  publicKey: new Uint8Array(row.public_key),
  counter: Number(row.counter),
  transports: row.transports,
  deviceType: row.device_type as PasskeyRow['deviceType'],
  isBackedUp: row.is_backed_up,
  aaguid: row.aaguid,
  name: row.name,
  createdAt: row.created_at,
  usedAt: row.used_at ?? undefined,
})

export async function listPasskeys(tx: TxCtx, memberId: MemberId): Promise<PasskeyRow[]> {
  return (await passkeys(tx).where('member_id', '=', memberId).execute()).map(passkeyOf)
}

export async function lockPasskey(tx: TxCtx, credentialId: string): Promise<PasskeyRow | undefined> {
  const row = await passkeys(tx).where('credential_id', '=', credentialId).forUpdate().executeTakeFirst()
  return row && passkeyOf(row)
}

export async function notePasskeyUse(
  tx: TxCtx,
  id: string,
  used: { counter: number; isBackedUp: boolean },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('passkeys')
    .set({ counter: used.counter, is_backed_up: used.isBackedUp, used_at: tx.clock.now() })
    .where('id', '=', id)
    .execute()
}

export async function renamePasskey(
  tx: TxCtx,
  key: { id: string; memberId: MemberId; name: string },
): Promise<boolean> {
  const result = await sqlOf(tx)
    .updateTable('passkeys')
    .set({ name: key.name })
    .where('id', '=', key.id)
    .where('member_id', '=', key.memberId)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}

export async function deletePasskey(tx: TxCtx, { id, memberId }: { id: string; memberId: MemberId }): Promise<void> {
  await sqlOf(tx).deleteFrom('passkeys').where('id', '=', id).where('member_id', '=', memberId).execute()
}

export type AppRow = { sealedSecret: Buffer; createdAt: Date }

export async function putWaitingApp(tx: TxCtx, memberId: MemberId, sealedSecret: Buffer): Promise<void> {
  const made = { sealed_secret: sealedSecret, created_at: tx.clock.now(), last_step: 0 }
  await sqlOf(tx)
    .insertInto('authenticator_apps')
    .values({ member_id: memberId, state: 'waiting', ...made })
    .onConflict((conflict) => conflict.columns(['member_id', 'state']).doUpdateSet(made))
    .execute()
}

export async function findApp(tx: TxCtx, memberId: MemberId, state: 'waiting' | 'active'): Promise<AppRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('authenticator_apps')
    .select(['sealed_secret', 'created_at'])
    .where('member_id', '=', memberId)
    .where('state', '=', state)
    .executeTakeFirst()
  return row && { sealedSecret: row.sealed_secret, createdAt: row.created_at }
}

/** The waiting one takes the place of the one that counts. */
export async function activateApp(tx: TxCtx, memberId: MemberId, lastStep: number): Promise<void> {
  await deleteApp(tx, memberId, ['active'])
  await sqlOf(tx)
    .updateTable('authenticator_apps')
    .set({ state: 'active', last_step: lastStep, created_at: tx.clock.now() })
    .where('member_id', '=', memberId)
    .where('state', '=', 'waiting')
    .execute()
}

export async function deleteApp(
  tx: TxCtx,
  memberId: MemberId,
  states: readonly ('waiting' | 'active')[],
): Promise<void> {
  await sqlOf(tx)
    .deleteFrom('authenticator_apps')
    .where('member_id', '=', memberId)
    .where('state', 'in', [...states])
    .execute()
}

/** Uses a time step up. One that was used, or an older one, is refused. RFC 6238 §5.2. */
export async function takeStep(tx: TxCtx, memberId: MemberId, step: number): Promise<boolean> {
  const result = await sqlOf(tx)
    .updateTable('authenticator_apps')
    .set({ last_step: step })
    .where('member_id', '=', memberId)
    .where('state', '=', 'active')
    .where('last_step', '<', String(step))
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}

export async function replaceRecoveryCodes(tx: TxCtx, memberId: MemberId, hashes: readonly Buffer[]): Promise<void> {
  await sqlOf(tx).deleteFrom('recovery_codes').where('member_id', '=', memberId).execute()
  if (hashes.length === 0) return
  const createdAt = tx.clock.now()
  await sqlOf(tx)
    .insertInto('recovery_codes')
    .values(hashes.map((hash) => ({ member_id: memberId, code_hash: hash, created_at: createdAt })))
    .execute()
}

/** Uses a code up. Of two at once, one gets it. */
export async function takeRecoveryCode(tx: TxCtx, memberId: MemberId, hash: Buffer): Promise<boolean> {
  const result = await sqlOf(tx)
    .updateTable('recovery_codes')
    .set({ used_at: tx.clock.now() })
    .where('member_id', '=', memberId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}

export async function countRecoveryCodes(tx: TxCtx, memberId: MemberId): Promise<number> {
  const row = await sqlOf(tx)
    .selectFrom('recovery_codes')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('member_id', '=', memberId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Who of these has passkeys, and who an app. */
export async function listFactorOwners(
  tx: TxCtx,
  memberIds: readonly string[],
): Promise<{ passkeys: Map<string, number>; apps: Set<string> }> {
  if (memberIds.length === 0) return { passkeys: new Map(), apps: new Set() }
  const keys = await sqlOf(tx)
    .selectFrom('passkeys')
    .select(['member_id', (eb) => eb.fn.countAll<number>().as('count')])
    .where('member_id', 'in', [...memberIds])
    .groupBy('member_id')
    .execute()
  const apps = await sqlOf(tx)
    .selectFrom('authenticator_apps')
    .select('member_id')
    .where('member_id', 'in', [...memberIds])
    .where('state', '=', 'active')
    .execute()
  return {
    passkeys: new Map(keys.map(({ member_id, count }) => [member_id, Number(count)])),
    apps: new Set(apps.map(({ member_id }) => member_id)),
  }
}

/** Who of these has recovery codes left. */
export async function listCodeOwners(tx: TxCtx, memberIds: readonly string[]): Promise<Set<string>> {
  if (memberIds.length === 0) return new Set()
  const rows = await sqlOf(tx)
    .selectFrom('recovery_codes')
    .select('member_id')
    .distinct()
    .where('member_id', 'in', [...memberIds])
    .where('used_at', 'is', null)
    .execute()
  return new Set(rows.map(({ member_id }) => member_id))
}
