import { PressSsoRemedy, SsoProposal, SsoProposals } from '@clew/contract/sso-proposals'
import { z } from 'zod'
import { type AnyRoute, ok, route } from '../../platform/routes.ts'
import { pressRemedy } from './use-cases/press-remedy.ts'
import { approveProposal, declineProposal, type ProposalParts, readProposals } from './use-cases/settle-proposal.ts'

const one = z.object({ proposalId: z.uuid() })

/** What an agent presses for somebody who cannot get in, and what their organisation says to it. */
export const proposalRoutes = (parts: ProposalParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/sso/diagnosis/remedies',
    audience: 'team',
    summary: 'Do what the diagnosis offers where that organisation lets support do it, and else propose it; for agents',
    body: PressSsoRemedy,
    responses: { 200: SsoProposal },
    limit: { perMinute: 20 },
    run: async (ctx, { body }) => ok(await pressRemedy(ctx, body, parts)),
  }),
  route({
    method: 'GET',
    path: '/console/sso/proposals',
    audience: 'member',
    summary: 'What the support team proposed to mend sign-ins: what waits, and what became of the rest',
    responses: { 200: SsoProposals },
    run: async (ctx) => ok(await readProposals(ctx)),
  }),
  route({
    method: 'POST',
    path: '/console/sso/proposals/:proposalId/approve',
    audience: 'member',
    summary: 'Do what was proposed, if it still helps',
    params: one,
    responses: { 200: SsoProposal },
    limit: { perMinute: 60 },
    run: async (ctx, { params }) => ok(await approveProposal(ctx, params.proposalId, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/sso/proposals/:proposalId/decline',
    audience: 'member',
    summary: 'Leave a proposal undone',
    params: one,
    responses: { 200: SsoProposal },
    limit: { perMinute: 60 },
    run: async (ctx, { params }) => ok(await declineProposal(ctx, params.proposalId)),
  }),
]
