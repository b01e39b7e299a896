import type { OpenInvitationList, SentInvitation } from '@clew/contract/members'
import type { OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { type InviteSettings, lettersGo, sendAgain } from '../invitation-letters.ts'
import { freeSeats } from '../model.seats.ts'
import { authorizeGive, authorizeInvitePeople, authorizeReadConsole, authorizeSystem } from '../policy.members.ts'
import { readRole } from '../read-roles.ts'
import { listGroups } from '../repository.groups.ts'
import {
  findOpenInvitation,
  type InvitationRow,
  listOpenInvitations,
  markInvitationRevoked,
  type OpenInvitationRow,
  takeRunOut,
} from '../repository.invitations.ts'
import { lockMembership } from '../repository.membership.ts'
import { findOrganisation } from '../repository.organisations.ts'
import { listSeatUse } from '../repository.seats.ts'
import { invitationView } from '../views.members.ts'

const shown = 1_000

/** Invitations that nobody has accepted yet, the newest first. */
export async function readInvitations(ctx: Ctx): Promise<OpenInvitationList> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeReadConsole(actor)
    const rows = await listOpenInvitations(tx, actor.organisationId, shown)
    return { invitations: await views(tx, actor.organisationId, rows) }
  })
}

async function views(tx: TxCtx, organisationId: OrganisationId, rows: readonly OpenInvitationRow[]) {
  const groups = new Map((await listGroups(tx, organisationId)).map(({ id, name }) => [id, name]))
  const seats = await listSeatUse(tx, organisationId)
  return rows.map((row) => invitationView(row, { now: tx.clock.now(), groups, seats }))
}

/** A new letter with a new link, good for seven days again; the old link stops working. */
export async function resendInvitation(ctx: Ctx, id: string, settings: InviteSettings): Promise<SentInvitation> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeInvitePeople(actor)
    const { organisationId, isSupport } = actor
    await lockMembership(tx, organisationId)
    const invitation = await findOpenInvitation(tx, organisationId, id)
    const organisation = await findOrganisation(tx, organisationId)
    if (!invitation || !organisation) throw new AppError('invitation.not_found')
    authorizeGive(actor, await readRole(tx, { organisationId, isSupport }, invitation))
    await refuseWithoutSeat(tx, invitation)
    const sent = await sendAgain(tx, { sender: { organisation, by: actor }, invitation }, settings)
    recordAudit(tx, { action: 'user.invitation_resent', targets: [targetOf(invitation)] })
    const [row] = (await listOpenInvitations(tx, organisationId, shown)).filter((each) => each.id === id)
    const [view] = row ? await views(tx, organisationId, [row]) : []
    if (!view || sent.link === undefined) throw new AppError('invitation.not_found')
    return { invitation: view, link: sent.link, mail: lettersGo(settings) }
  })
}

/** One that waits or has run out keeps no seat, so it needs a free one. */
async function refuseWithoutSeat(tx: TxCtx, invitation: InvitationRow): Promise<void> {
  const keepsOne = invitation.waitsFor === undefined && invitation.expiresAt > tx.clock.now()
  if (invitation.seatTypeId === undefined || keepsOne) return
  const seat = (await listSeatUse(tx, invitation.organisationId)).find((type) => type.id === invitation.seatTypeId)
  if (seat && freeSeats(seat) <= 0) throw new AppError('seat.none_left', { limit: seat.limit ?? 0 })
}

/** Takes an invitation back. Its link says so to whoever opens it. */
export async function revokeInvitation(ctx: Ctx, id: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeInvitePeople(actor)
    await lockMembership(tx, actor.organisationId)
    const invitation = await findOpenInvitation(tx, actor.organisationId, id)
    if (!invitation) throw new AppError('invitation.not_found')
    await markInvitationRevoked(tx, id)
    recordAudit(tx, { action: 'user.invitation_revoked', targets: [targetOf(invitation)] })
    tx.emit('invitations.due', { organisationId: actor.organisationId })
  })
}

const atOnce = 100

/** Says in the audit log which invitations have run out. A new letter makes one good again, and may run out again. */
export async function noteRunOut(ctx: Ctx): Promise<void> {
  const taken = await ctx.transaction(async (tx) => {
    authorizeSystem(tx.actor)
    const gone = await takeRunOut(tx, atOnce)
    for (const invitation of gone)
      recordAudit(tx, {
        action: 'user.invitation_expired',
        organisationId: invitation.organisationId,
        occurredAt: invitation.expiresAt,
        targets: [targetOf(invitation)],
      })
    return gone.length
  })
  if (taken === atOnce) await noteRunOut(ctx)
}

const targetOf = ({ id, email }: InvitationRow) => ({ type: 'invitation', id, name: email })
