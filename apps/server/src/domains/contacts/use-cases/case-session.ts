import type { ContactId, Locale } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { type CasePerson, idleDays, type Proof } from '../model.ts'
import { authorizeContactSessions } from '../policy.ts'
import {
  deleteCaseSession,
  deleteCaseSessionsOf,
  deleteMailLinks,
  findCaseSession,
  insertCaseSession,
  listContactsOfAddress,
  noteCaseSessionSeen,
  takeMailLink,
} from '../repository.access.ts'
import { deleteContactSessions } from '../repository.identity.ts'
import { listContacts } from '../repository.ts'
import { type IdentityParts, identityContact } from './prove-identity.ts'

const seenEveryMs = 5 * 60_000
export const idleMs = idleDays * 86_400_000

/** Opens "my cases" with the link of a mail, once. */
export async function enterByLink(ctx: Ctx, linkToken: string): Promise<string> {
  return ctx.transaction(async (tx) => {
    authorizeContactSessions(tx.actor)
    const address = await takeMailLink(tx, hashToken(linkToken))
    if (address === undefined) throw new AppError('my_link.invalid')
    return open(tx, { address })
  })
}

/** Opens "my cases" for the person whom a signed identity names. */
export async function enterByIdentity(
  ctx: Ctx,
  input: { identity: string; locale: Locale },
  parts: IdentityParts,
): Promise<string> {
  const contactId = await identityContact(ctx, input, parts)
  return ctx.transaction((tx) => open(tx, { contactId }))
}

async function open(tx: TxCtx, proof: Proof): Promise<string> {
  authorizeContactSessions(tx.actor)
  const token = newToken()
  await insertCaseSession(tx, hashToken(token), proof)
  return token
}

/** Who is there with this token, as long as they keep coming back. */
export async function readCaseSession(ctx: Ctx, token: string): Promise<CasePerson | undefined> {
  return ctx.transaction(async (tx) => {
    authorizeContactSessions(tx.actor)
    const hash = hashToken(token)
    const now = tx.clock.now().getTime()
    const session = await findCaseSession(tx, hash, new Date(now - idleMs))
    if (!session) return undefined
    if (now - session.seenAt.getTime() > seenEveryMs) await noteCaseSessionSeen(tx, hash)
    return { proof: session.proof, contactIds: await contactsOf(tx, session.proof) }
  })
}

async function contactsOf(tx: TxCtx, proof: Proof): Promise<ContactId[]> {
  if ('address' in proof) return listContactsOfAddress(tx, proof.address)
  return [...(await listContacts(tx, [proof.contactId])).keys()]
}

export async function endCaseSession(ctx: Ctx, token: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeContactSessions(tx.actor)
    await deleteCaseSession(tx, hashToken(token))
  })
}

/** Ends every session of a person, the bubbles' included, and every link that still lies in their mail. */
export async function endAllSessions(ctx: Ctx, person: CasePerson): Promise<void> {
  await ctx.transaction((tx) => endAllIn(tx, person))
}

export async function endAllIn(tx: TxCtx, { proof, contactIds }: CasePerson): Promise<void> {
  authorizeContactSessions(tx.actor)
  await deleteCaseSessionsOf(tx, proof)
  if ('address' in proof) await deleteMailLinks(tx, proof.address)
  for (const id of contactIds) {
    await deleteCaseSessionsOf(tx, { contactId: id })
    await deleteContactSessions(tx, id)
  }
}
