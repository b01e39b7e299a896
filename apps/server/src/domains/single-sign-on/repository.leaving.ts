import type { MemberId } from '@clew/contract/primitives'
import { type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { describeLeaver } from '../organisations/index.ts'
import { deleteProposalsFor } from './repository.proposals.ts'

/** What an identity provider said of somebody who has left, what they tried, and who they are there. */
export async function deleteIdentitiesOf(tx: TxCtx, memberId: MemberId): Promise<number> {
  const db = sqlOf(tx)
  const leaver = await describeLeaver(tx, memberId)
  const addresses = leaver?.addresses ?? []
  const attempts = await db
    .deleteFrom('sso_attempts')
    .where((eb) =>
      eb.or([
        eb('member_id', '=', memberId),
        eb.and([
          eb('organisation_id', '=', leaver?.organisationId ?? null),
          sql<SqlBool>`(lower(typed_email) = ANY (${addresses}::text[]) OR lower(asserted_email) = ANY (${addresses}::text[]))`,
        ]),
      ]),
    )
    .executeTakeFirst()
  const identities = await db.deleteFrom('sso_identities').where('member_id', '=', memberId).executeTakeFirst()
  const proposals = await deleteProposalsFor(tx, {
    memberId,
    addresses,
    ...(leaver === undefined ? {} : { organisationId: leaver.organisationId }),
  })
  return Number(attempts.numDeletedRows) + Number(identities.numDeletedRows) + proposals
}
