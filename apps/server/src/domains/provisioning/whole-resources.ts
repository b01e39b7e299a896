import type { JsonObject } from '@clew/scim'
import type { TxCtx } from '../../platform/ctx.ts'
import { countInGroups, listGroupsOf, listInGroups } from '../organisations/index.ts'
import type { Door } from './model.ts'
import { type GroupRow, listNested, namesOfGroups } from './repository.groups.ts'
import { namesOfUsers, type UserRow } from './repository.users.ts'
import { groupResource, type Named, type NamedMember, userResource } from './views.resource.ts'

/** So many members fit into one answer; a page with more has fewer groups (RFC 7644 §3.4.2.4 allows it). */
const maxMembersInPage = 20_000

/** The groups of the connection that each of these users is in. */
export async function groupsOfUsers(
  tx: TxCtx,
  { connection }: Door,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Named[]>> {
  const memberships = await listGroupsOf(tx, ids)
  const names = await namesOfGroups(tx, connection.id, [...new Set(memberships.map(({ groupId }) => groupId))])
  const groups = new Map<string, Named[]>()
  for (const { memberId, groupId } of memberships) {
    const name = names.get(groupId)
    if (name === undefined) continue
    const known = groups.get(memberId)
    if (known === undefined) groups.set(memberId, [{ id: groupId, name }])
    else known.push({ id: groupId, name })
  }
  return groups
}

export async function wholeUsers(tx: TxCtx, door: Door, rows: readonly UserRow[]): Promise<JsonObject[]> {
  const ids = rows.map(({ id }) => id)
  const groups = await groupsOfUsers(tx, door, ids)
  return rows.map((row) => userResource(row, groups.get(row.id) ?? [], door.baseUrl))
}

export async function wholeUser(tx: TxCtx, door: Door, row: UserRow): Promise<JsonObject> {
  const groups = await groupsOfUsers(tx, door, [row.id])
  return userResource(row, groups.get(row.id) ?? [], door.baseUrl)
}

/** With their members, or of a page as many of the groups as fit with them, from the first on; always one. */
export async function wholeGroups(
  tx: TxCtx,
  door: Door,
  { rows, members: which }: { rows: readonly GroupRow[]; members: 'none' | 'all' | 'fitting' },
): Promise<JsonObject[]> {
  if (which === 'none') return rows.map((row) => groupResource(row, undefined, door.baseUrl))
  const shown = which === 'all' ? rows : await fitting(tx, rows)
  const members = await membersOfGroups(
    tx,
    door,
    shown.map(({ id }) => id),
  )
  return shown.map((row) => groupResource(row, members.get(row.id) ?? [], door.baseUrl))
}

export async function wholeGroup(tx: TxCtx, door: Door, row: GroupRow): Promise<JsonObject> {
  const members = await membersOfGroups(tx, door, [row.id])
  return groupResource(row, members.get(row.id) ?? [], door.baseUrl)
}

async function fitting(tx: TxCtx, rows: readonly GroupRow[]): Promise<readonly GroupRow[]> {
  const counts = await countInGroups(
    tx,
    rows.map(({ id }) => id),
  )
  let total = 0
  return rows.filter(({ id }, place) => {
    total += counts.get(id) ?? 0
    return place === 0 || total <= maxMembersInPage
  })
}

async function membersOfGroups(
  tx: TxCtx,
  { connection }: Door,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, readonly NamedMember[]>> {
  const people = await listInGroups(tx, groupIds)
  const nested = await listNested(tx, groupIds)
  const userNames = await namesOfUsers(tx, connection.id, [...new Set(people.map(({ memberId }) => memberId))])
  const groupNames = await namesOfGroups(tx, connection.id, [...new Set(nested.map(({ childId }) => childId))])
  const members = new Map<string, NamedMember[]>(groupIds.map((id) => [id, []]))
  for (const { groupId, memberId } of people) {
    const name = userNames.get(memberId)
    if (name !== undefined) members.get(groupId)?.push({ id: memberId, name, type: 'User' })
  }
  for (const { groupId, childId } of nested) {
    members.get(groupId)?.push({ id: childId, name: groupNames.get(childId) ?? '', type: 'Group' })
  }
  return members
}
