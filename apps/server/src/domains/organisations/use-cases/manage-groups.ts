import type { ChangeGroupMembers, GroupId, GroupList } from '@clew/contract/members'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { type KnowledgeParts, lookUpMembers } from '../knowledge.ts'
import { authorizeManageGroups, authorizeReadConsole } from '../policy.members.ts'
import {
  addToGroup,
  deleteGroup,
  insertGroup,
  isGroupNameTaken,
  listGroups,
  lockGroup,
  renameGroup,
  takeFromGroup,
} from '../repository.groups.ts'
import { groupView } from '../views.members.ts'

export async function readGroups(ctx: Ctx, parts: KnowledgeParts): Promise<GroupList> {
  const { actor } = ctx
  authorizeReadConsole(actor)
  const { organisationId } = actor
  const rows = await ctx.transaction((tx) => listGroups(tx, organisationId))
  const known = await lookUpMembers(ctx, { organisationId, memberIds: [] }, parts)
  return { groups: rows.map((row) => groupView(row, known)) }
}

export async function createGroup(ctx: Ctx, name: string): Promise<GroupId> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageGroups(actor)
    const { organisationId } = actor
    await refuseTakenName(tx, actor, { name })
    const id = tx.ids.next() as GroupId
    await insertGroup(tx, { id, organisationId, name })
    recordAudit(tx, { action: 'group.created', targets: [{ type: 'group', id, name }] })
    return id
  })
}

export async function changeGroup(ctx: Ctx, id: GroupId, name: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageGroups(actor)
    const group = await lockOwn(tx, actor, id)
    if (group.name === name) return
    await refuseTakenName(tx, actor, { name, but: id })
    await renameGroup(tx, id, name)
    recordAudit(tx, {
      action: 'group.updated',
      targets: [{ type: 'group', id, name }],
      changes: [{ field: 'name', old: group.name, new: name }],
    })
  })
}

/** Its people stay; only the group goes. */
export async function removeGroup(ctx: Ctx, id: GroupId): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageGroups(actor)
    const group = await lockOwn(tx, actor, id)
    await deleteGroup(tx, id)
    recordAudit(tx, { action: 'group.deleted', targets: [{ type: 'group', id, name: group.name }] })
  })
}

/** Adds and takes out many at once. Whoever is no member here, or is there already, is passed over. */
export async function changeGroupMembers(
  ctx: Ctx,
  id: GroupId,
  { add, remove }: ChangeGroupMembers,
): Promise<{ added: number; removed: number }> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageGroups(actor)
    const { organisationId } = actor
    const group = await lockOwn(tx, actor, id)
    const added = await addToGroup(tx, { organisationId, groupId: id, memberIds: add })
    const removed = await takeFromGroup(tx, { organisationId, groupId: id, memberIds: remove })
    const target = { type: 'group', id, name: group.name }
    for (const memberId of added)
      recordAudit(tx, { action: 'group.member_added', targets: [target, { type: 'member', id: memberId }] })
    for (const memberId of removed)
      recordAudit(tx, { action: 'group.member_removed', targets: [target, { type: 'member', id: memberId }] })
    return { added: added.length, removed: removed.length }
  })
}

/** A group of the organisation's own making; one of a connection is changed where the connection leads to. */
async function lockOwn(tx: TxCtx, { organisationId }: MemberActor, id: GroupId) {
  const group = await lockGroup(tx, organisationId, id)
  if (!group) throw new AppError('group.not_found')
  if (group.connectionId !== undefined) throw new AppError('group.provisioned', { name: group.name })
  return group
}

async function refuseTakenName(
  tx: TxCtx,
  { organisationId }: MemberActor,
  of: { name: string; but?: string },
): Promise<void> {
  if (await isGroupNameTaken(tx, { organisationId, ...of })) throw new AppError('group.name_taken', { name: of.name })
}
