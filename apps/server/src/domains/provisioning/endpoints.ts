import {
  badRequest,
  groupType,
  type JsonObject,
  type Projection,
  parseAttributeList,
  parseBody,
  project,
  readQueryParameters,
  readSearchRequest,
  requireScimContent,
  resourceTypeDocument,
  resourceTypesDocument,
  ScimError,
  schemaDocument,
  schemasDocument,
  serviceProviderConfig,
  userType,
} from '@clew/scim'
import type { FastifyRequest } from 'fastify'
import type { Ctx } from '../../platform/ctx.ts'
import { maxBodyBytes, notAllowed, type ScimAnswer } from './answer.ts'
import type { Address } from './authenticate.ts'
import { showsMembers } from './model.members.ts'
import type { Door, Outcome, WriteRequest } from './model.ts'
import { carryOut } from './use-cases/carry-out.ts'
import { readResource } from './use-cases/read-resource.ts'
import { maxOperations, runBulkRequest } from './use-cases/run-bulk.ts'
import { maxResults, searchEverything, searchResources, typeOf } from './use-cases/search-resources.ts'

type Asked = { ctx: Ctx; door: Door; request: FastifyRequest; method: string; rest: readonly string[]; isMe?: boolean }
type Kind = 'User' | 'Group'

/** Finds the endpoint (RFC 7644 §3.2, table 2) and lets it answer. */
export async function answerRequest(
  ctx: Ctx,
  { door, address }: { door: Door; address: Address },
  request: FastifyRequest,
): Promise<ScimAnswer> {
  const [endpoint = '', ...rest] = address.segments
  // What GET answers, HEAD does, and the server leaves the body out.
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const asked: Asked = { ctx, door, request, method, rest }
  switch (endpoint) {
    case 'Users':
      return answerResources(asked, 'User')
    case 'Groups':
      return answerResources(asked, 'Group')
    case '.search':
      return rest.length > 0 ? nothingThere() : only(asked, 'POST', () => search(asked, undefined))
    case 'Bulk':
      return rest.length > 0 ? nothingThere() : only(asked, 'POST', () => bulk(asked))
    default:
      return answerOther(asked, endpoint)
  }
}

function answerOther(asked: Asked, endpoint: string): Promise<ScimAnswer> {
  switch (endpoint) {
    case 'Me':
      return answerMe(asked)
    case 'ServiceProviderConfig':
    case 'ResourceTypes':
    case 'Schemas':
      return only(asked, 'GET', () => discover(asked, endpoint))
    default:
      return nothingThere()
  }
}

/**
 * RFC 7644 §3.11: the resource of whom the token stands for, at its own address. A token that stands for nobody has none.
 */
async function answerMe(asked: Asked): Promise<ScimAnswer> {
  const { door, method, rest } = asked
  if (rest.length > 0) return nothingThere()
  const { memberId } = door.token
  if (memberId === undefined)
    throw new ScimError(
      501,
      'The token stands for no user. Make one that stands for a member, in the console or by clew scim token --as.',
    )
  const me = { ...asked, isMe: true }
  const location = `${door.baseUrl}${typeOf.User.endpoint}/${memberId}`
  const found = { location, 'content-location': location }
  switch (method) {
    case 'GET':
      return withHeaders(await read(me, 'User', memberId), found)
    case 'POST':
      return withHeaders(await write(me, 'User', undefined), found)
    case 'PUT':
    case 'PATCH':
      return withHeaders(await write(me, 'User', memberId), found)
    case 'DELETE':
      return withHeaders(await write(me, 'User', memberId), { location })
    default:
      return notAllowed('GET, POST, PUT, PATCH, DELETE')
  }
}

const withHeaders = (answer: ScimAnswer, headers: Record<string, string>): ScimAnswer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
})

function nothingThere(): never {
  throw new ScimError(404, 'There is nothing at this address.')
}

async function only(asked: Asked, method: string, run: () => ScimAnswer | Promise<ScimAnswer>): Promise<ScimAnswer> {
  return asked.method === method ? run() : notAllowed(method)
}

function answerResources(asked: Asked, kind: Kind): Promise<ScimAnswer> | ScimAnswer {
  const { method, rest } = asked
  const [id, ...more] = rest
  if (more.length > 0) return nothingThere()
  if (id === undefined) {
    if (method === 'GET') return list(asked, kind)
    return method === 'POST' ? write(asked, kind, undefined) : notAllowed('GET, POST')
  }
  if (id === '.search') return only(asked, 'POST', () => search(asked, kind))
  switch (method) {
    case 'GET':
      return read(asked, kind, id)
    case 'PUT':
    case 'PATCH':
    case 'DELETE':
      return write(asked, kind, id)
    default:
      return notAllowed('GET, PUT, PATCH, DELETE')
  }
}

async function list({ ctx, door, request }: Asked, kind: Kind): Promise<ScimAnswer> {
  const asked = readQueryParameters(storable(request.query as Record<string, unknown>))
  return { status: 200, body: await searchResources(ctx, door, { kind, request: asked }) }
}

/** PostgreSQL knows no NUL: a text with one is nobody's. */
function storable(parameters: Record<string, unknown>): Record<string, unknown> {
  const { filter } = parameters
  if (typeof filter === 'string' && /\u0000|\\u0000/.test(filter)) {
    throw badRequest('invalidFilter', 'The filter has a NUL in it.')
  }
  return parameters
}

async function search({ ctx, door, request }: Asked, kind: Kind | undefined): Promise<ScimAnswer> {
  const asked = readSearchRequest(bodyOf(request))
  storable({ filter: asked.filter })
  const found =
    kind === undefined
      ? await searchEverything(ctx, door, asked)
      : await searchResources(ctx, door, { kind, request: asked })
  return { status: 200, body: found }
}

async function read({ ctx, door, request }: Asked, kind: Kind, id: string): Promise<ScimAnswer> {
  const projection = projectionOf(request)
  const found = await readResource(ctx, door, {
    kind,
    id,
    ifNoneMatch: request.headers['if-none-match'],
    withMembers: kind === 'Group' && showsMembers(projection),
  })
  if (found.state === 'notModified') return { status: 304, headers: { etag: found.tag } }
  return shown(kind, { status: 200, resource: found.resource, tag: found.tag }, projection)
}

async function write(
  { ctx, door, request, method, isMe }: Asked,
  kind: Kind,
  id: string | undefined,
): Promise<ScimAnswer> {
  const projection = projectionOf(request)
  const body = method === 'DELETE' ? undefined : bodyOf(request)
  const isPatchOfGroup = kind === 'Group' && method === 'PATCH'
  // RFC 7644 §3.5.2: 204 unless attributes are asked for. A group may have thousands of members to give back.
  const isShown = isPatchOfGroup ? isAsked(projection) && showsMembers(projection) : showsMembers(projection)
  const outcome = await carryOut(ctx, door, {
    method: method as WriteRequest['method'],
    type: kind,
    id,
    body,
    ifMatch: request.headers['if-match'],
    ifNoneMatch: request.headers['if-none-match'],
    isShown,
    path: isMe ? `/Me${queryOf(request)}` : pathOf(request, kind, id),
    ...(isMe && id === undefined ? { onlyAs: door.token.memberId } : {}),
  })
  if (isPatchOfGroup && !isAsked(projection)) return { status: 204, headers: headersOf(outcome) }
  return shown(kind, outcome.status === 204 && method === 'PATCH' ? { ...outcome, status: 200 } : outcome, projection)
}

const pathOf = (request: FastifyRequest, kind: Kind, id: string | undefined): string => {
  return `${typeOf[kind].endpoint}${id === undefined ? '' : `/${id}`}${queryOf(request)}`
}

const queryOf = ({ url }: FastifyRequest): string => {
  const [, query] = url.split('?')
  return query === undefined ? '' : `?${query}`
}

async function bulk({ ctx, door, request }: Asked): Promise<ScimAnswer> {
  return { status: 200, body: await runBulkRequest(ctx, door, bodyOf(request)) }
}

function discover({ door, request, rest }: Asked, endpoint: string): ScimAnswer {
  const [id, ...more] = rest
  if (more.length > 0) return nothingThere()
  const discovery = { baseUrl: door.baseUrl, types: [userType, groupType] }
  if (endpoint === 'ServiceProviderConfig') {
    if (id !== undefined) return nothingThere()
    const limits = { maxResults, maxOperations, maxPayloadSize: maxBodyBytes }
    return { status: 200, body: serviceProviderConfig(door.baseUrl, limits) }
  }
  // RFC 7644 §4: an answer to a filter would be believed.
  if (id === undefined && 'filter' in (request.query as object))
    throw new ScimError(403, 'Filters are not for this endpoint.')
  if (endpoint === 'Schemas')
    return foundOr404(id === undefined ? schemasDocument(discovery) : schemaDocument(discovery, id))
  return foundOr404(id === undefined ? resourceTypesDocument(discovery) : resourceTypeDocument(discovery, id))
}

const foundOr404 = (body: object | undefined): ScimAnswer =>
  body === undefined ? nothingThere() : { status: 200, body }

type Shown = Pick<Outcome, 'status' | 'resource' | 'tag'>

function shown(kind: Kind, outcome: Shown, projection: Projection): ScimAnswer {
  const { status, resource } = outcome
  const headers = headersOf(outcome)
  if (resource === undefined || status === 204) return { status, headers }
  return { status, body: project(typeOf[kind], resource, projection), headers }
}

function headersOf({ status, resource, tag }: Shown): Record<string, string> {
  const meta = resource?.['meta'] as { location: string } | undefined
  return {
    ...(tag === undefined ? {} : { etag: tag }),
    ...(status === 201 && meta !== undefined ? { location: meta.location } : {}),
  }
}

function bodyOf(request: FastifyRequest): JsonObject {
  requireScimContent(request.headers['content-type'])
  return parseBody(textOf(request.body), { maxBytes: maxBodyBytes })
}

function textOf(body: unknown): string {
  if (!Buffer.isBuffer(body)) return ''
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw badRequest('invalidSyntax', 'The body is not UTF-8.')
  }
}

/** RFC 7644 §3.9: on every operation that gives a resource back. */
function projectionOf(request: FastifyRequest): Projection {
  const { attributes, excludedAttributes } = readQueryParameters(request.query as Record<string, unknown>)
  return {
    ...(attributes === undefined ? {} : { attributes: parseAttributeList(attributes) }),
    ...(excludedAttributes === undefined ? {} : { excludedAttributes: parseAttributeList(excludedAttributes) }),
  }
}

const isAsked = ({ attributes, excludedAttributes }: Projection): boolean =>
  attributes !== undefined || excludedAttributes !== undefined
