import type { ContactId, OrganisationId } from '@clew/contract/primitives'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Stays } from '../../../platform/domain.ts'
import { eraseAuditPerson } from '../../audit/index.ts'
import { type CasePerson, endAllIn, listContacts } from '../../contacts/index.ts'
import { findSupportTeam, listOrganisationsAt } from '../../organisations/index.ts'
import { certify } from '../certify.ts'
import { countOf, type Forgotten, forgetContacts, forgetMails, lockForgetting } from '../forget-contacts.ts'
import type { ForgetParts } from '../parts.ts'
import { authorizeForget } from '../policy.ts'
import { insertTombstones } from '../repository.certificates.ts'
import { type Erased, type ErasureRow, insertErasure } from '../repository.ts'
import { staysOf, toldStays } from '../stays.ts'

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
    await lockForgetting(tx, person.contactIds)
    const addresses = await addressesOf(tx, person)
    const team = await findSupportTeam(tx)
    const stays = team ? await staysOfContact(tx, { ...person, addresses, team }, parts) : []
    await forgetMails(tx, person.contactIds, addresses)
    await endAllIn(tx, person)
    const forgotten = await forgetContacts(tx, person.contactIds, parts.people())
    // What is held as evidence keeps its names in the log, and loses them with the rest.
    const pieces = forgotten.kept > 0 ? 0 : await eraseFromLogs(tx, { contactIds: person.contactIds, addresses })
    const facts = { audit_pieces: pieces, stays: toldStays(stays) }
    return {
      forgotten,
      certificateId: await noteErasure(tx, { forgotten, askedBy: 'contact', organisationId: team, facts }, parts),
    }
  })
  await removeForgotten(forgotten, parts)
  return { ...forgotten.erased, kept: forgotten.kept, certificateId }
}

/** That a hold names them is told to nobody but who placed it. */
async function staysOfContact(
  tx: TxCtx,
  { contactIds, addresses, team }: Pick<CasePerson, 'contactIds'> & { addresses: string[]; team: OrganisationId },
  parts: ForgetParts,
): Promise<Stays[]> {
  const [contact] = (await listContacts(tx, contactIds)).values()
  const organisationId = contact?.organisationId ?? team
  const stays = await staysOf(tx, { organisationId, memberIds: [], contactIds, addresses }, parts.people())
  return stays.filter(({ why }) => why !== 'holds')
}

async function addressesOf(tx: TxCtx, { proof, contactIds }: CasePerson): Promise<string[]> {
  const known = [...(await listContacts(tx, contactIds)).values()].flatMap(({ email }) => email ?? [])
  const proved = 'address' in proof ? [proof.address] : []
  return [...new Set([...proved, ...known].map((each) => each.toLowerCase()))]
}

/**
 * In every log by what they were as somebody who asked. Where the address is or was a colleague's, that organisation
 * decides what its log says of its people: there only what is about the one who asked goes.
 */
export async function eraseFromLogs(
  tx: TxCtx,
  { contactIds, addresses }: { contactIds: readonly ContactId[]; addresses: readonly string[] },
): Promise<number> {
  authorizeForget(tx.actor)
  const byIdOnly = await listOrganisationsAt(tx, addresses)
  return eraseAuditPerson(tx, { personIds: contactIds, addresses, byIdOnly })
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
  { keys }: Pick<Forgotten, 'keys'>,
  parts: Pick<ForgetParts, 'storage'>,
): Promise<void> {
  for (const key of keys) await parts.storage.remove(key)
}
