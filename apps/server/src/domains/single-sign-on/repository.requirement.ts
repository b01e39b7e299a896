import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { SsoConnectionId } from '@clew/contract/single-sign-on'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type RequirementRow = { organisationId: OrganisationId; requiredAt: Date; requiredBy: string; graceEndsAt: Date }

export async function findRequirement(tx: TxCtx, organisationId: OrganisationId): Promise<RequirementRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('sso_requirements')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  return (
    row && {
      organisationId,
      requiredAt: row.required_at,
      requiredBy: row.required_by,
      graceEndsAt: row.grace_ends_at,
    }
  )
}

/** Answers whether it is new. */
export async function insertRequirement(tx: TxCtx, requirement: RequirementRow): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('sso_requirements')
    .values({
      organisation_id: requirement.organisationId,
      required_at: requirement.requiredAt,
      required_by: requirement.requiredBy,
      grace_ends_at: requirement.graceEndsAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

export async function deleteRequirement(tx: TxCtx, organisationId: OrganisationId): Promise<boolean> {
  const result = await sqlOf(tx)
    .deleteFrom('sso_requirements')
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  return Number(result.numDeletedRows) > 0
}

/** Organisations whose sessions from before are to end now. */
export async function listDueRequirements(tx: TxCtx): Promise<RequirementRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('sso_requirements')
    .selectAll()
    .where('grace_ends_at', '<=', tx.clock.now())
    .execute()
  return rows.map((row) => ({
    organisationId: row.organisation_id as OrganisationId,
    requiredAt: row.required_at,
    requiredBy: row.required_by,
    graceEndsAt: row.grace_ends_at,
  }))
}

export async function listBreakGlass(tx: TxCtx, organisationId: OrganisationId): Promise<MemberId[]> {
  const rows = await sqlOf(tx)
    .selectFrom('sso_break_glass')
    .select('member_id')
    .where('organisation_id', '=', organisationId)
    .orderBy('added_at')
    .execute()
  return rows.map((row) => row.member_id as MemberId)
}

export async function isBreakGlass(tx: TxCtx, memberId: string): Promise<boolean> {
  const row = await sqlOf(tx)
    .selectFrom('sso_break_glass')
    .select('member_id')
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  return row !== undefined
}

export async function insertBreakGlass(
  tx: TxCtx,
  { organisationId, memberId, addedBy }: { organisationId: OrganisationId; memberId: string; addedBy: string },
): Promise<void> {
  await sqlOf(tx)
    .insertInto('sso_break_glass')
    .values({ organisation_id: organisationId, member_id: memberId, added_by: addedBy, added_at: tx.clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteBreakGlass(
  tx: TxCtx,
  { organisationId, memberId }: { organisationId: OrganisationId; memberId: string },
): Promise<boolean> {
  const result = await sqlOf(tx)
    .deleteFrom('sso_break_glass')
    .where('organisation_id', '=', organisationId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  return Number(result.numDeletedRows) > 0
}

export type SetupLinkRow = {
  id: string
  organisationId: OrganisationId
  connectionId: SsoConnectionId
  createdAt: Date
  expiresAt: Date
  usedAt: Date | undefined
}

export async function insertSetupLink(
  tx: TxCtx,
  link: Pick<SetupLinkRow, 'id' | 'organisationId' | 'connectionId' | 'expiresAt'> & {
    tokenHash: Buffer
    createdBy: string
  },
): Promise<void> {
  await sqlOf(tx)
    .insertInto('sso_setup_links')
    .values({
      id: link.id,
      organisation_id: link.organisationId,
      connection_id: link.connectionId,
      token_hash: link.tokenHash,
      created_by: link.createdBy,
      created_at: tx.clock.now(),
      expires_at: link.expiresAt,
    })
    .execute()
}

const openLinks = (tx: TxCtx) =>
  sqlOf(tx)
    .selectFrom('sso_setup_links')
    .selectAll()
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', tx.clock.now())

const linkOf = (row: Awaited<ReturnType<ReturnType<typeof openLinks>['executeTakeFirstOrThrow']>>): SetupLinkRow => ({
  id: row.id,
  organisationId: row.organisation_id as OrganisationId,
  connectionId: row.connection_id as SsoConnectionId,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  usedAt: row.used_at ?? undefined,
})

export async function findOpenLink(tx: TxCtx, tokenHash: Buffer): Promise<SetupLinkRow | undefined> {
  const row = await openLinks(tx).where('token_hash', '=', tokenHash).executeTakeFirst()
  return row && linkOf(row)
}

export async function listOpenLinks(tx: TxCtx, organisationId: OrganisationId): Promise<SetupLinkRow[]> {
  const rows = await openLinks(tx).where('organisation_id', '=', organisationId).orderBy('created_at', 'desc').execute()
  return rows.map(linkOf)
}

export async function noteLinkUsed(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).updateTable('sso_setup_links').set({ used_at: tx.clock.now() }).where('id', '=', id).execute()
}

/** Answers how many stopped working. */
export async function revokeLinks(
  tx: TxCtx,
  { organisationId, connectionId }: { organisationId: OrganisationId; connectionId: SsoConnectionId },
): Promise<string[]> {
  const rows = await sqlOf(tx)
    .updateTable('sso_setup_links')
    .set({ revoked_at: tx.clock.now() })
    .where('organisation_id', '=', organisationId)
    .where('connection_id', '=', connectionId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', tx.clock.now())
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}
