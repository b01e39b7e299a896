import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { hashToken, newToken } from '../../platform/ids.ts'
import { queueMail } from '../../platform/mail/outbox.ts'
import { recordAudit } from '../audit/index.ts'
import { invitationMail } from './invitation-mail.ts'
import { invitationDays, normalEmail, type OrganisationKind } from './model.ts'
import {
  type InvitationDraft,
  type InvitationRow,
  insertInvitations,
  renewInvitation,
  revokeInvitationsTo,
} from './repository.invitations.ts'

export type InviteSettings = { brand: () => string; baseUrl: () => string; hasMailServer: boolean }

/** On whose behalf letters go out. */
export type Sender = {
  organisation: { id: OrganisationId; name: string; kind: OrganisationKind }
  by: { id: MemberId; name: string } | undefined
}

export type NewInvitation = Pick<
  InvitationRow,
  | 'email'
  | 'name'
  | 'role'
  | 'customRoleId'
  | 'seatTypeId'
  | 'groupIds'
  | 'locale'
  | 'memberExpiresAt'
  | 'source'
  | 'waitsFor'
>

export type Issued = { id: string; email: string; expiresAt: Date; link: string | undefined }

export const lettersGo = (settings: InviteSettings): 'queued' | 'kept' => (settings.hasMailServer ? 'queued' : 'kept')

const expiry = (tx: TxCtx): Date => new Date(tx.clock.now().getTime() + invitationDays * 86_400_000)

/**
 * Keeps invitations and sends their letters; who was invited before gets the newer one. The link is in the letter and
 * in the answer; only its hash is kept. What waits has no letter yet.
 */
export async function issueInvitations(
  tx: TxCtx,
  { sender, invitations }: { sender: Sender; invitations: readonly NewInvitation[] },
  settings: InviteSettings,
): Promise<Issued[]> {
  // In the order of the list: of those who wait for a seat, who was named first comes first.
  const ids = invitations.map(() => tx.ids.next()).sort()
  const drafts = invitations.map((each, i) => ({ ...draftOf(tx, sender, each), id: ids[i] ?? tx.ids.next() }))
  const organisationId = sender.organisation.id
  await revokeInvitationsTo(
    tx,
    organisationId,
    drafts.map(({ email }) => email),
  )
  await insertInvitations(tx, drafts)
  const issued: Issued[] = []
  // Several letters travel to the database together.
  for (let from = 0; from < drafts.length; from += lettersAtOnce)
    issued.push(
      ...(await Promise.all(
        drafts.slice(from, from + lettersAtOnce).map((draft) => issueOne(tx, { sender, draft }, settings)),
      )),
    )
  return issued
}

const lettersAtOnce = 100

async function issueOne(
  tx: TxCtx,
  { sender, draft }: { sender: Sender; draft: Drafted },
  settings: InviteSettings,
): Promise<Issued> {
  const { id, email, expiresAt, waitsFor, role } = draft
  tx.emit('member.invited', { invitationId: id })
  recordAudit(tx, {
    action: 'user.invited',
    organisationId: sender.organisation.id,
    targets: [{ type: 'invitation', id, name: email }],
    metadata: { role, ...(waitsFor === undefined ? {} : { waits_for: waitsFor }) },
  })
  const link =
    waitsFor === undefined ? await sendLetter(tx, { sender, invitation: draft, ...draft }, settings) : undefined
  return { id, email, expiresAt, link }
}

type Drafted = InvitationDraft & { token: string }

function draftOf(tx: TxCtx, { organisation, by }: Sender, invitation: NewInvitation): Omit<Drafted, 'id'> {
  const token = newToken()
  const isSent = invitation.waitsFor === undefined
  return {
    ...invitation,
    email: normalEmail(invitation.email),
    organisationId: organisation.id,
    token,
    tokenHash: hashToken(token),
    invitedBy: by?.id,
    sentCount: isSent ? 1 : 0,
    lastSentAt: isSent ? tx.clock.now() : undefined,
    createdAt: tx.clock.now(),
    expiresAt: expiry(tx),
    acceptedAt: undefined,
    revokedAt: undefined,
  }
}

/** Sends an invitation once more, or for the first time after it has waited. Its old link stops working. */
export async function sendAgain(
  tx: TxCtx,
  { sender, invitation }: { sender: Sender; invitation: InvitationRow },
  settings: InviteSettings,
): Promise<Issued> {
  const token = newToken()
  const renewed = { tokenHash: hashToken(token), expiresAt: expiry(tx), sentCount: invitation.sentCount + 1 }
  await renewInvitation(tx, invitation.id, renewed)
  const link = await sendLetter(tx, { sender, invitation, token, sentCount: renewed.sentCount }, settings)
  return { id: invitation.id, email: invitation.email, expiresAt: renewed.expiresAt, link }
}

type Letter = {
  sender: Sender
  invitation: Pick<InvitationRow, 'id' | 'email' | 'locale'>
  token: string
  sentCount: number
}

async function sendLetter(
  tx: TxCtx,
  { sender, invitation, token, sentCount }: Letter,
  settings: InviteSettings,
): Promise<string> {
  // After the hash, so that the token never reaches a server or its logs.
  const link = `${settings.baseUrl()}/app/join#token=${token}`
  const { organisation, by } = sender
  await queueMail(tx, {
    idempotencyKey: `invitation:${invitation.id}:${sentCount}`,
    to: invitation.email,
    ...invitationMail(invitation.locale, {
      kind: organisation.kind,
      brand: settings.brand(),
      organisation: organisation.name,
      inviter: by?.name,
      link,
      days: invitationDays,
    }),
  })
  return link
}
