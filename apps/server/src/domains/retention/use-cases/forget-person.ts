import type { ContactId, ConversationId } from '@clew/contract/primitives'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { People } from '../../../platform/domain.ts'
import { deleteLogOf, deleteMailsTo } from '../../../platform/people.repository.ts'
import type { SendSignal } from '../../../platform/realtime.ts'
import type { Storage } from '../../../platform/storage.ts'
import { type CasePerson, endAllIn, listContacts } from '../../contacts/index.ts'
import { listConversationsOf } from '../../conversations/index.ts'
import { authorizeForget } from '../policy.ts'
import { type Erased, insertErasure } from '../repository.ts'

export type ForgetParts = {
  /** Every room that holds something of people, lowest first. */
  people: () => readonly People[]
  storage: Pick<Storage, 'remove'>
  signal: SendSignal
}

/** How much would go. */
export async function previewForget(ctx: Ctx, person: CasePerson, parts: ForgetParts): Promise<Erased> {
  return ctx.transaction(async (tx) => {
    authorizeForget(tx.actor)
    return countAll(tx, person.contactIds, parts.people())
  })
}

/**
 * Deletes everything of a person: their rows in every room, what the log says of them, mails that still lie here, their
 * sessions, and then the bytes of their files. What is left is that it happened. Bytes that a crash leaves behind have no
 * row any more, and the sweep of the files takes them.
 */
export async function forgetPerson(ctx: Ctx, person: CasePerson, parts: ForgetParts): Promise<Erased> {
  const { erased, keys, conversations } = await ctx.transaction(async (tx) => {
    authorizeForget(tx.actor)
    const rooms = parts.people()
    const counted = await countAll(tx, person.contactIds, rooms)
    const open: ConversationId[] = []
    const left: string[] = []
    await deleteMailsTo(tx, await addressesOf(tx, person))
    await endAllIn(tx, person)
    for (const contactId of person.contactIds) {
      open.push(...(await listConversationsOf(tx, contactId)))
      // From the top down, since upper rooms point at what lower ones hold.
      for (const room of [...rooms].reverse()) left.push(...(await room.forget(tx, contactId)))
      await deleteLogOf(tx, contactId)
    }
    await insertErasure(tx, counted)
    return { erased: counted, keys: left, conversations: open }
  })
  for (const conversationId of conversations) parts.signal({ signal: { type: 'erased', conversationId }, team: true })
  for (const key of keys) await parts.storage.remove(key)
  return erased
}

async function addressesOf(tx: TxCtx, { proof, contactIds }: CasePerson): Promise<string[]> {
  const people = [...(await listContacts(tx, contactIds)).values()]
  const given = people.flatMap(({ email }) => email ?? [])
  return [...new Set([...given, ...('address' in proof ? [proof.address] : [])])]
}

async function countAll(tx: TxCtx, contactIds: readonly ContactId[], rooms: readonly People[]): Promise<Erased> {
  const total = { conversations: 0, messages: 0, files: 0, captures: 0 }
  for (const contactId of contactIds)
    for (const room of rooms)
      for (const [what, count] of Object.entries((await room.count?.(tx, contactId)) ?? {}))
        total[what as keyof Erased] += count
  return total
}
