import type { CustomRoleId, RoleList, RoleView, SaveRole } from '@clew/contract/members'
import { type Permission, permissions, teamPermissions } from '@clew/contract/permissions'
import type { OrganisationId } from '@clew/contract/primitives'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import { actingAs, type Ctx, type TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import type { KnowledgeParts } from '../knowledge.ts'
import { isOfTeamOnly, whyNotGive } from '../model.giving.ts'
import type { NamedRole } from '../model.invite-plan.ts'
import { authorizeGive, authorizeManageRoles, authorizeReadConsole } from '../policy.members.ts'
import { listRoles } from '../read-roles.ts'
import { lockMembership } from '../repository.membership.ts'
import {
  type CustomRoleRow,
  deleteCustomRole,
  insertCustomRole,
  isRoleNameTaken,
  listRoleUse,
  lockCustomRole,
  type RoleUse,
  updateCustomRole,
} from '../repository.roles.ts'

/** Every role of the organisation, with what it permits and how many have it. */
export async function readRoles(ctx: Ctx): Promise<RoleList> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeReadConsole(actor)
    const { organisationId, isSupport } = actor
    const use = await listRoleUse(tx, organisationId)
    return {
      roles: (await listRoles(tx, actor)).map((role) => roleView(role, { use, actor })),
      permissions: permissions.filter((each) => isSupport || !teamPermissions.has(each)),
    }
  })
}

function roleView(role: NamedRole, { use, actor }: { use: readonly RoleUse[]; actor: MemberActor }): RoleView {
  const used = use.find((each) => each.role === role.role && (each.customRoleId ?? undefined) === role.customRoleId)
  return {
    id: (role.customRoleId ?? null) as CustomRoleId | null,
    builtIn: role.role === 'custom' ? null : role.role,
    name: role.role === 'custom' ? role.name : null,
    permissions: [...role.permissions],
    members: used?.members ?? 0,
    invitations: used?.invitations ?? 0,
    mayGive: whyNotGive(actor, role) === undefined,
  }
}

export async function createRole(ctx: Ctx, input: SaveRole): Promise<CustomRoleId> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageRoles(actor)
    await lockMembership(tx, actor.organisationId)
    authorizePermissions(actor, input.permissions)
    await refuseTakenName(tx, actor, { name: input.name })
    const id = tx.ids.next() as CustomRoleId
    await insertCustomRole(tx, { id, organisationId: actor.organisationId, ...input })
    recordAudit(tx, {
      action: 'role.created',
      targets: [{ type: 'role', id, name: input.name }],
      metadata: { permissions: input.permissions },
    })
    return id
  })
}

/** What it permits holds at once for everyone who has it. */
export async function changeRole(ctx: Ctx, id: CustomRoleId, input: SaveRole): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageRoles(actor)
    const role = await lockRole(tx, actor, id)
    authorizePermissions(actor, role.permissions)
    authorizePermissions(actor, input.permissions)
    await refuseTakenName(tx, actor, { name: input.name, but: id })
    const changes = changesOf(role, input)
    if (changes.length === 0) return
    await updateCustomRole(tx, { id, ...input })
    recordAudit(tx, { action: 'role.updated', targets: [{ type: 'role', id, name: input.name }], changes })
  })
}

/** Only a role that nobody has, that is offered to nobody, and that no connection gives. */
export async function deleteRole(ctx: Ctx, id: CustomRoleId, parts: KnowledgeParts): Promise<void> {
  // What connections give is known to rooms that answer the system alone.
  await parts.asSystem(ctx, 'roles.delete').transaction(async (system) => {
    const tx = actingAs(system, ctx.actor)
    const { actor } = tx
    authorizeManageRoles(actor)
    const role = await lockRole(tx, actor, id)
    authorizePermissions(actor, role.permissions)
    const use = (await listRoleUse(tx, actor.organisationId)).find(({ customRoleId }) => customRoleId === id)
    const count = (use?.members ?? 0) + (use?.invitations ?? 0)
    if (count > 0) throw new AppError('role.in_use', { count })
    await refuseGiven(system, { organisationId: actor.organisationId, id }, parts)
    await deleteCustomRole(tx, id)
    recordAudit(tx, { action: 'role.deleted', targets: [{ type: 'role', id, name: role.name }] })
  })
}

async function refuseGiven(
  system: TxCtx,
  { organisationId, id }: { organisationId: OrganisationId; id: CustomRoleId },
  parts: KnowledgeParts,
): Promise<void> {
  for (const room of parts.members()) {
    const name = (await room.givesRole?.(system, { organisationId, customRoleId: id }))?.[0]
    if (name !== undefined) throw new AppError('role.given_by_connection', { name })
  }
}

async function lockRole(tx: TxCtx, actor: MemberActor, id: CustomRoleId): Promise<CustomRoleRow> {
  await lockMembership(tx, actor.organisationId)
  const role = await lockCustomRole(tx, actor.organisationId, id)
  if (!role) throw new AppError('role.not_found')
  return role
}

function authorizePermissions(actor: MemberActor, asked: readonly Permission[]): void {
  if (!actor.isSupport && isOfTeamOnly('custom', asked)) throw new AppError('role.team_only')
  authorizeGive(actor, { role: 'custom', permissions: new Set(asked) })
}

async function refuseTakenName(
  tx: TxCtx,
  { organisationId }: MemberActor,
  of: { name: string; but?: string },
): Promise<void> {
  if (await isRoleNameTaken(tx, { organisationId, ...of })) throw new AppError('role.name_taken', { name: of.name })
}

function changesOf(before: CustomRoleRow, after: SaveRole) {
  const sorted = (all: readonly Permission[]) => [...all].sort()
  return [
    ...(before.name === after.name ? [] : [{ field: 'name', old: before.name, new: after.name }]),
    ...(sorted(before.permissions).join() === sorted(after.permissions).join()
      ? []
      : [{ field: 'permissions', old: sorted(before.permissions), new: sorted(after.permissions) }]),
  ]
}
