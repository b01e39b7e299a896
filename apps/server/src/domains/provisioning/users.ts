import type { ProvisioningChange } from '@clew/contract/provisioning'
import {
  applyPatch,
  badRequest,
  type Change,
  changesBetween,
  checkWrite,
  type JsonObject,
  newResource,
  parsePatch,
  replacedResource,
  ScimError,
  userType,
} from '@clew/scim'
import type { TxCtx } from '../../platform/ctx.ts'
import {
  changeProvisionedMember,
  listGroupsOf,
  type ProvisionEffect,
  provisionMember,
  removeProvisionedMember,
} from '../organisations/index.ts'
import { auditUser } from './audited.ts'
import { documentOf, isId, notFound, personOf, type UserKeys, userKeysOf, withActive } from './model.resource.ts'
import type { Door, Outcome, WriteRequest } from './model.ts'
import { touchGroups } from './repository.groups.ts'
import { deleteUser, findTaken, insertUser, lockUser, type UserRow, updateUser } from './repository.users.ts'
import { type Named, userResource, userTag } from './views.resource.ts'
import { groupsOfUsers } from './whole-resources.ts'

/** `POST /Users` (RFC 7644 §3.3). Who has the address in this organisation already is taken over. */
export async function createUser(
  tx: TxCtx,
  door: Door,
  { body = {}, onlyAs }: Pick<WriteRequest, 'body' | 'onlyAs'>,
): Promise<Outcome> {
  const { connection, baseUrl } = door
  const { organisationId } = connection
  const resource = withActive(newResource(userType, body))
  const keys = userKeysOf(resource)
  const described = personOf(resource)
  const document = documentOf(resource)
  await refuseTaken(tx, { connectionId: connection.id, keys })
  const member = await provisionMember(tx, {
    organisationId,
    connectionId: connection.id,
    profile: described,
    role: connection.defaultRole,
    isActive: keys.active,
  })
  if (onlyAs !== undefined && member.id !== onlyAs)
    throw badRequest('invalidValue', 'This describes somebody else than the member whom the token stands for.')
  const row = await insertUser(tx, { id: member.id, connection, keys, document })
  if (row === undefined) {
    throw new ScimError(409, 'The person with this e-mail address is provisioned already.', { scimType: 'uniqueness' })
  }
  const changes = [
    ...effectsOf(member.effects, row),
    ...shownChanges(changesBetween(userType, { schemas: [userType.schema.id] }, resource)),
  ]
  auditUser(tx, door, { action: 'scim.user.created', row, changes })
  const groups = member.isNew ? [] : await groupsOf(tx, door, row)
  return {
    status: 201,
    id: row.id,
    name: row.shownName,
    tag: userTag(row, groups),
    resource: userResource(row, groups, baseUrl),
    changes,
  }
}

/** `PUT` and `PATCH /Users/{id}` (RFC 7644 §3.5), on the row that is held. */
export async function changeUser(tx: TxCtx, door: Door, request: WriteRequest): Promise<Outcome> {
  const { row, groups } = await lock(tx, door, request)
  const before = userResource(row, groups, door.baseUrl)
  const body = request.body ?? {}
  const after =
    request.method === 'PUT'
      ? replacedResource(userType, { existing: before, body })
      : applyPatch(userType, { resource: before, operations: parsePatch(body) }).resource
  const differences = changesBetween(userType, before, after)
  if (differences.every(({ kind }) => kind === 'secret')) return outcomeOf(door, { row, groups, changes: [] })
  const { changed, effects } = await store(tx, door, { row, before, after })
  const changes = [...effectsOf(effects, changed), ...shownChanges(differences)]
  auditUser(tx, door, { action: actionFor(effects), row: changed, changes })
  return outcomeOf(door, { row: changed, groups, changes })
}

/** `DELETE /Users/{id}` (RFC 7644 §3.6): the member is removed, and their id never comes back. */
export async function removeUser(tx: TxCtx, door: Door, request: WriteRequest): Promise<Outcome> {
  const { row } = await lock(tx, door, request)
  const groups = await listGroupsOf(tx, [row.id])
  await deleteUser(tx, row.id)
  await removeProvisionedMember(tx, { organisationId: door.connection.organisationId, id: row.id })
  await touchGroups(
    tx,
    groups.map(({ groupId }) => groupId),
  )
  const changes = effectsOf(['removed'], row)
  auditUser(tx, door, { action: 'scim.user.deleted', row, changes })
  return { status: 204, id: row.id, name: row.shownName, changes }
}

async function lock(tx: TxCtx, door: Door, { id = '', ifMatch, ifNoneMatch }: WriteRequest) {
  const row = isId(id) ? await lockUser(tx, door.connection.id, id) : undefined
  if (row === undefined) throw notFound('User')
  const groups = await groupsOf(tx, door, row)
  checkWrite({ ifMatch, ifNoneMatch }, userTag(row, groups))
  return { row, groups }
}

const groupsOf = async (tx: TxCtx, door: Door, { id }: UserRow): Promise<readonly Named[]> =>
  (await groupsOfUsers(tx, door, [id])).get(id) ?? []

type Settled = { row: UserRow; before: JsonObject; after: JsonObject }

async function store(tx: TxCtx, door: Door, { row, before, after }: Settled) {
  const { connection } = door
  const next = withActive(after)
  const keys = userKeysOf(next)
  const described = personOf(next)
  const was = userKeysOf(before)
  if (keys.userName !== was.userName || keys.externalId !== was.externalId) {
    await refuseTaken(tx, { connectionId: connection.id, keys, but: row.id })
  }
  const isPersonAnother = JSON.stringify(described) !== JSON.stringify(personOf(before))
  const isStateAnother = keys.active !== was.active
  const effects =
    isPersonAnother || isStateAnother
      ? await changeProvisionedMember(tx, {
          organisationId: connection.organisationId,
          connectionId: connection.id,
          id: row.id,
          profile: isPersonAnother ? described : undefined,
          isActive: isStateAnother ? keys.active : undefined,
        })
      : []
  const changed = await updateUser(tx, { id: row.id, connection, keys, document: documentOf(next) })
  return { changed, effects }
}

async function refuseTaken(tx: TxCtx, asked: { connectionId: string; keys: UserKeys; but?: string }): Promise<void> {
  const taken = await findTaken(tx, asked)
  if (taken !== undefined) throw new ScimError(409, `Another user has this ${taken}.`, { scimType: 'uniqueness' })
}

function outcomeOf(
  { baseUrl }: Door,
  { row, groups, changes }: { row: UserRow; groups: readonly Named[]; changes: readonly ProvisioningChange[] },
): Outcome {
  return {
    status: 200,
    id: row.id,
    name: row.shownName,
    tag: userTag(row, groups),
    resource: userResource(row, groups, baseUrl),
    changes,
  }
}

function effectsOf(effects: readonly ProvisionEffect[], row: UserRow): ProvisioningChange[] {
  return effects.map((effect) => ({ kind: 'effect', effect, name: row.shownName }))
}

export const shownChanges = (changes: readonly Change[]): ProvisioningChange[] =>
  changes.map((change) =>
    change.kind === 'elements'
      ? { kind: 'elements', name: change.name, added: copy(change.added), removed: copy(change.removed) }
      : (change as ProvisioningChange),
  )

const maxElements = 50
const copy = (elements: readonly unknown[]) => elements.slice(0, maxElements) as never[]

function actionFor(effects: readonly ProvisionEffect[]) {
  if (effects.includes('deactivated')) return 'scim.user.deactivated'
  return effects.includes('reactivated') ? 'scim.user.reactivated' : 'scim.user.updated'
}
