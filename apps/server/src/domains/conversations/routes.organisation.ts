import { ListOrganisationCases, OrganisationCase, OrganisationCaseList } from '@clew/contract/organisation-cases'
import { ConversationId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type AnyRoute, ok, route } from '../../platform/routes.ts'
import { listOrganisationCases, readOrganisationCase } from './use-cases/organisation-cases.ts'

export const organisationRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/console/cases',
    audience: 'member',
    summary: 'What the people of the organisation have asked',
    query: ListOrganisationCases,
    responses: { 200: OrganisationCaseList },
    run: async (ctx, { query }) => ok(await listOrganisationCases(ctx, query)),
  }),
  route({
    method: 'GET',
    path: '/console/cases/:conversationId',
    audience: 'member',
    summary: 'One of them, with what was said to its contact',
    params: z.object({ conversationId: ConversationId }),
    responses: { 200: OrganisationCase },
    run: async (ctx, { params }) => ok(await readOrganisationCase(ctx, params.conversationId)),
  }),
]
