import { ConsoleMemberList } from '@clew/contract/members'
import { OrganisationId } from '@clew/contract/primitives'
import { ListOrganisationMembers, OrganisationFigures } from '@clew/contract/team-organisations'
import { z } from 'zod'
import { type AnyRoute, ok, route } from '../../platform/routes.ts'
import type { KnowledgeParts } from './knowledge.ts'
import { viewFigures, viewMembers } from './use-cases/view-organisation.ts'

const params = z.object({ organisationId: OrganisationId })
const audience = 'team' as const

/** What the support team sees of the people of a customer's organisation. */
export const viewRoutes = (parts: KnowledgeParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/organisations/:organisationId/members',
    audience,
    summary: 'The people of an organisation, to look at',
    params,
    query: ListOrganisationMembers,
    responses: { 200: ConsoleMemberList },
    run: async (ctx, input) =>
      ok(await viewMembers(ctx, { organisationId: input.params.organisationId, ...input.query }, parts)),
  }),
  route({
    method: 'GET',
    path: '/organisations/:organisationId/figures',
    audience,
    summary: 'How many people, seats and invitations an organisation has',
    params,
    responses: { 200: OrganisationFigures },
    run: async (ctx, input) => ok(await viewFigures(ctx, input.params.organisationId, parts)),
  }),
]
