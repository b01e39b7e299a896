import type { AgentId, MemberId, OrganisationId } from '@clew/contract/primitives'
import { type PolicyEffect, type PolicyName, type PolicyValues, policyDefaults } from '@clew/contract/security-policies'
import { compiled } from '../../platform/compiled.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { policyOf } from './model.policies.ts'

export type PolicyRow = {
  value: unknown
  /** 0: nobody has decided yet. */
  version: number
  updatedAt: Date | undefined
  updatedByName: string | undefined
}

type Place = { organisationId: OrganisationId; name: PolicyName }

/** What was decided about one rule; undefined where nobody has. */
export async function findPolicyValue(tx: TxCtx, { organisationId, name }: Place): Promise<unknown> {
  const row = await sqlOf(tx)
    .selectFrom('security_policies')
    .select('value')
    .where('organisation_id', '=', organisationId)
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}

/** What an organisation demands, and since when. */
export type PoliciesNow = PolicyValues & { since: ReadonlyMap<PolicyName, Date> }

const isPolicyName = (name: string): name is PolicyName => name in policyDefaults

/** Every rule of an organisation as it stands, in one query: asked with each request that somebody makes. */
export async function findPolicies(tx: TxCtx, organisationId: OrganisationId): Promise<PoliciesNow> {
  const rows = await policiesOf(tx, { organisationId })
  const known = rows.flatMap(({ name, ...row }) => (isPolicyName(name) ? [{ name, ...row }] : []))
  const values = Object.fromEntries(known.map(({ name, value }) => [name, policyOf(name, value)]))
  return { ...policyDefaults, ...values, since: new Map(known.map(({ name, updated_at }) => [name, updated_at])) }
}

const policiesOf = compiled((db, { organisationId }: { organisationId: OrganisationId }) =>
  db
    .selectFrom('security_policies')
    .select(['name', 'value', 'updated_at'])
    .where('organisation_id', '=', organisationId)
    .compile(),
)

export async function listPolicies(tx: TxCtx, organisationId: OrganisationId): Promise<Map<string, PolicyRow>> {
  const rows = await policyRows(tx, organisationId).execute()
  return new Map(rows.map((row) => [row.name, rowOf(row)]))
}

const policyRows = (tx: TxCtx, organisationId: OrganisationId) =>
  sqlOf(tx)
    .selectFrom('security_policies')
    .leftJoin('members', 'members.id', 'security_policies.updated_by')
    .select([
      'security_policies.name',
      'security_policies.value',
      'security_policies.version',
      'security_policies.updated_at',
      'members.name as by',
    ])
    .where('security_policies.organisation_id', '=', organisationId)

type Found = Awaited<ReturnType<ReturnType<typeof policyRows>['execute']>>[number]

const rowOf = ({ value, version, updated_at, by }: Found): PolicyRow => ({
  value,
  version,
  updatedAt: version === 0 ? undefined : updated_at,
  updatedByName: by ?? undefined,
})

/** Holds one rule; makes its row where there is none, so that two who decide first wait for each other. */
export async function lockPolicy(tx: TxCtx, { organisationId, name }: Place): Promise<PolicyRow> {
  await sqlOf(tx)
    .insertInto('security_policies')
    .values({ organisation_id: organisationId, name, version: 0, value: '{}', updated_at: tx.clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await policyRows(tx, organisationId)
    .where('security_policies.name', '=', name)
    .forUpdate('security_policies')
    .executeTakeFirstOrThrow()
  return rowOf(row)
}

export async function updatePolicy(
  tx: TxCtx,
  { organisationId, name }: Place,
  saved: { value: unknown; version: number; changedBy: MemberId },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('security_policies')
    .set({
      value: JSON.stringify(saved.value),
      version: saved.version,
      updated_at: tx.clock.now(),
      updated_by: saved.changedBy,
    })
    .where('organisation_id', '=', organisationId)
    .where('name', '=', name)
    .execute()
}

export async function insertPolicyChange(
  tx: TxCtx,
  { organisationId, name }: Place,
  change: { version: number; before: unknown; after: unknown; effects: readonly PolicyEffect[]; changedBy: MemberId },
): Promise<void> {
  await sqlOf(tx)
    .insertInto('security_policy_changes')
    .values({
      id: tx.ids.next(),
      organisation_id: organisationId,
      name,
      version: change.version,
      before: JSON.stringify(change.before),
      after: JSON.stringify(change.after),
      effect: JSON.stringify(change.effects),
      changed_by: change.changedBy,
      at: tx.clock.now(),
    })
    .execute()
}

export type PolicyChangeRow = {
  version: number
  at: Date
  by: { id: AgentId; name: string } | undefined
  before: unknown
  after: unknown
  effect: string
}

/** The newest first. */
export async function listPolicyChanges(tx: TxCtx, { organisationId, name }: Place): Promise<PolicyChangeRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('security_policy_changes')
    .leftJoin('members', 'members.id', 'security_policy_changes.changed_by')
    .selectAll('security_policy_changes')
    .select('members.name as by')
    .where('security_policy_changes.organisation_id', '=', organisationId)
    .where('security_policy_changes.name', '=', name)
    .orderBy('version', 'desc')
    .limit(50)
    .execute()
  return rows.map(({ version, at, by, changed_by, before, after, effect }) => ({
    version,
    at,
    by: changed_by === null || by === null ? undefined : { id: changed_by as AgentId, name: by },
    before,
    after,
    effect,
  }))
}

/** The label that everyone of the team sees beside the organisation. */
export async function setRegion(tx: TxCtx, organisationId: OrganisationId, label: string): Promise<void> {
  await sqlOf(tx)
    .updateTable('organisations')
    .set({ region: label === '' ? null : label })
    .where('id', '=', organisationId)
    .execute()
}

export type PolicyMember = { id: MemberId; name: string; email: string }

/** Who may sign in at present. */
export async function listActiveMembers(tx: TxCtx, organisationId: OrganisationId): Promise<PolicyMember[]> {
  const rows = await sqlOf(tx)
    .selectFrom('members')
    .select(['id', 'name', 'email'])
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .where('deactivated_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', tx.clock.now())]))
    .orderBy('name')
    .execute()
  return rows.map(({ id, name, email }) => ({ id: id as MemberId, name, email }))
}

/** Addresses that have an invitation which can still be accepted. */
export async function listInvitedAddresses(tx: TxCtx, organisationId: OrganisationId): Promise<string[]> {
  const rows = await sqlOf(tx)
    .selectFrom('invitations')
    .select('email')
    .where('organisation_id', '=', organisationId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', tx.clock.now())
    .execute()
  return rows.map(({ email }) => email)
}

export async function countOpenJoinRequests(tx: TxCtx, organisationId: OrganisationId): Promise<number> {
  const { count } = await sqlOf(tx)
    .selectFrom('join_requests')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('organisation_id', '=', organisationId)
    .where('state', 'in', ['unconfirmed', 'waiting', 'waitlisted'])
    .executeTakeFirstOrThrow()
  return Number(count)
}
