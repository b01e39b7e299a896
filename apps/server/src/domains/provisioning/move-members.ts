import type { MemberId } from '@clew/contract/primitives'
import type { ProvisioningChange } from '@clew/contract/provisioning'
import { badRequest } from '@clew/scim'
import type { TxCtx } from '../../platform/ctx.ts'
import { addToGroup, keepInGroup, takeFromGroup } from '../organisations/index.ts'
import type { MembersPlan } from './model.members.ts'
import { isId } from './model.resource.ts'
import type { Door } from './model.ts'
import { addNested, namesOfGroups, removeNested } from './repository.groups.ts'
import { namesOfUsers } from './repository.users.ts'

type Moved = { added: readonly string[]; removed: readonly string[] }
export type MembersChange = { users: Moved; groups: Moved }

export const noMembersMoved: MembersChange = { users: { added: [], removed: [] }, groups: { added: [], removed: [] } }

/** Carries out on the members of a group what a request says of them; whoever it does not name is not touched. */
export async function moveMembers(
  tx: TxCtx,
  door: Door,
  { groupId, plan }: { groupId: string; plan: MembersPlan },
): Promise<MembersChange> {
  const { connection } = door
  const { organisationId } = connection
  const wanted = await tellApart(tx, door, plan.replace ?? plan.add)
  const removed: Left = await leave(tx, { groupId, plan, wanted })
  const added = {
    users: await addToGroup(tx, { groupId, organisationId, memberIds: wanted.users }),
    groups: await addNested(tx, { groupId, connection, childIds: wanted.groups }),
  }
  return {
    users: { added: added.users, removed: removed.users },
    groups: { added: added.groups, removed: removed.groups },
  }
}

type Apart = { users: readonly MemberId[]; groups: readonly string[] }

type Left = { users: readonly string[]; groups: readonly string[] }

async function leave(
  tx: TxCtx,
  { groupId, plan, wanted }: { groupId: string; plan: MembersPlan; wanted: Apart },
): Promise<Left> {
  if (plan.replace !== undefined) {
    return {
      users: await keepInGroup(tx, { groupId, memberIds: wanted.users }),
      groups: await removeNested(tx, { groupId, ids: wanted.groups, which: 'others' }),
    }
  }
  const ids = [...plan.remove].filter(isId)
  if (ids.length === 0) return { users: [], groups: [] }
  const users = await takeFromGroup(tx, { groupId, memberIds: ids })
  const left = users.length === ids.length ? [] : ids
  return { users, groups: left.length === 0 ? [] : await removeNested(tx, { groupId, ids: left, which: 'listed' }) }
}

/** Users and groups of this connection. Throws `invalidValue` where an id is of neither: nobody is left out in silence. */
async function tellApart(tx: TxCtx, { connection }: Door, ids: ReadonlySet<string>): Promise<Apart> {
  if (ids.size === 0) return { users: [], groups: [] }
  const known = [...ids].filter(isId)
  const users = await namesOfUsers(tx, connection.id, known)
  const others = known.filter((id) => !users.has(id))
  const groups = await namesOfGroups(tx, connection.id, others)
  const unknown = ids.size - users.size - groups.size
  if (unknown > 0) throw badRequest('invalidValue', `members names ${unknown} that are no users or groups here.`)
  return { users: [...users.keys()] as MemberId[], groups: [...groups.keys()] }
}

const maxNames = 20

/** What happened, for the log: how many, and the first few by name. */
export async function membersChangeOf(
  tx: TxCtx,
  { connection }: Door,
  moved: MembersChange,
): Promise<ProvisioningChange[]> {
  const { users, groups } = moved
  const [added, removed] = [
    [...users.added, ...groups.added],
    [...users.removed, ...groups.removed],
  ]
  if (added.length === 0 && removed.length === 0) return []
  const shown = [...added.slice(0, maxNames), ...removed.slice(0, maxNames)]
  const names = await namesOfUsers(tx, connection.id, shown)
  const nested = await namesOfGroups(
    tx,
    connection.id,
    shown.filter((id) => !names.has(id)),
  )
  const nameOf = (id: string): string => names.get(id) ?? nested.get(id) ?? id
  return [
    {
      kind: 'members',
      added: added.length,
      removed: removed.length,
      names: { added: added.slice(0, maxNames).map(nameOf), removed: removed.slice(0, maxNames).map(nameOf) },
    },
  ]
}
