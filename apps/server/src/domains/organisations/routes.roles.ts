import {
  ChangeGroupMembers,
  CustomRoleId,
  GroupId,
  GroupList,
  RoleList,
  SaveGroup,
  SaveRole,
  SaveSeatType,
  SeatHistory,
  SeatTypeId,
  SeatTypeList,
} from '@clew/contract/members'
import { z } from 'zod'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import type { KnowledgeParts } from './knowledge.ts'
import { changeGroup, changeGroupMembers, createGroup, readGroups, removeGroup } from './use-cases/manage-groups.ts'
import { changeRole, createRole, deleteRole, readRoles } from './use-cases/manage-roles.ts'
import {
  changeSeatType,
  createSeatType,
  readSeatHistory,
  readSeatTypes,
  removeSeatType,
} from './use-cases/manage-seats.ts'

const audience = 'member' as const
const role = z.object({ roleId: CustomRoleId })
const group = z.object({ groupId: GroupId })
const seatType = z.object({ seatTypeId: SeatTypeId })

export const roleRoutes = (parts: KnowledgeParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/roles',
    audience,
    summary: 'The roles, with what each permits and how many have it',
    responses: { 200: RoleList },
    run: async (ctx) => ok(await readRoles(ctx)),
  }),
  route({
    method: 'POST',
    path: '/console/roles',
    audience,
    summary: 'Make a role of named permissions',
    body: SaveRole,
    responses: { 201: z.object({ id: CustomRoleId }) },
    run: async (ctx, { body }) => created({ id: await createRole(ctx, body) }),
  }),
  route({
    method: 'PUT',
    path: '/console/roles/:roleId',
    audience,
    summary: 'Rename a role, or change what it permits',
    params: role,
    body: SaveRole,
    responses: { 204: null },
    run: async (ctx, { params, body }) => {
      await changeRole(ctx, params.roleId, body)
      return noContent()
    },
  }),
  route({
    method: 'DELETE',
    path: '/console/roles/:roleId',
    audience,
    summary: 'Delete a role that nobody has',
    params: role,
    responses: { 204: null },
    run: async (ctx, { params }) => {
      await deleteRole(ctx, params.roleId, parts)
      return noContent()
    },
  }),
]

export const groupRoutes = (parts: KnowledgeParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/groups',
    audience,
    summary: 'The groups of members',
    responses: { 200: GroupList },
    run: async (ctx) => ok(await readGroups(ctx, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/groups',
    audience,
    summary: 'Make a group',
    body: SaveGroup,
    responses: { 201: z.object({ id: GroupId }) },
    run: async (ctx, { body }) => created({ id: await createGroup(ctx, body.name) }),
  }),
  route({
    method: 'PUT',
    path: '/console/groups/:groupId',
    audience,
    summary: 'Rename a group',
    params: group,
    body: SaveGroup,
    responses: { 204: null },
    run: async (ctx, { params, body }) => {
      await changeGroup(ctx, params.groupId, body.name)
      return noContent()
    },
  }),
  route({
    method: 'DELETE',
    path: '/console/groups/:groupId',
    audience,
    summary: 'Delete a group; its people stay',
    params: group,
    responses: { 204: null },
    run: async (ctx, { params }) => {
      await removeGroup(ctx, params.groupId)
      return noContent()
    },
  }),
  route({
    method: 'POST',
    path: '/console/groups/:groupId/members',
    audience,
    summary: 'Put people into a group, or take them out',
    params: group,
    body: ChangeGroupMembers,
    responses: { 200: z.object({ added: z.int(), removed: z.int() }) },
    run: async (ctx, { params, body }) => ok(await changeGroupMembers(ctx, params.groupId, body)),
  }),
]

export const seatRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/console/seat-types',
    audience,
    summary: 'The types of seats and how many are taken',
    responses: { 200: SeatTypeList },
    run: async (ctx) => ok(await readSeatTypes(ctx)),
  }),
  route({
    method: 'GET',
    path: '/console/seat-types/history',
    audience,
    summary: 'How many seats were taken when',
    responses: { 200: SeatHistory },
    run: async (ctx) => ok(await readSeatHistory(ctx)),
  }),
  route({
    method: 'POST',
    path: '/console/seat-types',
    audience,
    summary: 'Make a type of seat',
    body: SaveSeatType,
    responses: { 201: z.object({ id: SeatTypeId }) },
    run: async (ctx, { body }) => created({ id: await createSeatType(ctx, body) }),
  }),
  route({
    method: 'PUT',
    path: '/console/seat-types/:seatTypeId',
    audience,
    summary: 'Change the name, the limit or the default of a type of seat',
    params: seatType,
    body: SaveSeatType,
    responses: { 204: null },
    run: async (ctx, { params, body }) => {
      await changeSeatType(ctx, params.seatTypeId, body)
      return noContent()
    },
  }),
  route({
    method: 'DELETE',
    path: '/console/seat-types/:seatTypeId',
    audience,
    summary: 'Delete a type of seat that nobody has',
    params: seatType,
    responses: { 204: null },
    run: async (ctx, { params }) => {
      await removeSeatType(ctx, params.seatTypeId)
      return noContent()
    },
  }),
]
