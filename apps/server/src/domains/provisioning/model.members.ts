import {
  applyPatch,
  groupSchemaId,
  groupType,
  type Json,
  type JsonObject,
  type PatchOperation,
  type Projection,
  project,
} from '@clew/scim'

/**
 * What a PATCH does to the members of a group: `replace` is the whole list that remains, else `add` and `remove` stand
 * for what comes and goes. `rest` is what concerns the group itself.
 */
export type MembersPlan = {
  rest: readonly PatchOperation[]
  replace: ReadonlySet<string> | undefined
  add: ReadonlySet<string>
  remove: ReadonlySet<string>
}

const oneMember = /^(?:urn:ietf:params:scim:schemas:core:2\.0:Group:)?members\[\s*value\s+eq\s+"([^"\\]*)"\s*\]$/i
const allMembers = /^(?:urn:ietf:params:scim:schemas:core:2\.0:Group:)?members$/i
const anyMembers = /^(?:urn:ietf:params:scim:schemas:core:2\.0:Group:)?members\b/i

/**
 * Reads a PATCH of a group as set operations, so that a group of thousands is not read to add one. Undefined where an
 * operation needs to see the members that are there: then they are read, and the library applies it to the whole.
 */
export function planMembers(operations: readonly PatchOperation[]): MembersPlan | undefined {
  const plan: Building = { rest: [], replace: undefined, add: new Set(), remove: new Set() }
  for (const operation of operations) if (!takeIn(plan, operation)) return undefined
  if (plan.replace === undefined) return plan
  for (const id of plan.add) plan.replace.add(id)
  for (const id of plan.remove) plan.replace.delete(id)
  return { ...plan, add: new Set(), remove: new Set() }
}

type Building = {
  rest: PatchOperation[]
  replace: Set<string> | undefined
  add: Set<string>
  remove: Set<string>
}

/** Whether it could be read so. */
function takeIn(plan: Building, operation: PatchOperation): boolean {
  const { op, path } = operation
  if (path === undefined) return takeWithoutPath(plan, operation)
  const one = oneMember.exec(path)?.[1]
  if (one !== undefined && op === 'remove') {
    without(plan, [one])
    return true
  }
  if (allMembers.test(path)) {
    takeMembers(plan, operation)
    return true
  }
  if (anyMembers.test(path)) return false
  plan.rest.push(operation)
  return true
}

/** RFC 7644 §3.5.2.2: a removal takes everybody out, unless it lists whom, as Entra ID does. */
function takeMembers(plan: Building, { op, value = null }: PatchOperation): void {
  if (op === 'remove' && value !== null) return without(plan, idsIn(value))
  if (op === 'add') return including(plan, idsIn(value))
  startAnew(plan, op === 'remove' ? [] : idsIn(value))
}

function takeWithoutPath(plan: Building, { op, value }: PatchOperation): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    plan.rest.push({ op, ...(value === undefined ? {} : { value }) })
    return true
  }
  const rest: Record<string, Json> = {}
  for (const [key, part] of Object.entries(value as JsonObject)) {
    if (!anyMembers.test(key)) rest[key] = part
    else if (!takeIn(plan, { op, path: key, value: part })) return false
  }
  plan.rest.push({ op, value: rest })
  return true
}

function including(plan: Building, ids: readonly string[]): void {
  for (const id of ids) {
    plan.remove.delete(id)
    plan.add.add(id)
  }
}

function without(plan: Building, ids: readonly string[]): void {
  for (const id of ids) {
    plan.add.delete(id)
    plan.remove.add(id)
  }
}

function startAnew(plan: Building, ids: readonly string[]): void {
  plan.replace = new Set(ids)
  plan.add = new Set()
  plan.remove = new Set()
}

const empty: JsonObject = { schemas: [groupSchemaId], displayName: '-' }

/** The ids in a value of `members`, which the library checks as if they were added to a group of nobody. */
export function idsIn(value: Json): readonly string[] {
  const { resource } = applyPatch(groupType, {
    resource: empty,
    operations: [{ op: 'add', path: 'members', value }],
  })
  return memberIdsOf(resource)
}

export function memberIdsOf(resource: JsonObject): readonly string[] {
  const members = resource['members']
  if (!Array.isArray(members)) return []
  return (members as readonly { value: string }[]).map(({ value }) => value)
}

const sample: JsonObject = {
  schemas: [groupSchemaId],
  id: '-',
  members: [{ value: '-', $ref: '-', type: '-', display: '-' }],
}

/** Whether an answer has the members of a group in it, which may be thousands. */
export const showsMembers = (projection: Projection): boolean =>
  project(groupType, sample, projection)['members'] !== undefined
