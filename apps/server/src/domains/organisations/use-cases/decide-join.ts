import type { ApproveJoin, JoinDecision, JoinRequestList } from '@clew/contract/members'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import type { InviteSettings } from '../invitation-letters.ts'
import { letIn, requestTarget } from '../join-requests.ts'
import { authorizeGive, authorizeInvitePeople, authorizeReadConsole } from '../policy.members.ts'
import { readRole } from '../read-roles.ts'
import { listJoinRequests, lockJoinRequest, setJoinState } from '../repository.joining.ts'
import { lockMembership } from '../repository.membership.ts'
import { findOrganisation } from '../repository.organisations.ts'
import { joinRequestView } from '../views.members.ts'

export async function readJoinRequests(ctx: Ctx): Promise<JoinRequestList> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeReadConsole(actor)
    return { requests: (await listJoinRequests(tx, actor.organisationId)).map(joinRequestView) }
  })
}

/** Lets somebody in: they are invited, or wait for the seat that is missing. Deciding again changes nothing. */
export async function approveJoin(
  ctx: Ctx,
  id: string,
  { input, settings }: { input: ApproveJoin; settings: InviteSettings },
): Promise<JoinDecision> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeInvitePeople(actor)
    const { organisationId, isSupport } = actor
    await lockMembership(tx, organisationId)
    const request = await lockJoinRequest(tx, organisationId, id)
    const organisation = await findOrganisation(tx, organisationId)
    if (!organisation || request?.state !== 'waiting') throw new AppError('join_request.not_found')
    const role = await readRole(
      tx,
      { organisationId, isSupport },
      { role: input.role ?? 'member', customRoleId: input.customRoleId },
    )
    authorizeGive(actor, role)
    return letIn(tx, request, { role, seat: input.seat, sender: { organisation, by: actor }, settings })
  })
}

export async function refuseJoin(ctx: Ctx, id: string): Promise<JoinDecision> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeInvitePeople(actor)
    const request = await lockJoinRequest(tx, actor.organisationId, id)
    if (request?.state !== 'waiting') throw new AppError('join_request.not_found')
    await setJoinState(tx, id, { state: 'refused', by: actor.id })
    recordAudit(tx, { action: 'user.join_declined', targets: [requestTarget(request)] })
    return { state: 'refused' }
  })
}
