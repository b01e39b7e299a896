import { Invitation, InviteMember, MemberList } from '@clew/contract/sessions'
import { type AnyRoute, created, ok, route } from '../../platform/routes.ts'
import type { InviteSettings } from './invitation-letters.ts'
import { inviteMember } from './use-cases/invite-member.ts'
import { listTeam } from './use-cases/list-team.ts'

export const organisationRoutes = (settings: InviteSettings): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/members',
    audience: 'team',
    summary: 'The people of the team',
    responses: { 200: MemberList },
    run: async (ctx) => ok(await listTeam(ctx)),
  }),
  route({
    method: 'POST',
    path: '/invitations',
    audience: 'team',
    summary: 'Invite a person into the team',
    body: InviteMember,
    responses: { 201: Invitation },
    limit: { perMinute: 20 },
    run: async (ctx, { body }) => created(await inviteMember(ctx, body, settings)),
  }),
]
