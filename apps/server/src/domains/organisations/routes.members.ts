import {
  ChangeMember,
  ChangeOwnProfile,
  ConsoleMember,
  ConsoleMemberList,
  ListMembers,
  MemberFigures,
  OwnProfile,
  RemovalPreview,
  RemoveMember,
} from '@clew/contract/members'
import { Empty, MemberId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type AnyRoute, noContent, ok, route } from '../../platform/routes.ts'
import type { KnowledgeParts } from './knowledge.ts'
import { changeMember, deactivateMember, reactivateMember } from './use-cases/change-member.ts'
import { exportMembers } from './use-cases/export-members.ts'
import { changeOwnProfile, readOwnProfile } from './use-cases/own-profile.ts'
import { readMemberFigures, readMembers, readOneMember } from './use-cases/read-members.ts'
import { leaveOrganisation, previewRemoval, removeMember } from './use-cases/remove-member.ts'

const params = z.object({ memberId: MemberId })
const audience = 'member' as const

export const memberRoutes = (parts: KnowledgeParts): readonly AnyRoute[] => [
  ...listRoutes(parts),
  ...accessRoutes(parts),
  ...removalRoutes(parts),
  ...ownRoutes,
]

const listRoutes = (parts: KnowledgeParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/members',
    audience,
    summary: 'The people of the organisation',
    query: ListMembers,
    responses: { 200: ConsoleMemberList },
    run: async (ctx, { query }) => ok(await readMembers(ctx, query, parts)),
  }),
  route({
    method: 'GET',
    path: '/console/members/figures',
    audience,
    summary: 'How many people, seats and invitations there are',
    responses: { 200: MemberFigures },
    run: async (ctx) => ok(await readMemberFigures(ctx, parts)),
  }),
  route({
    method: 'GET',
    path: '/console/members/export',
    audience,
    summary: 'The list of members as CSV',
    query: ListMembers.pick({ q: true, show: true, group: true }),
    responses: { 200: null },
    produces: 'text/csv',
    limit: { perMinute: 10 },
    run: async (ctx, { query, reply }) => {
      const table = await exportMembers(ctx, query, parts)
      void reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="members.csv"')
      return ok(table)
    },
  }),
]

const accessRoutes = (parts: KnowledgeParts): readonly AnyRoute[] => [
  route({
    method: 'PATCH',
    path: '/console/members/:memberId',
    audience,
    summary: "Change a member's role, seat, title or end date",
    params,
    body: ChangeMember,
    responses: { 200: ConsoleMember },
    run: async (ctx, { params: { memberId }, body }) => {
      await changeMember(ctx, memberId, body)
      return ok(await readOneMember(ctx, memberId, parts))
    },
  }),
  route({
    method: 'POST',
    path: '/console/members/:memberId/deactivate',
    audience,
    summary: 'End the access of a member until it is given back',
    params,
    body: Empty,
    responses: { 200: ConsoleMember },
    run: async (ctx, { params: { memberId } }) => {
      await deactivateMember(ctx, memberId)
      return ok(await readOneMember(ctx, memberId, parts))
    },
  }),
  route({
    method: 'POST',
    path: '/console/members/:memberId/reactivate',
    audience,
    summary: 'Give a member access back',
    params,
    body: Empty,
    responses: { 200: ConsoleMember },
    run: async (ctx, { params: { memberId } }) => {
      await reactivateMember(ctx, memberId)
      return ok(await readOneMember(ctx, memberId, parts))
    },
  }),
]

const removalRoutes = (parts: KnowledgeParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/members/:memberId/removal',
    audience,
    summary: 'What happens to the things of a member who is removed',
    params,
    responses: { 200: RemovalPreview },
    run: async (ctx, { params: { memberId } }) => ok(await previewRemoval(ctx, memberId, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/members/:memberId/removal',
    audience,
    summary: 'Remove a member',
    fresh: true,
    params,
    body: RemoveMember,
    responses: { 204: null },
    run: async (ctx, { params: { memberId }, body }) => {
      await removeMember(ctx, memberId, body)
      return noContent()
    },
  }),
]

const ownRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/console/me',
    audience,
    summary: 'Your own profile',
    responses: { 200: OwnProfile },
    run: async (ctx) => ok(await readOwnProfile(ctx)),
  }),
  route({
    method: 'PATCH',
    path: '/console/me',
    audience,
    summary: 'Change your own profile',
    body: ChangeOwnProfile,
    responses: { 200: OwnProfile },
    run: async (ctx, { body }) => ok(await changeOwnProfile(ctx, body)),
  }),
  route({
    method: 'POST',
    path: '/console/me/leave',
    audience,
    summary: 'Leave the organisation',
    body: Empty,
    responses: { 204: null },
    run: async (ctx) => {
      await leaveOrganisation(ctx)
      return noContent()
    },
  }),
]
