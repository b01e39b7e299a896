import type { OrganisationId } from '@clew/contract/primitives'
import type {
  ConnectionList,
  NewConnection,
  ProvisioningConnection,
  RenameConnection,
  SaveConnection,
} from '@clew/contract/provisioning'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import {
  applyRoles,
  listNames,
  listRoleNames,
  listRolesToGive,
  refuseUngivable,
  releaseConnection,
} from '../../organisations/index.ts'
import { afterDays, type Connection, type GivenRole, type Rule, type Tokens } from '../model.ts'
import { authorizeManage, authorizeRead } from '../policy.ts'
import { countAll } from '../repository.requests.ts'
import { listTokens } from '../repository.tokens.ts'
import {
  deleteConnection,
  findConnection,
  insertConnection,
  isConnectionNamed,
  listConnections,
  listRules,
  listRulesInForce,
  lockConnection,
  replaceRules,
  updateConnection,
} from '../repository.ts'
import { connectionView, offeredRole } from '../views.ts'

/** Every connection of the organisation with how it is doing. */
export async function readConnections(ctx: Ctx, baseUrl: string): Promise<ConnectionList> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeRead(actor)
    const connections = await listConnections(tx, actor.organisationId)
    return {
      connections: await viewAll(tx, connections, baseUrl),
      canManage: actor.permissions.has('provisioning.manage'),
      roles: (await listRolesToGive(tx, actor)).flatMap(offeredRole),
    }
  })
}

export async function createConnection(
  ctx: Ctx,
  input: NewConnection & { baseUrl: string },
): Promise<ProvisioningConnection> {
  return ctx.transaction(async (tx) => {
    authorizeManage(tx.actor)
    const id = await addConnection(tx, { ...input, organisationId: tx.actor.organisationId })
    return viewOne(tx, id, input.baseUrl)
  })
}

/** The record itself; for whoever has been authorised before. */
export async function addConnection(
  tx: TxCtx,
  { name, kind, organisationId }: NewConnection & { organisationId: OrganisationId },
): Promise<string> {
  await refuseName(tx, { organisationId, name })
  const id = tx.ids.next()
  await insertConnection(tx, { id, organisationId, name, kind })
  recordAudit(tx, {
    action: 'scim.connection.created',
    organisationId,
    targets: [{ type: 'connection', id, name }],
    metadata: { kind },
  })
  return id
}

/** Changes what a connection is called and which roles it gives. Its people get the roles that follow at once. */
export async function saveConnection(
  ctx: Ctx,
  input: SaveConnection & { id: string; baseUrl: string },
): Promise<ProvisioningConnection> {
  return ctx.transaction(async (tx) => {
    authorizeManage(tx.actor)
    const before = await lockVersion(tx, input)
    await refuseName(tx, { organisationId: before.organisationId, name: input.name, but: before.id })
    const rules = input.rules.map((rule): Rule => ({ groupName: rule.groupName, role: roleOf(rule.role) }))
    const after = { ...before, name: input.name, kind: input.kind, defaultRole: roleOf(input.defaultRole) }
    await refuseUngivable(tx, [after.defaultRole, ...rules.map(({ role }) => role)])
    const rulesBefore = await listRules(tx, before.id)
    await updateConnection(tx, after)
    await replaceRules(tx, before, rules)
    await auditSaved(tx, { before, after, rulesBefore, rules })
    const wasGiven = [before.defaultRole, ...rulesBefore]
    if (JSON.stringify([after.defaultRole, ...rules]) !== JSON.stringify(wasGiven)) await giveRoles(tx, after, rules)
    return viewOne(tx, before.id, input.baseUrl)
  })
}

/** Gives a connection another name, and leaves all that it does. */
export async function renameConnection(
  ctx: Ctx,
  { id, version, name, baseUrl }: RenameConnection & { id: string; baseUrl: string },
): Promise<ProvisioningConnection> {
  return ctx.transaction(async (tx) => {
    authorizeManage(tx.actor)
    const before = await lockVersion(tx, { id, version })
    await refuseName(tx, { organisationId: before.organisationId, name, but: id })
    if (name !== before.name) {
      const rules = await listRules(tx, id)
      await updateConnection(tx, { ...before, name })
      await auditSaved(tx, { before, after: { ...before, name }, rulesBefore: rules, rules })
    }
    return viewOne(tx, id, baseUrl)
  })
}

async function lockVersion(tx: TxCtx, { id, version }: { id: string; version: number }): Promise<Connection> {
  const connection = await lockConnection(tx, id)
  if (connection === undefined) throw new AppError('provisioning.connection_not_found')
  if (connection.version !== version) throw new AppError('provisioning.conflict')
  return connection
}

/** Its people stay as they are and are looked after here from now on; its groups, tokens and log go. */
export async function removeConnection(ctx: Ctx, id: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeManage(tx.actor)
    const connection = await lockConnection(tx, id)
    if (connection === undefined) throw new AppError('provisioning.connection_not_found')
    const released = await releaseConnection(tx, {
      organisationId: connection.organisationId,
      connectionId: id,
    })
    await deleteConnection(tx, id)
    recordAudit(tx, {
      action: 'scim.connection.deleted',
      targets: [{ type: 'connection', id, name: connection.name }],
      metadata: released,
    })
  })
}

async function giveRoles(tx: TxCtx, connection: Connection, rules: readonly Rule[]): Promise<void> {
  if (rules.length === 0) return
  const { organisationId } = connection
  const changes = await applyRoles(tx, {
    organisationId,
    connectionId: connection.id,
    memberIds: undefined,
    rules: await listRulesInForce(tx, connection.id),
    otherwise: connection.defaultRole,
  })
  for (const { memberId, name, from, to } of changes) {
    recordAudit(tx, {
      action: 'role.granted',
      targets: [{ type: 'member', id: memberId, name }],
      changes: [{ field: 'role', old: from, new: to }],
      metadata: { connection: connection.id },
    })
    tx.emit('member.role_changed', { organisationId, memberId })
  }
}

type Saved = { before: Connection; after: Connection; rulesBefore: readonly Rule[]; rules: readonly Rule[] }

async function auditSaved(tx: TxCtx, { before, after, rulesBefore, rules }: Saved): Promise<void> {
  const names = await listRoleNames(tx, after.organisationId)
  const toldRole = ({ role, customRoleId }: GivenRole) => (customRoleId && names.get(customRoleId)) ?? role
  const told = (connection: Connection, of: readonly Rule[]) => ({
    name: connection.name,
    kind: connection.kind,
    default_role: toldRole(connection.defaultRole),
    rules: of.map(({ groupName, role }) => `${groupName}: ${toldRole(role)}`),
  })
  const [old, now] = [told(before, rulesBefore), told(after, rules)]
  const fields = (Object.keys(now) as (keyof typeof now)[]).filter(
    (field) => JSON.stringify(old[field]) !== JSON.stringify(now[field]),
  )
  if (fields.length === 0) return
  recordAudit(tx, {
    action: 'scim.connection.updated',
    targets: [{ type: 'connection', id: after.id, name: after.name }],
    changes: fields.map((field) => ({ field, old: old[field], new: now[field] })),
  })
}

const roleOf = ({ role, customRoleId }: SaveConnection['defaultRole']): GivenRole => ({
  role,
  customRoleId: customRoleId ?? undefined,
})

async function refuseName(
  tx: TxCtx,
  asked: { organisationId: OrganisationId; name: string; but?: string },
): Promise<void> {
  if (await isConnectionNamed(tx, asked)) throw new AppError('provisioning.name_taken', { name: asked.name })
}

async function viewOne(tx: TxCtx, id: string, baseUrl: string): Promise<ProvisioningConnection> {
  const connection = await findConnection(tx, id)
  const [view] = connection === undefined ? [] : await viewAll(tx, [connection], baseUrl)
  if (view === undefined) throw new AppError('provisioning.connection_not_found')
  return view
}

async function viewAll(
  tx: TxCtx,
  connections: readonly Connection[],
  baseUrl: string,
): Promise<ProvisioningConnection[]> {
  const ids = connections.map(({ id }) => id)
  const now = tx.clock.now()
  const tokens = await listTokens(tx, ids)
  const counts = await countAll(tx, ids, afterDays(now, -1))
  const names = await namesOfTokens(tx, connections, tokens)
  const views: ProvisioningConnection[] = []
  for (const connection of connections) {
    views.push(
      connectionView(connection, {
        rules: await listRules(tx, connection.id),
        tokens: tokens.filter(({ connectionId }) => connectionId === connection.id),
        counts: counts.get(connection.id),
        baseUrl,
        now,
        names,
      }),
    )
  }
  return views
}

/** Whom tokens stand for. All of these connections are of one organisation. */
async function namesOfTokens(
  tx: TxCtx,
  [first]: readonly Connection[],
  tokens: readonly Tokens[],
): Promise<ReadonlyMap<string, string>> {
  const ids = tokens.flatMap(({ memberId }) => memberId ?? [])
  return first === undefined ? new Map() : listNames(tx, first.organisationId, [...new Set(ids)])
}
