import type { ConsoleMemberList } from '@clew/contract/members'
import type { OrganisationId } from '@clew/contract/primitives'
import type { ListOrganisationMembers, OrganisationFigures } from '@clew/contract/team-organisations'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordRead } from '../../audit/index.ts'
import type { KnowledgeParts } from '../knowledge.ts'
import { authorizeManageOrganisations } from '../policy.members.ts'
import { findOrganisation } from '../repository.organisations.ts'
import { listSeatUse } from '../repository.seats.ts'
import { seatTypeView } from '../views.members.ts'
import { figuresOf, pageOfMembers } from './read-members.ts'

/** The people of a customer's organisation, for the support team: to look at, not to change. */
export async function viewMembers(
  ctx: Ctx,
  { organisationId, ...input }: ListOrganisationMembers & { organisationId: OrganisationId },
  parts: KnowledgeParts,
): Promise<ConsoleMemberList> {
  await noteView(ctx, organisationId)
  return pageOfMembers(ctx, { organisationId, isSupport: false, actor: undefined, input }, parts)
}

export async function viewFigures(
  ctx: Ctx,
  organisationId: OrganisationId,
  parts: KnowledgeParts,
): Promise<OrganisationFigures> {
  await noteView(ctx, organisationId)
  const figures = await figuresOf(ctx, organisationId, parts)
  const seats = await ctx.transaction((tx) => listSeatUse(tx, organisationId))
  return { ...figures, seatTypes: seats.map(seatTypeView) }
}

/** The organisation finds in its own log that the team looked, and at what. */
async function noteView(ctx: Ctx, organisationId: OrganisationId): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeManageOrganisations(tx.actor)
    const organisation = await findOrganisation(tx, organisationId)
    if (organisation?.kind !== 'customer') throw new AppError('organisation.not_found')
    await recordRead(tx, {
      action: 'organisation.viewed_by_team',
      organisationId,
      target: { type: 'organisation', id: organisationId, name: organisation.name },
    })
  })
}
