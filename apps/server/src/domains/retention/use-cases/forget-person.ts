import type { OrganisationId } from '@clew/contract/primitives'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { type CasePerson, endAllIn } from '../../contacts/index.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import { certify } from '../certify.ts'
import { countOf, type Forgotten, forgetContacts, forgetMails, lockForgetting } from '../forget-contacts.ts'
import type { ForgetParts } from '../parts.ts'
import { authorizeForget } from '../policy.ts'
import { insertTombstones } from '../repository.certificates.ts'
import { type Erased, type ErasureRow, insertErasure } from '../repository.ts'

/** How much would go. */
export async function previewForget(ctx: Ctx, person: CasePerson, parts: Pick<ForgetParts, 'people'>): Promise<Erased> {
  return ctx.transaction(async (tx) => {
    authorizeForget(tx.actor)
    const total = { conversations: 0, messages: 0, files: 0, captures: 0 }
    for (const contactId of person.contactIds)
      for (const [what, count] of Object.entries(await countOf(tx, contactId, parts.people())))
        total[what as keyof Erased] += count
    return total
  })
}

/**
 * Deletes everything of a person: their rows in every room, what the log says of them, mails that still lie here, their
 * sessions, and then the bytes of their files. What is left is that it happened, with a certificate. What a hold keeps
 * goes once nothing holds it. Bytes that a crash leaves behind have no row any more, and the sweep of the files takes
 * them.
 */
export async function forgetPerson(
  ctx: Ctx,
  person: CasePerson,
  parts: ForgetParts,
): Promise<Erased & { kept: number; certificateId: string | undefined }> {
  const { forgotten, certificateId } = await ctx.transaction(async (tx) => {
    authorizeForget(tx.actor)
    const addresses = 'address' in person.proof ? [person.proof.address] : []
    await lockForgetting(tx, person.contactIds)
    await forgetMails(tx, person.contactIds, addresses)
    await endAllIn(tx, person)
    const forgotten = await forgetContacts(tx, person.contactIds, parts.people())
    const team = await findSupportTeam(tx)
    return {
      forgotten,
      certificateId: await noteErasure(tx, { forgotten, askedBy: 'contact', organisationId: team, facts: {} }, parts),
    }
  })
  await removeForgotten(forgotten, parts)
  return { ...forgotten.erased, kept: forgotten.kept, certificateId }
}

type Noting = Pick<ErasureRow, 'askedBy' | 'organisationId'> & { forgotten: Forgotten; facts: object }

/** Writes down that it happened, and signs it. Before there is a support team nobody keeps certificates. */
export async function noteErasure(
  tx: TxCtx,
  { forgotten, askedBy, organisationId, facts }: Noting,
  parts: ForgetParts,
): Promise<string | undefined> {
  const id = tx.ids.next()
  const { erased, kept, waiting, stones } = forgotten
  await insertErasure(tx, { id, askedBy, organisationId, erased, kept, waiting })
  if (organisationId === undefined) return undefined
  return certifyErasure(tx, { ofId: id, organisationId, askedBy, forgotten: { erased, kept, stones }, facts }, parts)
}

type Certifying = {
  ofId: string
  organisationId: OrganisationId
  askedBy: ErasureRow['askedBy']
  forgotten: Pick<Forgotten, 'erased' | 'kept' | 'stones'>
  facts: object
}

export async function certifyErasure(
  tx: TxCtx,
  { ofId, organisationId, askedBy, forgotten, facts }: Certifying,
  parts: ForgetParts,
): Promise<string> {
  await insertTombstones(tx, { ofId, organisationId }, forgotten.stones)
  return certify(
    tx,
    {
      kind: 'erasure',
      ofId,
      organisationId,
      facts: {
        asked_by: askedBy,
        erased: forgotten.erased,
        kept: { conversations: forgotten.kept, ...(forgotten.kept > 0 ? { why: 'legal_hold' } : {}) },
        ...facts,
      },
    },
    parts,
  )
}

/** What follows once it has happened. */
export async function removeForgotten(
  { conversations, keys }: Pick<Forgotten, 'conversations' | 'keys'>,
  parts: Pick<ForgetParts, 'signal' | 'storage'>,
): Promise<void> {
  for (const conversationId of conversations) parts.signal({ signal: { type: 'erased', conversationId }, team: true })
  for (const key of keys) await parts.storage.remove(key)
}
