import { checkRead, type JsonObject } from '@clew/scim'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { isId, notFound } from '../model.resource.ts'
import type { Door } from '../model.ts'
import { authorizeToken } from '../policy.ts'
import { findGroup } from '../repository.groups.ts'
import { findUser } from '../repository.users.ts'
import { groupTag } from '../views.resource.ts'
import { wholeGroup, wholeGroups, wholeUser } from '../whole-resources.ts'

export type Read = { state: 'found'; resource: JsonObject; tag: string } | { state: 'notModified'; tag: string }

type Asked = { kind: 'User' | 'Group'; id: string; ifNoneMatch: string | undefined; withMembers: boolean }

/** `GET /Users/{id}`, `GET /Groups/{id}` (RFC 7644 §3.4.1). */
export async function readResource(ctx: Ctx, door: Door, asked: Asked): Promise<Read> {
  authorizeToken(door, asked.kind, 'read')
  return ctx.transaction(async (tx) => {
    const found = asked.kind === 'User' ? await readUser(tx, door, asked) : await readGroup(tx, door, asked)
    if (found === undefined) throw notFound(asked.kind)
    if (checkRead({ ifNoneMatch: asked.ifNoneMatch }, found.tag) === 'notModified') {
      return { state: 'notModified', tag: found.tag }
    }
    return { state: 'found', ...found }
  })
}

async function readUser(tx: TxCtx, door: Door, { id }: Asked) {
  const row = isId(id) ? await findUser(tx, door.connection.id, id) : undefined
  if (row === undefined) return undefined
  const resource = await wholeUser(tx, door, row)
  return { resource, tag: (resource['meta'] as { version: string }).version }
}

async function readGroup(tx: TxCtx, door: Door, { id, withMembers, ifNoneMatch }: Asked) {
  const row = isId(id) ? await findGroup(tx, door.connection.id, id) : undefined
  if (row === undefined) return undefined
  const tag = groupTag(row)
  const isNews = withMembers && checkRead({ ifNoneMatch }, tag) === 'proceed'
  const resource = isNews
    ? await wholeGroup(tx, door, row)
    : ((await wholeGroups(tx, door, { rows: [row], members: 'none' }))[0] ?? {})
  return { resource, tag }
}
