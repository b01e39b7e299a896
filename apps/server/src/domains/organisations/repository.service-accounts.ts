import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { OrganisationKind } from './model.ts'

export type ServiceAccount = { id: MemberId; organisationId: OrganisationId; name: string; kind: OrganisationKind }

/** Who acts where a program acts for nobody. It stands among those who have left, so that it is in no list and on no seat. */
export async function insertServiceAccount(tx: TxCtx, account: Omit<ServiceAccount, 'kind'>): Promise<void> {
  const now = tx.clock.now()
  await sqlOf(tx)
    .insertInto('members')
    .values({
      id: account.id,
      organisation_id: account.organisationId,
      email: `${account.id}@service.invalid`,
      name: account.name,
      role: 'member',
      is_service: true,
      created_at: now,
      removed_at: now,
    })
    .execute()
}

export async function findServiceAccount(tx: TxCtx, id: MemberId): Promise<ServiceAccount | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('members')
    .innerJoin('organisations', 'organisations.id', 'members.organisation_id')
    .select(['members.id', 'members.organisation_id', 'members.name', 'organisations.kind'])
    .where('members.id', '=', id)
    .where('members.is_service', '=', true)
    .executeTakeFirst()
  return (
    row && {
      id: row.id as MemberId,
      organisationId: row.organisation_id as OrganisationId,
      name: row.name,
      kind: row.kind as OrganisationKind,
    }
  )
}

/** Names of people and service accounts of one organisation, of those who have left too. */
export async function listNames(
  tx: TxCtx,
  organisationId: OrganisationId,
  ids: readonly MemberId[],
): Promise<Map<MemberId, string>> {
  if (ids.length === 0) return new Map()
  const rows = await sqlOf(tx)
    .selectFrom('members')
    .select(['id', 'name'])
    .where('organisation_id', '=', organisationId)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name }) => [id as MemberId, name]))
}
