import type { ContactId, OrganisationId } from '@clew/contract/primitives'
import { type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type Proved = {
  address: string | undefined
  organisationId: OrganisationId | undefined
  isLeft: boolean
  /** Where they are, as their signed identity says. */
  workspace: string | undefined
}

/** The address that was proved of a contact, and the organisation they count to now. Held until the transaction ends. */
export async function lockProved(tx: TxCtx, id: ContactId): Promise<Proved | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('contacts')
    .select(['verified_email', 'organisation_id', 'left_at'])
    .select(sql<string | null>`host_claims -> 'workspace' ->> 'id'`.as('workspace'))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return (
    row && {
      address: row.verified_email ?? undefined,
      organisationId: (row.organisation_id ?? undefined) as OrganisationId | undefined,
      isLeft: row.left_at !== null,
      workspace: row.workspace ?? undefined,
    }
  )
}

export async function setOrganisation(
  tx: TxCtx,
  id: ContactId,
  organisationId: OrganisationId | undefined,
): Promise<void> {
  await sqlOf(tx)
    .updateTable('contacts')
    .set({ organisation_id: organisationId ?? null })
    .where('id', '=', id)
    .execute()
}

/** A contact for what somebody leaves with an organisation: as they are known to it now, and with no way in. */
export async function copyAsLeft(tx: TxCtx, { from, to }: { from: ContactId; to: ContactId }): Promise<void> {
  await sql`
    INSERT INTO contacts (id, organisation_id, name, email, verified_email, verified_at, host_claims, locale, created_at,
                          left_by, left_at)
    SELECT ${to}, organisation_id, name, email, verified_email, verified_at, host_claims, locale, created_at,
           id, ${tx.clock.now()}
      FROM contacts WHERE id = ${from}`.execute(sqlOf(tx))
}

/** What somebody once left with an organisation, held until the transaction ends. */
export async function lockLeft(
  tx: TxCtx,
  { contactId, organisationId }: { contactId: ContactId; organisationId: OrganisationId },
): Promise<ContactId[]> {
  const rows = await sqlOf(tx)
    .selectFrom('contacts')
    .select('id')
    .where('left_by', '=', contactId)
    .where('organisation_id', '=', organisationId)
    .forUpdate()
    .execute()
  return rows.map(({ id }) => id as ContactId)
}

/** Everybody whose proved address this is. */
export async function listProvedAs(tx: TxCtx, address: string): Promise<ContactId[]> {
  const rows = await sqlOf(tx)
    .selectFrom('contacts')
    .select('id')
    .where((eb) => eb(eb.fn('lower', ['verified_email']), '=', address.toLowerCase()))
    .execute()
  return rows.map(({ id }) => id as ContactId)
}

/** Everybody with a proved address on a domain, and if it is so on those below it. */
export async function listProvedAt(
  tx: TxCtx,
  { name, coversSubdomains }: { name: string; coversSubdomains: boolean },
): Promise<ContactId[]> {
  const host = sql<string>`split_part(lower(verified_email), '@', 2)`
  const rows = await sqlOf(tx)
    .selectFrom('contacts')
    .select('id')
    .where('verified_email', 'is not', null)
    .where((eb) =>
      coversSubdomains
        ? eb.or([eb(host, '=', name), sql<SqlBool>`right(${host}, ${name.length + 1}) = ${`.${name}`}`])
        : eb(host, '=', name),
    )
    .execute()
  return rows.map(({ id }) => id as ContactId)
}
