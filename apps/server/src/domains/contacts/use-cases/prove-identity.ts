import type { VerifiedSession } from '@clew/contract/identity'
import type { ContactId, Locale } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newToken, sha256 } from '../../../platform/ids.ts'
import type { TextSeal } from '../../../platform/storage/text-seal.ts'
import type { Identity, IdentityKeyRow } from '../model.ts'
import { authorizeContactSessions } from '../policy.ts'
import { readIdentity } from '../read-identity.ts'
import {
  deleteContactSessions,
  insertUse,
  listKeys,
  lockSubject,
  noteKeyUsed,
  setVerified,
} from '../repository.identity.ts'
import { deleteContact, findContactSession, insertContact, insertContactSession, lockContact } from '../repository.ts'
import type { LeaveParts } from './leave-behind.ts'
import { leaveByAddress } from './place-contact.ts'

export type IdentityParts = {
  seal: TextSeal
  /** The address of this installation: what `aud` has to be. */
  audience: () => string
} & LeaveParts

type Proving = { identity: string; locale: Locale; token?: string | undefined }

/**
 * Opens a session for the person whom a signed identity names; the same one on every device. What they said before they
 * were known, under `token`, becomes theirs. Two who are both known stay two.
 */
export async function proveIdentity(ctx: Ctx, input: Proving, parts: IdentityParts): Promise<VerifiedSession> {
  const { identity, key } = await checkIdentity(ctx, input.identity, parts)
  const token = newToken()
  const contactId = await ctx.transaction(async (tx) => {
    await useUp(tx, { identity, key })
    const known = await lockSubject(tx, identity.subject)
    if (known) await leaveByAddress(tx, comingAs(known, identity), parts)
    const visitor = await visitorOf(tx, input.token, known)
    const id = await contactFor(tx, { known, visitor, locale: input.locale }, parts)
    await setVerified(tx, id, identity)
    await insertContactSession(tx, { tokenHash: hashToken(token), contactId: id, expiresAt: identity.expiresAt })
    tx.emit('contact.verified', { contactId: id })
    return id
  })
  return { token, contactId, expiresAt: identity.expiresAt.toISOString() }
}

/** Who a signed identity names, as a contact of ours; one who was never here is made. */
export async function identityContact(
  ctx: Ctx,
  input: { identity: string; locale: Locale },
  parts: IdentityParts,
): Promise<ContactId> {
  const { identity, key } = await checkIdentity(ctx, input.identity, parts)
  return ctx.transaction(async (tx) => {
    await useUp(tx, { identity, key })
    const known = await lockSubject(tx, identity.subject)
    if (known) await leaveByAddress(tx, comingAs(known, identity), parts)
    const id = await contactFor(tx, { known, visitor: undefined, locale: input.locale }, parts)
    await setVerified(tx, id, identity)
    tx.emit('contact.verified', { contactId: id })
    return id
  })
}

const comingAs = (contactId: ContactId, { claims: { email: address, workspace } }: Identity) => ({
  contactId,
  address,
  workspace: workspace?.id,
})

type Checked = { identity: Identity; key: IdentityKeyRow }

async function checkIdentity(ctx: Ctx, token: string, { seal, audience }: IdentityParts): Promise<Checked> {
  const keys = await ctx.transaction(async (tx) => {
    authorizeContactSessions(tx.actor)
    return listKeys(tx)
  })
  return readIdentity(token, {
    keys,
    // As it was shown: libraries take a secret as the text that it is.
    secretOf: ({ id, sealedSecret }) => Buffer.from(seal.open(sealedSecret ?? Buffer.alloc(0), `identity ${id}`)),
    audience: audience(),
    now: ctx.clock.now(),
  })
}

/** Twice the tolerance after its end nobody could use it again. */
const afterwardsMs = 60_000

async function useUp(tx: TxCtx, { identity, key }: Checked): Promise<void> {
  authorizeContactSessions(tx.actor)
  const expiresAt = new Date(identity.expiresAt.getTime() + afterwardsMs)
  if (!(await insertUse(tx, sha256('identity', identity.useId), expiresAt))) throw new AppError('identity.replayed')
  await noteKeyUsed(tx, key.id)
}

/** The visitor who becomes somebody, if the token is of one who is nobody yet. */
async function visitorOf(
  tx: TxCtx,
  token: string | undefined,
  known: ContactId | undefined,
): Promise<ContactId | undefined> {
  const session = token === undefined ? undefined : await findContactSession(tx, hashToken(token))
  if (!session || session.contactId === known) return undefined
  const visitor = await lockContact(tx, session.contactId)
  return visitor && !visitor.isVerified ? visitor.id : undefined
}

type Parties = { known: ContactId | undefined; visitor: ContactId | undefined; locale: Locale }

async function contactFor(tx: TxCtx, { known, visitor, locale }: Parties, parts: IdentityParts): Promise<ContactId> {
  if (known && visitor) {
    await parts.join(tx, { from: visitor, to: known })
    await deleteContact(tx, visitor)
  }
  if (known) return known
  if (visitor) {
    // A token from before may be in other hands, and would from now on open what is theirs.
    await deleteContactSessions(tx, visitor)
    return visitor
  }
  const id = tx.ids.next() as ContactId
  await insertContact(tx, { id, locale })
  return id
}
