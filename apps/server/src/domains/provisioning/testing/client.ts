import type { OrganisationId } from '@clew/contract/primitives'
import type { ProviderKind, TokenScope } from '@clew/contract/provisioning'
import { enterpriseUserSchemaId, groupSchemaId, userSchemaId } from '@clew/scim'
import type { World } from '../../../testkit/world.ts'
import { createConnection } from '../use-cases/manage-connections.ts'
import { makeToken } from '../use-cases/manage-tokens.ts'

export const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
export const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
export const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error'
export const searchSchema = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'
export const bulkSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
export { enterpriseUserSchemaId, groupSchemaId, userSchemaId }

// biome-ignore lint: a test reads into documents of any shape
// oxlint-disable-next-line typescript/no-explicit-any
type Body = any

/** What came back: the body as it is, read where it is JSON. */
export type Reply = {
  status: number
  body: Body
  text: string
  headers: Record<string, string | undefined>
}

type More = { headers?: Record<string, string>; raw?: string | Buffer }

export type ScimClient = ReturnType<typeof clientOf>

/** Speaks to the running server as an identity provider does. */
export function clientOf(world: World, { path, token }: { path: string; token: string }) {
  const send = async (
    method: string,
    url: string,
    ...[body, more = {}]: [body?: unknown, more?: More]
  ): Promise<Reply> => {
    const payload = more.raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await world.app.inject({
      method: method as 'GET',
      url: `${path}${url}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(payload === undefined ? {} : { 'content-type': 'application/scim+json' }),
        ...more.headers,
      },
      ...(payload === undefined ? {} : { payload }),
    })
    const text = response.body
    const isJson = String(response.headers['content-type'] ?? '').includes('json')
    return {
      status: response.statusCode,
      body: isJson && text !== '' ? JSON.parse(text) : undefined,
      text,
      headers: response.headers as Record<string, string | undefined>,
    }
  }
  return {
    path,
    token,
    send,
    get: (url: string, headers: Record<string, string> = {}) => send('GET', url, undefined, { headers }),
    find: (type: 'Users' | 'Groups', filter: string, more = '') =>
      send('GET', `/${type}?filter=${encodeURIComponent(filter)}${more}`),
    post: (url: string, body: unknown, more: More = {}) => send('POST', url, body, more),
    put: (url: string, body: unknown, more: More = {}) => send('PUT', url, body, more),
    patch: (url: string, operations: unknown, more: More = {}) =>
      send('PATCH', url, { schemas: [patchSchema], Operations: operations }, more),
    remove: (url: string, more: More = {}) => send('DELETE', url, undefined, more),
    /** The shortest user there can be. */
    user: async (userName: string, rest: object = {}) =>
      (await send('POST', '/Users', { schemas: [userSchemaId], userName, ...rest })).body,
    group: async (displayName: string, members: readonly string[] = [], rest: object = {}) =>
      (
        await send('POST', '/Groups', {
          schemas: [groupSchemaId],
          displayName,
          members: members.map((value) => ({ value })),
          ...rest,
        })
      ).body,
  }
}

const baseUrl = 'http://scim.example'

/** A connection of an organisation, with a token of it. */
export async function connect(
  world: World,
  {
    organisationId,
    kind = 'other',
    scope = { users: true, groups: true, readOnly: false },
    name,
  }: { organisationId: OrganisationId; kind?: ProviderKind; scope?: TokenScope; name?: string },
) {
  const owner = await world.member(organisationId, 'owner')
  const connection = await createConnection(owner.ctx, {
    name: name ?? `Connection ${owner.id.slice(-6)}`,
    kind,
    baseUrl,
  })
  const { token } = await makeToken(owner.ctx, { connectionId: connection.id, scope, lifeDays: 90, baseUrl })
  const path = `/scim/v2/${connection.id}`
  /** The same connection, with a token that stands for the member with this address. */
  const as = async (email: string, good: TokenScope = scope): Promise<ScimClient> => {
    const life = { scope: good, lifeDays: 90, baseUrl }
    const made = await makeToken(owner.ctx, { connectionId: connection.id, ...life, as: email })
    return clientOf(world, { path, token: made.token })
  }
  /** Somebody of the organisation whom no connection looks after. */
  const unprovisioned = async (): Promise<string> => {
    const { id } = await world.member(organisationId, 'member')
    const [row] = await world.rows('SELECT email FROM members WHERE id = $1', [id])
    return String(row?.['email'])
  }
  return { owner, connection, as, unprovisioned, ...clientOf(world, { path, token }) }
}

export const memberIds = ({ members = [] }: { members?: { value: string }[] }): string[] =>
  members.map(({ value }) => value)
