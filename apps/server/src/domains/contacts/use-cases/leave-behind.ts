import type { ContactId, OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { authorizeContactSessions } from '../policy.ts'
import { copyAsLeft, lockLeft } from '../repository.organisation.ts'
import { deleteContact } from '../repository.ts'

export type LeaveParts = {
  /** Gives what is of one contact to another, in every room. */
  join(tx: TxCtx, pair: { from: ContactId; to: ContactId }): Promise<void>
  /** Whether any room has something of a contact. */
  hasAnything(tx: TxCtx, contactId: ContactId): Promise<boolean>
}

/**
 * Somebody goes from one organisation to another, or to none. What they asked in its name stays with it: as a contact
 * that carries what was proved of them then, and that nobody comes in as. They themselves begin anew.
 */
export async function leaveBehind(tx: TxCtx, contactId: ContactId, parts: LeaveParts): Promise<void> {
  authorizeContactSessions(tx.actor)
  if (!(await parts.hasAnything(tx, contactId))) return
  const left = tx.ids.next() as ContactId
  await copyAsLeft(tx, { from: contactId, to: left })
  await parts.join(tx, { from: contactId, to: left })
  // Where the person still looks at it, it goes.
  tx.emit('contact.left_behind', { contactId, leftId: left })
}

/** Whoever comes back to an organisation finds again what they asked as one of it. */
export async function findAgain(
  tx: TxCtx,
  who: { contactId: ContactId; organisationId: OrganisationId },
  parts: LeaveParts,
): Promise<void> {
  authorizeContactSessions(tx.actor)
  for (const left of await lockLeft(tx, who)) {
    await parts.join(tx, { from: left, to: who.contactId })
    await deleteContact(tx, left)
  }
}
