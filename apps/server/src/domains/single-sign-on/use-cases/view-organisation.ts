import type { OrganisationId } from '@clew/contract/primitives'
import type { OrganisationSignIn } from '@clew/contract/team-organisations'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordRead } from '../../audit/index.ts'
import { findOrganisation } from '../../organisations/index.ts'
import type { SsoParts } from '../parts.ts'
import { authorizeProtocol, authorizeViewForTeam } from '../policy.ts'
import { viewConnections, viewDomains } from './read-console.ts'
import { readGate } from './read-requirement.ts'

/** How the people of a customer's organisation sign in, for the support team: to look at, not to change. */
export async function viewSignIn(
  ctx: Ctx,
  organisationId: OrganisationId,
  parts: SsoParts,
): Promise<OrganisationSignIn> {
  await ctx.transaction(async (tx) => {
    authorizeViewForTeam(tx.actor)
    const organisation = await findOrganisation(tx, organisationId)
    if (organisation?.kind !== 'customer') throw new AppError('organisation.not_found')
    await recordRead(tx, {
      action: 'organisation.viewed_by_team',
      organisationId,
      target: { type: 'organisation', id: organisationId, name: organisation.name },
    })
  })
  // How people sign in is the organisation's own to read, and the system's.
  return parts.asSystem(ctx, 'single-sign-on.view').transaction(async (tx) => {
    authorizeProtocol(tx.actor)
    const { view, ready } = await readGate(tx, organisationId, parts)
    return {
      ...(await viewDomains(tx, organisationId)),
      connections: await viewConnections(tx, organisationId, parts),
      ready,
      isRequired: view.isRequired,
      ...(view.requiredAt === undefined ? {} : { requiredAt: view.requiredAt }),
      ...(view.graceEndsAt === undefined ? {} : { graceEndsAt: view.graceEndsAt }),
      breakGlass: view.breakGlass.length,
    }
  })
}
