import type { ContactId, MemberId, OrganisationId } from '@clew/contract/primitives'
import { type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Person, Stays } from '../../platform/domain.ts'
import { sqlOf } from '../../platform/sql.ts'
import { listContacts } from '../contacts/index.ts'
import { describeLeaver } from '../organisations/index.ts'
import { endExport } from './end-export.ts'
import { isOpen } from './model.ts'
import { deleteOwnOf } from './repository.own.ts'
import { listAbout, updateExport } from './repository.ts'

const nobody = { of: 'person', email: 'erased@erased.invalid' } as const

/** Exports of everything of one person end with that person, and no longer say who it was. */
async function endAbout(
  tx: TxCtx,
  of: { organisationId: OrganisationId | undefined; addresses: readonly string[] },
): Promise<number> {
  const about = await listAbout(tx, of)
  for (const row of about) {
    // First, so that the end of it names nobody in the log either.
    await updateExport(tx, row.id, { content: JSON.stringify(nobody), reason: '—', decision_reason: null })
    const isThere = isOpen(row) || row.state === 'ready' || row.state === 'fetched'
    if (isThere)
      await endExport(
        tx,
        { ...row, content: nobody },
        { state: 'cancelled', action: 'export.cancelled', why: 'erased' },
      )
  }
  return about.length
}

export async function forgetExportsOfMember(tx: TxCtx, memberId: MemberId): Promise<number> {
  const leaver = await describeLeaver(tx, memberId)
  return leaver === undefined ? 0 : endAbout(tx, leaver)
}

/** An organisation's own is about its people; the support team's may be about anybody. */
export async function forgetExportsOfContact(tx: TxCtx, contactId: ContactId): Promise<readonly string[]> {
  const contact = (await listContacts(tx, [contactId])).get(contactId)
  if (contact?.email !== undefined)
    await endAbout(tx, { organisationId: contact.organisationId, addresses: [contact.email.toLowerCase()] })
  return deleteOwnOf(tx, contactId)
}

/** What was taken out before is sealed with a password that is not kept here: it goes as a whole, at its end. */
export async function keepsArchives(tx: TxCtx, { organisationId }: Person): Promise<Stays[]> {
  const row = await sqlOf(tx)
    .selectFrom('exports')
    .select(({ fn }) => fn.max('expires_at').as('until'))
    .where('organisation_id', '=', organisationId)
    .where('state', 'in', ['ready', 'fetched'])
    .where(sql<SqlBool>`content ->> 'of' = 'organisation'`)
    .executeTakeFirst()
  return row?.until ? [{ why: 'archives', until: row.until }] : []
}
