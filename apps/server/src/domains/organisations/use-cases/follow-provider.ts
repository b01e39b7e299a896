import type { MemberRole } from '@clew/contract/permissions'
import type { TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import type { MemberRow } from '../model.ts'
import { authorizeSystem } from '../policy.members.ts'
import { readRole } from '../read-roles.ts'
import { addToGroup, listGroups, takeFromGroup } from '../repository.groups.ts'
import { hasOtherOwner, lockMembership, setMemberRole } from '../repository.membership.ts'

export type ProviderSays = {
  /** A role that somebody's groups give them; without one they keep theirs. */
  role: { role: MemberRole; customRoleId: string | undefined } | undefined
  groupIds: readonly string[]
  /** Groups that the identity provider decides about: who is not in one there is not in it here. */
  managedGroupIds: readonly string[]
}

/** What an identity provider gives somebody who signs in. Groups of provisioning are never touched. */
export async function followProvider(tx: TxCtx, member: MemberRow, says: ProviderSays): Promise<void> {
  authorizeSystem(tx.actor)
  await lockMembership(tx, member.organisationId)
  await followRole(tx, member, says.role)
  await followGroups(tx, member, says)
}

async function followRole(tx: TxCtx, member: MemberRow, asked: ProviderSays['role']): Promise<void> {
  if (asked === undefined) return
  const { id, name, organisationId, organisation } = member
  const role = await readRole(tx, { organisationId, isSupport: organisation.kind === 'support' }, asked)
  if (role.role === member.role && role.customRoleId === member.customRoleId) return
  // Whoever is left to answer for the organisation stays so, whatever a group says.
  if (member.role === 'owner' && !(await hasOtherOwner(tx, organisationId, id))) return
  await setMemberRole(tx, id, role)
  recordAudit(tx, {
    action: 'role.granted',
    organisationId,
    targets: [{ type: 'member', id, name }],
    changes: [{ field: 'role', old: member.role, new: role.name }],
    metadata: { because: 'sso' },
  })
  tx.emit('member.role_changed', { organisationId, memberId: id })
}

async function followGroups(
  tx: TxCtx,
  { id, name, organisationId }: MemberRow,
  { groupIds, managedGroupIds }: ProviderSays,
): Promise<void> {
  if (groupIds.length === 0 && managedGroupIds.length === 0) return
  const own = (await listGroups(tx, organisationId)).filter(({ connectionId }) => connectionId === undefined)
  const nameOf = new Map(own.map((group) => [group.id, group.name]))
  const note = (action: 'group.member_added' | 'group.member_removed', groupId: string): void =>
    recordAudit(tx, {
      action,
      organisationId,
      targets: [
        { type: 'group', id: groupId, name: nameOf.get(groupId) ?? '' },
        { type: 'member', id, name },
      ],
      metadata: { because: 'sso' },
    })
  for (const groupId of groupIds.filter((each) => nameOf.has(each)))
    if ((await addToGroup(tx, { organisationId, groupId, memberIds: [id] })).length > 0)
      note('group.member_added', groupId)
  for (const groupId of managedGroupIds.filter((each) => nameOf.has(each) && !groupIds.includes(each)))
    if ((await takeFromGroup(tx, { organisationId, groupId, memberIds: [id] })).length > 0)
      note('group.member_removed', groupId)
}
