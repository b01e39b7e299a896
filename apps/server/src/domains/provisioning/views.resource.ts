import { createHash } from 'node:crypto'
import { type JsonObject, weakTag } from '@clew/scim'
import type { GroupRow } from './repository.groups.ts'
import type { UserRow } from './repository.users.ts'

export type Named = { id: string; name: string }
export type NamedMember = Named & { type: 'User' | 'Group' }

/** A user whole: what was sent, with what we know. */
export function userResource(row: UserRow, groups: readonly Named[], baseUrl: string): JsonObject {
  return {
    ...row.document,
    id: row.id,
    ...(groups.length === 0
      ? {}
      : {
          groups: groups.map(({ id, name }) => ({
            value: id,
            $ref: `${baseUrl}/Groups/${id}`,
            display: name,
            type: 'direct',
          })),
        }),
    meta: metaOf('User', row, { baseUrl, tag: userTag(row, groups) }),
  }
}

/** `members` undefined: not asked for. */
export function groupResource(row: GroupRow, members: readonly NamedMember[] | undefined, baseUrl: string): JsonObject {
  return {
    ...row.document,
    id: row.id,
    ...(members === undefined || members.length === 0
      ? {}
      : {
          members: members.map(({ id, name, type }) => ({
            value: id,
            $ref: `${baseUrl}/${type}s/${id}`,
            type,
            display: name,
          })),
        }),
    meta: metaOf('Group', row, { baseUrl, tag: groupTag(row) }),
  }
}

/** What is shown of a user changes with the names of their groups too, which are stored elsewhere. */
export function userTag(row: Pick<UserRow, 'version'>, groups: readonly Named[]): string {
  if (groups.length === 0) return weakTag(row.version)
  const text = groups.map(({ id, name }) => `${id} ${name}`).join('\n')
  return weakTag(`${row.version}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`)
}

export const groupTag = ({ version }: Pick<GroupRow, 'version'>): string => weakTag(version)

type Dated = { id: string; createdAt: Date; updatedAt: Date }

function metaOf(type: 'User' | 'Group', row: Dated, { baseUrl, tag }: { baseUrl: string; tag: string }): JsonObject {
  return {
    resourceType: type,
    created: row.createdAt.toISOString(),
    lastModified: row.updatedAt.toISOString(),
    location: `${baseUrl}/${type}s/${row.id}`,
    version: tag,
  }
}
