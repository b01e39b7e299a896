import type { ContactId, OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { People } from '../../platform/domain.ts'
import { deleteMailsTo } from '../../platform/people.repository.ts'
import { endAllIn, listContacts } from '../contacts/index.ts'
import { listConversationsOf, listHeldOf } from '../conversations/index.ts'
import { findSupportTeam } from '../organisations/index.ts'
import type { Tombstone } from './certificate.ts'
import { idHash } from './certificate.ts'
import { forgetContact, forgetConversation, type GoneConversation, tellErased } from './forget-conversation.ts'
import { holdingOf, ownerOf } from './hold-terms.ts'
import { lockDeleting } from './repository.holds.ts'
import type { Erased } from './repository.ts'

export type Forgotten = {
  erased: Erased
  keys: string[]
  stones: Tombstone[]
  /** Conversations that a hold keeps, and the contacts that are kept with them. */
  kept: number
  waiting: ContactId[]
}

/**
 * Deletes everything of these contacts that no hold keeps, in the caller's transaction. Where something is kept the
 * contact is too, without any way in.
 */
export async function forgetContacts(
  tx: TxCtx,
  contactIds: readonly ContactId[],
  rooms: readonly People[],
): Promise<Forgotten> {
  const all: Forgotten = {
    erased: { conversations: 0, messages: 0, files: 0, captures: 0 },
    keys: [],
    stones: [],
    kept: 0,
    waiting: [],
  }
  const team = await findSupportTeam(tx)
  await lockForgetting(tx, contactIds)
  const contacts = await listContacts(tx, contactIds)
  const gone: GoneConversation[] = []
  for (const [contactId, { organisationId }] of contacts)
    await forgetOne(tx, { contactId, organisationId: organisationId ?? team, rooms, gone }, all)
  await tellErased(tx, gone)
  return all
}

/** Called before any row of theirs is held. */
export async function lockForgetting(tx: TxCtx, contactIds: readonly ContactId[]): Promise<void> {
  const team = await findSupportTeam(tx)
  const contacts = await listContacts(tx, contactIds)
  const owners = [...contacts.values()].flatMap((each) => each.organisationId ?? team ?? [])
  await lockDeleting(tx, { owners, holders: team ? [team] : [] })
}

type One = {
  contactId: ContactId
  organisationId: OrganisationId | undefined
  rooms: readonly People[]
  gone: GoneConversation[]
}

async function forgetOne(tx: TxCtx, { contactId, organisationId, rooms, gone }: One, all: Forgotten): Promise<void> {
  const before = await countOf(tx, contactId, rooms)
  const holds = organisationId ? (await holdingOf(tx, await ownerOf(tx, organisationId))).holds : []
  const held = new Set(await listHeldOf(tx, contactId, holds))
  for (const id of await listConversationsOf(tx, contactId)) {
    if (held.has(id)) continue
    all.keys.push(...(await forgetConversation(tx, id, { rooms, gone })))
    all.stones.push({ class: 'conversation', idHash: idHash('conversation', id) })
  }
  if (held.size === 0) {
    all.keys.push(...(await forgetContact(tx, contactId, rooms)))
    all.stones.push({ class: 'contact', idHash: idHash('contact', contactId) })
  } else {
    await endAllIn(tx, { proof: { contactId }, contactIds: [contactId] })
    all.waiting.push(contactId)
  }
  const after = await countOf(tx, contactId, rooms)
  all.kept += held.size
  for (const what of Object.keys(all.erased) as (keyof Erased)[]) all.erased[what] += before[what] - after[what]
}

/** Mails that still lie here, to every address of these people. */
export async function forgetMails(
  tx: TxCtx,
  contactIds: readonly ContactId[],
  addresses: readonly string[],
): Promise<void> {
  const given = [...(await listContacts(tx, contactIds)).values()].flatMap(({ email }) => email ?? [])
  await deleteMailsTo(tx, [...new Set([...given, ...addresses])])
}

export async function countOf(tx: TxCtx, contactId: ContactId, rooms: readonly People[]): Promise<Erased> {
  const total = { conversations: 0, messages: 0, files: 0, captures: 0 }
  for (const room of rooms)
    for (const [what, count] of Object.entries((await room.count?.(tx, contactId)) ?? {}))
      total[what as keyof Erased] += count
  return total
}
