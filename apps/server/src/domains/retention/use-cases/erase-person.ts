import { createHash } from 'node:crypto'
import type { ErasePerson, ErasurePreview, ErasureReceipt } from '@clew/contract/retention'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import { actingAs, type Ctx, type TxCtx } from '../../../platform/ctx.ts'
import type { Person } from '../../../platform/domain.ts'
import { eraseAuditPerson, recordAudit } from '../../audit/index.ts'
import { listContactsAt } from '../../contacts/index.ts'
import { listHeldOf } from '../../conversations/index.ts'
import { listAddressesOf, listMembersAt, type MemberAt } from '../../organisations/index.ts'
import { idHash } from '../certificate.ts'
import { countOf, forgetContacts, forgetMails } from '../forget-contacts.ts'
import { holdingOf, ownerOf } from '../hold-terms.ts'
import type { RetentionParts } from '../parts.ts'
import { authorizeErasure } from '../policy.ts'
import type { Erased } from '../repository.ts'
import { staysOf, toldStays } from '../stays.ts'
import { noteErasure, removeForgotten } from './forget-person.ts'

/** What has to be typed before somebody is erased. */
const confirmationOf = (address: string): string => `erase ${address.toLowerCase()}`

/** What there is of somebody in the organisation, and what would stay. */
export async function previewErasure(
  ctx: Ctx,
  { address }: { address: string },
  parts: RetentionParts,
): Promise<ErasurePreview> {
  const { actor } = ctx
  authorizeErasure(actor)
  return parts.asSystem(ctx, 'retention.preview_erasure').transaction(async (tx) => {
    const found = await findPerson(tx, actor, { address })
    const [member] = found.members
    const total: Erased = { conversations: 0, messages: 0, files: 0, captures: 0 }
    let kept = 0
    for (const id of found.contactIds) {
      const held = (await listHeldOf(tx, id, found.holds)).length
      const count = await countOf(tx, id, parts.people())
      kept += held
      // Where all is held nothing goes; where some is, at most so much.
      if (held > 0 && held === count.conversations) continue
      for (const what of Object.keys(total) as (keyof Erased)[]) total[what] += count[what]
      total.conversations -= held
    }
    const stays = toldStays(await staysOf(tx, personOf(found, actor), parts.people()))
    recordAudit(actingAs(tx, actor), {
      action: 'erasure.previewed',
      organisationId: actor.organisationId,
      targets: [...found.contactIds.map((id) => ({ type: 'contact', id })), ...targetsOf(found.members)],
    })
    return {
      address: address.toLowerCase(),
      ...total,
      kept,
      stays,
      confirm: confirmationOf(address),
      ...(member
        ? { member: { name: member.name, state: member.hasLeft ? ('left' as const) : ('active' as const) } }
        : {}),
    }
  })
}

const targetsOf = (members: readonly MemberAt[]) => members.map(({ id }) => ({ type: 'member', id }))

/** Everybody behind an address in the organisation of whoever acts; of no other. */
async function findPerson(
  tx: TxCtx,
  { organisationId }: MemberActor,
  { address, forDeleting = false }: { address: string; forDeleting?: boolean },
) {
  const owner = await ownerOf(tx, organisationId)
  const { holds } = await holdingOf(tx, owner, { forDeleting })
  const contactIds = await listContactsAt(tx, [address], owner)
  const members = await listMembersAt(tx, organisationId, address)
  if (contactIds.length + members.length === 0) throw new AppError('erasure.nobody')
  const known = await listAddressesOf(
    tx,
    members.map(({ id }) => id),
  )
  return { contactIds, members, holds, addresses: [...new Set([address.toLowerCase(), ...known])] }
}

type Found = Awaited<ReturnType<typeof findPerson>>

const personOf = ({ contactIds, members, addresses }: Found, { organisationId }: MemberActor): Person => ({
  organisationId,
  contactIds,
  memberIds: members.map(({ id }) => id),
  addresses,
})

/**
 * Erases somebody of the organisation in one go: what they asked and sent, a colleague's account and name once they
 * have left, and what the audit log says of them beside the chain. What a hold keeps stays, and goes by itself later.
 */
export async function erasePerson(ctx: Ctx, input: ErasePerson, parts: RetentionParts): Promise<ErasureReceipt> {
  const { actor } = ctx
  authorizeErasure(actor)
  const address = input.address.toLowerCase()
  if (input.confirm !== confirmationOf(address)) throw new AppError('erasure.not_confirmed')
  const { forgotten, certificateId } = await parts
    .asSystem(ctx, 'retention.erase_person')
    .transaction(async (tx) => eraseIn(tx, { actor, address }, parts))
  await removeForgotten(forgotten, parts)
  return { id: certificateId, certificateId, kept: forgotten.kept }
}

async function eraseIn(tx: TxCtx, { actor, address }: { actor: MemberActor; address: string }, parts: RetentionParts) {
  const { organisationId } = actor
  const found = await findPerson(tx, actor, { address, forDeleting: true })
  if (found.members.some(({ hasLeft }) => !hasLeft)) throw new AppError('erasure.member_active')
  const held = found.members.filter(({ id }) =>
    found.holds.some((hold) => hold.everything || hold.memberIds.includes(id)),
  )
  const stays = toldStays(await staysOf(tx, personOf(found, actor), parts.people()))
  await forgetMails(tx, found.contactIds, found.addresses)
  const forgotten = await forgetContacts(tx, found.contactIds, parts.people())
  const gone = found.members.filter((each) => !held.includes(each))
  for (const { id } of gone) {
    for (const room of [...parts.people()].reverse()) await room.forgetMember?.(tx, id)
    forgotten.stones.push({ class: 'member', idHash: idHash('member', id) })
  }
  // What is held as evidence keeps its names in the log.
  const isHeld = forgotten.kept + held.length > 0
  const personIds = [...found.contactIds, ...gone.map(({ id }) => id)]
  const pieces = isHeld ? 0 : await eraseAuditPerson(tx, { organisationId, personIds, addresses: found.addresses })
  const facts = { members: gone.length, members_kept: held.length, audit_pieces: pieces, stays }
  const certificateId = await noteErasure(
    tx,
    { forgotten, askedBy: 'admin', organisationId, facts: { ...facts, person: personHash(organisationId, address) } },
    parts,
  )
  if (certificateId === undefined) throw new Error('an erasure of an organisation has no certificate')
  recordAudit(actingAs(tx, actor), {
    action: 'erasure.completed',
    organisationId,
    targets: personIds.map((id) => ({ type: 'person', id })),
    metadata: {
      ...forgotten.erased,
      ...facts,
      stays: stays.map(({ why }) => why),
      kept: forgotten.kept,
      certificate: certificateId,
    },
  })
  return { forgotten, certificateId }
}

/** Whoever knows the address can tell that the certificate is about it. */
const personHash = (organisationId: string, address: string): string =>
  createHash('sha256').update(`${organisationId}:${address}`).digest('hex')
