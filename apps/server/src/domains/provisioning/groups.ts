import type { ProvisioningChange } from '@clew/contract/provisioning'
import {
  applyPatch,
  badRequest,
  changesBetween,
  checkWrite,
  groupType,
  type JsonObject,
  newResource,
  type PatchOperation,
  parsePatch,
  replacedResource,
  ScimError,
} from '@clew/scim'
import type { TxCtx } from '../../platform/ctx.ts'
import {
  deleteProvisionedGroup,
  insertProvisionedGroup,
  listInGroups,
  renameProvisionedGroup,
} from '../organisations/index.ts'
import { auditGroup } from './audited.ts'
import { type MembersPlan, memberIdsOf, planMembers } from './model.members.ts'
import { documentOf, type GroupKeys, groupKeysOf, groupNameOf, isId, notFound } from './model.resource.ts'
import type { Door, Outcome, WriteRequest } from './model.ts'
import { type MembersChange, membersChangeOf, moveMembers, noMembersMoved } from './move-members.ts'
import { findTakenGroup, type GroupRow, insertGroup, lockGroup, touchGroup, updateGroup } from './repository.groups.ts'
import { settleRoles } from './settle-roles.ts'
import { shownChanges } from './users.ts'
import { groupTag } from './views.resource.ts'
import { wholeGroup, wholeGroups } from './whole-resources.ts'

/** Whether the caller wants to see the group afterwards, which may be thousands of members. */
export type GroupAnswer = { isShown: boolean }

/** `POST /Groups` (RFC 7644 §3.3), with its members. */
export async function createGroup(tx: TxCtx, door: Door, body: JsonObject): Promise<Outcome> {
  const { connection } = door
  const resource = newResource(groupType, body)
  const keys = groupKeysOf(resource)
  const name = groupNameOf(resource)
  await refuseTaken(tx, { connectionId: connection.id, keys })
  const id = tx.ids.next()
  await insertProvisionedGroup(tx, {
    id,
    organisationId: connection.organisationId,
    connectionId: connection.id,
    name,
    externalId: keys.externalId,
  })
  const row = await insertGroup(tx, { id, connection, keys, document: documentOf(resource) })
  const moved = await moveMembers(tx, door, { groupId: id, plan: { ...nothing, add: new Set(memberIdsOf(resource)) } })
  const roles = await settleRoles(tx, door, moved.users.added)
  const changes: ProvisioningChange[] = [
    { kind: 'effect', effect: 'group_created', name },
    ...(await membersChangeOf(tx, door, moved)),
    ...roles,
  ]
  auditGroup(tx, door, { id, name, action: 'scim.group.created', changes, members: moved.users })
  return { status: 201, id, name, tag: groupTag(row), resource: await wholeGroup(tx, door, row), changes }
}

/**
 * `PUT` and `PATCH /Groups/{id}` (RFC 7644 §3.5), on the row that is held. Members come and go by set operations; a list
 * is read only where an operation cannot be understood without it. A PUT that does not name `members` leaves them.
 */
export async function changeGroup(tx: TxCtx, door: Door, request: WriteRequest & GroupAnswer): Promise<Outcome> {
  const row = await lock(tx, door, request)
  const before: JsonObject = { ...row.document, id: row.id }
  const { after, plan } = await read(tx, door, { row, before, request })
  const differences = changesBetween(groupType, before, after)
  const renamed = differences.length === 0 ? undefined : await store(tx, door, { row, after })
  const moved = await moveMembers(tx, door, { groupId: row.id, plan })
  const isMoved = moved !== noMembersMoved && hasMoved(moved)
  if (renamed === undefined && !isMoved) return answer(tx, door, { row, request, changes: [] })
  const changed = renamed ?? (await touchGroup(tx, row.id))
  const name = groupNameOf(changed.document)
  const concerned =
    renamed === undefined ? [...moved.users.added, ...moved.users.removed] : await everyoneIn(tx, row, moved)
  const roles = await settleRoles(tx, door, concerned)
  const changes = [...shownChanges(differences), ...(await membersChangeOf(tx, door, moved)), ...roles]
  auditGroup(tx, door, { id: row.id, name, action: 'scim.group.updated', changes, members: moved.users })
  return answer(tx, door, { row: changed, request, changes })
}

/** `DELETE /Groups/{id}` (RFC 7644 §3.6). Its people stay. */
export async function removeGroup(tx: TxCtx, door: Door, request: WriteRequest): Promise<Outcome> {
  const row = await lock(tx, door, request)
  const name = groupNameOf(row.document)
  const people = (await listInGroups(tx, [row.id])).map(({ memberId }) => memberId)
  await deleteProvisionedGroup(tx, row.id)
  const roles = await settleRoles(tx, door, people)
  const changes: ProvisioningChange[] = [{ kind: 'effect', effect: 'group_deleted', name }, ...roles]
  auditGroup(tx, door, {
    id: row.id,
    name,
    action: 'scim.group.deleted',
    changes,
    members: { added: [], removed: people },
  })
  return { status: 204, id: row.id, name, changes }
}

async function lock(tx: TxCtx, door: Door, { id = '', ifMatch, ifNoneMatch }: WriteRequest): Promise<GroupRow> {
  const row = isId(id) ? await lockGroup(tx, door.connection.id, id) : undefined
  if (row === undefined) throw notFound('Group')
  checkWrite({ ifMatch, ifNoneMatch }, groupTag(row))
  return row
}

const nothing: MembersPlan = { rest: [], replace: undefined, add: new Set(), remove: new Set() }

type Reading = { row: GroupRow; before: JsonObject; request: WriteRequest }

/** The group as it is to be, and what is to happen to its members. */
async function read(
  tx: TxCtx,
  door: Door,
  { row, before, request }: Reading,
): Promise<{ after: JsonObject; plan: MembersPlan }> {
  const body = request.body ?? {}
  if (request.method === 'PUT') {
    const whole = replacedResource(groupType, { existing: before, body })
    const isNamed = Object.keys(body).some((name) => name.toLowerCase() === 'members')
    const plan = isNamed ? { ...nothing, replace: new Set(memberIdsOf(whole)) } : nothing
    return { after: withoutMembers(whole), plan }
  }
  const operations = parsePatch(body)
  const plan = planMembers(operations)
  if (plan === undefined) return readWhole(tx, door, { row, operations })
  const { resource } = applyPatch(groupType, { resource: before, operations: plan.rest })
  return { after: withoutMembers(resource), plan }
}

async function readWhole(
  tx: TxCtx,
  door: Door,
  { row, operations }: { row: GroupRow; operations: readonly PatchOperation[] },
) {
  const whole = stored(await wholeGroup(tx, door, row))
  const { resource } = applyPatch(groupType, { resource: whole, operations })
  const [had, has] = [new Set(memberIdsOf(whole)), new Set(memberIdsOf(resource))]
  return {
    after: withoutMembers(resource),
    plan: {
      ...nothing,
      add: new Set([...has].filter((id) => !had.has(id))),
      remove: new Set([...had].filter((id) => !has.has(id))),
    },
  }
}

/** What is worked out for each answer is no part of what a change starts from. */
const stored = (resource: JsonObject): JsonObject => without(resource, 'meta')

const withoutMembers = (resource: JsonObject): JsonObject => without(resource, 'members')

const without = (resource: JsonObject, left: string): JsonObject =>
  Object.fromEntries(Object.entries(resource).filter(([name]) => name !== left))

async function store(
  tx: TxCtx,
  { connection }: Door,
  { row, after }: { row: GroupRow; after: JsonObject },
): Promise<GroupRow> {
  const keys = groupKeysOf(after)
  await refuseTaken(tx, { connectionId: connection.id, keys, but: row.id })
  const changed = await updateGroup(tx, { id: row.id, keys, document: documentOf(after) })
  await renameProvisionedGroup(tx, { id: row.id, name: groupNameOf(after), externalId: keys.externalId })
  return changed
}

/** A group with another name may give another role to everyone in it. */
async function everyoneIn(tx: TxCtx, { id }: GroupRow, moved: MembersChange): Promise<string[]> {
  return [...(await listInGroups(tx, [id])).map(({ memberId }) => memberId), ...moved.users.removed]
}

const hasMoved = ({ users, groups }: MembersChange): boolean =>
  [users.added, users.removed, groups.added, groups.removed].some(({ length }) => length > 0)

async function answer(
  tx: TxCtx,
  door: Door,
  {
    row,
    request,
    changes,
  }: { row: GroupRow; request: WriteRequest & GroupAnswer; changes: readonly ProvisioningChange[] },
): Promise<Outcome> {
  const base = { id: row.id, name: groupNameOf(row.document), tag: groupTag(row), changes }
  if (!request.isShown)
    return {
      ...base,
      status: request.method === 'PUT' ? 200 : 204,
      resource: (await wholeGroups(tx, door, { rows: [row], members: 'none' }))[0] ?? {},
    }
  return { ...base, status: 200, resource: await wholeGroup(tx, door, row) }
}

async function refuseTaken(tx: TxCtx, asked: { connectionId: string; keys: GroupKeys; but?: string }): Promise<void> {
  if (asked.keys.displayName.trim() === '') throw badRequest('invalidValue', 'displayName is required.')
  const taken = await findTakenGroup(tx, asked)
  if (taken !== undefined) throw new ScimError(409, `Another group has this ${taken}.`, { scimType: 'uniqueness' })
}
