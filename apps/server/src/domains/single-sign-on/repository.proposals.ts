import type { ConversationId, MemberId, OrganisationId } from '@clew/contract/primitives'
import type { SsoCause, SsoRemedy } from '@clew/contract/single-sign-on'
import type { SsoProposalId, SsoProposalState } from '@clew/contract/sso-proposals'
import { type Selectable, type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { SsoProposals } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import { type ProposalRow, proposalDays } from './model.proposals.ts'

const proposalOf = (row: Selectable<SsoProposals>): ProposalRow => ({
  id: row.id as SsoProposalId,
  organisationId: row.organisation_id as OrganisationId,
  about: row.about,
  subject: row.subject,
  cause: row.cause as SsoCause,
  values: row.cause_values as Record<string, string>,
  remedy: row.remedy as SsoRemedy,
  conversationId: (row.conversation_id ?? undefined) as ConversationId | undefined,
  proposedBy: row.proposed_by,
  proposedByName: row.proposed_by_name,
  proposedAt: row.proposed_at,
  byTeam: row.by_team,
  state: row.state as SsoProposalState,
  settledByName: row.settled_by_name ?? undefined,
  settledAt: row.settled_at ?? undefined,
})

/** Answers whether it is new: of the same that waits already there is one. */
export async function insertProposal(tx: TxCtx, proposal: ProposalRow): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('sso_proposals')
    .values({
      id: proposal.id,
      organisation_id: proposal.organisationId,
      about: proposal.about,
      subject: proposal.subject,
      cause: proposal.cause,
      cause_values: JSON.stringify(proposal.values),
      remedy: JSON.stringify(proposal.remedy),
      conversation_id: proposal.conversationId ?? null,
      proposed_by: proposal.proposedBy,
      proposed_by_name: proposal.proposedByName,
      proposed_at: proposal.proposedAt,
      by_team: proposal.byTeam,
      state: proposal.state,
      settled_by_name: proposal.settledByName ?? null,
      settled_at: proposal.settledAt ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

type Same = Pick<ProposalRow, 'organisationId' | 'subject' | 'remedy'>

/** Holds the one that waits for the same. */
export async function lockWaiting(
  tx: TxCtx,
  { organisationId, subject, remedy: { remedy } }: Same,
): Promise<ProposalRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('sso_proposals')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('state', '=', 'waiting')
    .where(sql<SqlBool>`lower(subject) = lower(${subject}) AND remedy ->> 'remedy' = ${remedy}`)
    .forUpdate()
    .executeTakeFirst()
  return row && proposalOf(row)
}

type Place = { id: string; organisationId: OrganisationId }

export async function lockProposal(tx: TxCtx, { id, organisationId }: Place): Promise<ProposalRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('sso_proposals')
    .selectAll()
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .where('proposed_at', '>', since(tx))
    .forUpdate()
    .executeTakeFirst()
  return row && proposalOf(row)
}

export async function updateProposal(
  tx: TxCtx,
  { id, organisationId, state, byTeam, settledByName, settledAt }: ProposalRow,
): Promise<void> {
  await sqlOf(tx)
    .updateTable('sso_proposals')
    .set({ state, by_team: byTeam, settled_by_name: settledByName ?? null, settled_at: settledAt ?? null })
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .execute()
}

/** What waits first, then the newest. `subject`: about one person only. */
export async function listProposals(
  tx: TxCtx,
  organisationId: OrganisationId,
  subject?: string,
): Promise<ProposalRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('sso_proposals')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('proposed_at', '>', since(tx))
    .$if(subject !== undefined, (query) => query.where(sql<SqlBool>`lower(subject) = lower(${subject})`))
    .orderBy(sql`state <> 'waiting'`)
    .orderBy('proposed_at', 'desc')
    .limit(subject === undefined ? 100 : 5)
    .execute()
  return rows.map(proposalOf)
}

const since = (tx: TxCtx): Date => new Date(tx.clock.now().getTime() - proposalDays * 86_400_000)

export async function deleteOldProposals(tx: TxCtx): Promise<void> {
  await sqlOf(tx).deleteFrom('sso_proposals').where('proposed_at', '<=', since(tx)).execute()
}

/** What was proposed for somebody who has left. */
export async function deleteProposalsFor(
  tx: TxCtx,
  {
    memberId,
    organisationId,
    addresses,
  }: { memberId: MemberId; organisationId?: string; addresses: readonly string[] },
): Promise<number> {
  const result = await sqlOf(tx)
    .deleteFrom('sso_proposals')
    .where(
      sql<SqlBool>`(remedy ->> 'memberId' = ${memberId} OR (organisation_id = ${organisationId ?? null}
        AND (lower(subject) = ANY (${addresses}::text[]) OR lower(remedy ->> 'email') = ANY (${addresses}::text[]))))`,
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
