import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { type PolicyName, type PolicyValues, policyDefaults } from '@clew/contract/security-policies'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { policyOf } from './model.policies.ts'

/** What an organisation demands, and since when. */
export type PoliciesNow = PolicyValues & { since: ReadonlyMap<PolicyName, Date> }

const isPolicyName = (name: string): name is PolicyName => name in policyDefaults

/** Every rule of an organisation as it stands, in one query: asked with each request that somebody makes. */
export async function findPolicies(tx: TxCtx, organisationId: OrganisationId): Promise<PoliciesNow> {
  const rows = await sqlOf(tx)
    .selectFrom('security_policies')
    .select(['name', 'value', 'updated_at'])
    .where('organisation_id', '=', organisationId)
    .execute()
  const known = rows.flatMap(({ name, ...row }) => (isPolicyName(name) ? [{ name, ...row }] : []))
  const values = Object.fromEntries(known.map(({ name, value }) => [name, policyOf(name, value)]))
  return { ...policyDefaults, ...values, since: new Map(known.map(({ name, updated_at }) => [name, updated_at])) }
}

export async function findJoinedAt(tx: TxCtx, id: MemberId): Promise<Date | undefined> {
  const row = await sqlOf(tx).selectFrom('members').select('created_at').where('id', '=', id).executeTakeFirst()
  return row?.created_at
}
