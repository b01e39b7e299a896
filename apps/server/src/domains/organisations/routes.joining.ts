import {
  ApproveJoin,
  AskToJoin,
  ConfirmJoin,
  InvitationId,
  InvitePeople,
  InvitePreview,
  JoinConfirmed,
  JoinDecision,
  JoinRequestId,
  JoinRequestList,
  maxInviteTextLength,
  OpenInvitationList,
  SentInvitation,
} from '@clew/contract/members'
import { Empty } from '@clew/contract/primitives'
import { z } from 'zod'
import type { Ctx } from '../../platform/ctx.ts'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import type { InviteSettings } from './invitation-letters.ts'
import { askToJoin, confirmJoin } from './use-cases/ask-to-join.ts'
import { approveJoin, readJoinRequests, refuseJoin } from './use-cases/decide-join.ts'
import { invitePeople, previewInvitations } from './use-cases/invite-people.ts'
import { readInvitations, resendInvitation, revokeInvitation } from './use-cases/manage-invitations.ts'

export type JoiningParts = InviteSettings & { asSystem(ctx: Ctx, job: string): Ctx }

const audience = 'member' as const
const invitation = z.object({ invitationId: InvitationId })
const request = z.object({ requestId: JoinRequestId })
/** Every letter may take four bytes. */
const bodyLimitBytes = 4 * maxInviteTextLength

export const joiningRoutes = (parts: JoiningParts): readonly AnyRoute[] => [
  ...invitationRoutes(parts),
  ...askRoutes(parts),
  ...requestRoutes(parts),
]

const invitationRoutes = (parts: JoiningParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/console/invitations/preview',
    audience,
    summary: 'What will happen to each person of a list; nothing is written',
    body: InvitePeople,
    bodyLimitBytes,
    responses: { 200: InvitePreview },
    limit: { perMinute: 120 },
    run: async (ctx, { body }) => ok(await previewInvitations(ctx, body, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/invitations',
    audience,
    summary: 'Invite one person or many',
    body: InvitePeople,
    bodyLimitBytes,
    responses: { 201: InvitePreview },
    limit: { perMinute: 20 },
    run: async (ctx, { body }) => created(await invitePeople(ctx, body, parts)),
  }),
  route({
    method: 'GET',
    path: '/console/invitations',
    audience,
    summary: 'Invitations that nobody has accepted yet',
    responses: { 200: OpenInvitationList },
    run: async (ctx) => ok(await readInvitations(ctx)),
  }),
  route({
    method: 'POST',
    path: '/console/invitations/:invitationId/resend',
    audience,
    summary: 'Send an invitation once more, with a new link',
    params: invitation,
    body: Empty,
    responses: { 200: SentInvitation },
    limit: { perMinute: 20 },
    run: async (ctx, { params }) => ok(await resendInvitation(ctx, params.invitationId, parts)),
  }),
  route({
    method: 'DELETE',
    path: '/console/invitations/:invitationId',
    audience,
    summary: 'Take an invitation back',
    params: invitation,
    responses: { 204: null },
    run: async (ctx, { params }) => {
      await revokeInvitation(ctx, params.invitationId)
      return noContent()
    },
  }),
]

/** Open to everyone, so each says the same to all. */
const askRoutes = (parts: JoiningParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/join-requests',
    audience: 'public',
    summary: 'Ask to belong to an organisation; the answer is the same whether there is one or not',
    body: AskToJoin,
    responses: { 202: Empty },
    limit: { perMinute: 5 },
    run: async (ctx, { body }) => {
      await askToJoin(parts.asSystem(ctx, 'organisations.ask_to_join'), body)
      return { status: 202, body: {} }
    },
  }),
  route({
    method: 'POST',
    path: '/join-requests/confirm',
    audience: 'public',
    summary: 'Prove by the link in the letter that the address is yours',
    body: ConfirmJoin,
    responses: { 200: JoinConfirmed },
    limit: { perMinute: 10 },
    run: async (ctx, { body }) =>
      ok(await confirmJoin(parts.asSystem(ctx, 'organisations.confirm_join'), body.token, parts)),
  }),
]

const requestRoutes = (parts: JoiningParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/join-requests',
    audience,
    summary: 'Who asks to join, and who waits for a seat',
    responses: { 200: JoinRequestList },
    run: async (ctx) => ok(await readJoinRequests(ctx)),
  }),
  route({
    method: 'POST',
    path: '/console/join-requests/:requestId/approve',
    audience,
    summary: 'Let somebody join who has asked',
    params: request,
    body: ApproveJoin,
    responses: { 200: JoinDecision },
    run: async (ctx, { params, body }) =>
      ok(await approveJoin(ctx, params.requestId, { input: body, settings: parts })),
  }),
  route({
    method: 'POST',
    path: '/console/join-requests/:requestId/refuse',
    audience,
    summary: 'Refuse somebody who has asked to join',
    params: request,
    body: Empty,
    responses: { 200: JoinDecision },
    run: async (ctx, { params }) => ok(await refuseJoin(ctx, params.requestId)),
  }),
]
