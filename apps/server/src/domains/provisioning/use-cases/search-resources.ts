import {
  badRequest,
  bindQuery,
  groupType,
  type JsonObject,
  type ListResponse,
  listResponse,
  matches,
  type Page,
  type Projection,
  project,
  type Query,
  type QueryRequest,
  type ResourceType,
  ScimError,
  type Sort,
  slicePage,
  sortResources,
  userType,
} from '@clew/scim'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { listGroupsOf, listInGroups } from '../../organisations/index.ts'
import { showsMembers } from '../model.members.ts'
import { isId } from '../model.resource.ts'
import type { Door } from '../model.ts'
import { authorizeToken } from '../policy.ts'
import { listNestedIn, namesOfGroups } from '../repository.groups.ts'
import { comparedWith, looksAt } from '../repository.narrow.ts'
import { countFound, type Kind, listBehind, listFound, orderOf, type Search, searchFor } from '../repository.search.ts'
import { wholeGroups, wholeUsers } from '../whole-resources.ts'

export const typeOf: Readonly<Record<Kind, ResourceType>> = { User: userType, Group: groupType }

export const maxResults = 500
const page = { defaultCount: 100, maxCount: maxResults }

/** What no index answers is looked through up to here; beyond it the filter must say more. */
const maxLookedThrough = 20_000
const atATime = { User: 250, Group: 20 } as const

/** `GET /Users`, `GET /Groups` and their `/.search` (RFC 7644 §3.4.2, §3.4.3). */
export async function searchResources(
  ctx: Ctx,
  door: Door,
  { kind, request }: { kind: Kind; request: QueryRequest },
): Promise<ListResponse> {
  authorizeToken(door, kind, 'read')
  const query = bindQuery(typeOf[kind], request, { page })
  return ctx.transaction(async (tx) => {
    const finding = await begin(tx, door, { kind, query })
    const { resources, totalResults } = await cutOut(tx, finding, query.page)
    return listResponse({
      resources: resources.map((resource) => project(typeOf[kind], resource, query.projection)),
      totalResults,
      startIndex: query.page.startIndex,
    })
  })
}

/** `POST /.search` at the root: over every type that the token is for (RFC 7644 §3.4.2.1). */
export async function searchEverything(ctx: Ctx, door: Door, request: QueryRequest): Promise<ListResponse> {
  const kinds = (['User', 'Group'] as const).filter((kind) =>
    kind === 'User' ? door.token.scope.users : door.token.scope.groups,
  )
  const queries = bindForEach(kinds, request)
  const { page: asked, projection } = bindQuery(userType, withoutChoice(request), { page })
  const sort = queries.find((query) => query.sort !== undefined)?.sort
  return ctx.transaction(async (tx) => {
    const findings: Finding[] = []
    for (const [i, kind] of kinds.entries()) {
      const query = queries[i]
      if (query !== undefined) findings.push(await begin(tx, door, { kind, query }))
    }
    const found =
      sort === undefined
        ? await oneAfterTheOther(tx, findings, asked)
        : await merged(tx, findings, { sort, page: asked })
    return listResponse({
      resources: found.resources.map((resource) => projectAny(resource, projection)),
      totalResults: found.totalResults,
      startIndex: asked.startIndex,
    })
  })
}

/** A type that has no such attribute to sort by comes without an order; where none has it, it is refused. */
function bindForEach(kinds: readonly Kind[], request: QueryRequest): Query[] {
  if (kinds.length === 0) throw new ScimError(403, 'The token is for nothing that could be searched.')
  const options = { page, unknown: 'absent' } as const
  const unsorted = kinds.map((kind) => bindQuery(typeOf[kind], withoutOrder(request), options))
  if (request.sortBy === undefined) return unsorted
  const sorted = kinds.map((kind) => sortedQuery(kind, request))
  const refused = sorted.find((each) => each instanceof ScimError)
  if (refused instanceof ScimError && sorted.every((each) => each instanceof ScimError)) throw refused
  return unsorted.map((query, i) => {
    const each = sorted[i]
    return each === undefined || each instanceof ScimError ? query : each
  })
}

function sortedQuery(kind: Kind, request: QueryRequest): Query | ScimError {
  try {
    return bindQuery(typeOf[kind], request, { page, unknown: 'absent' })
  } catch (error) {
    if (error instanceof ScimError) return error
    throw error
  }
}

const withoutOrder = (request: QueryRequest): QueryRequest => without(request, ['sortBy', 'sortOrder'])
const withoutChoice = (request: QueryRequest): QueryRequest => without(request, ['filter', 'sortBy', 'sortOrder'])
const without = (request: QueryRequest, names: readonly string[]): QueryRequest =>
  Object.fromEntries(Object.entries(request).filter(([name]) => !names.includes(name)))

const projectAny = (resource: JsonObject, projection: Projection): JsonObject => {
  const meta = resource['meta'] as { resourceType: Kind }
  return project(typeOf[meta.resourceType], resource, projection)
}

type Finding = { door: Door; kind: Kind; query: Query; search: Search; candidates: number; withMembers: boolean }
type Found = { resources: readonly JsonObject[]; totalResults: number }

async function begin(tx: TxCtx, door: Door, { kind, query }: { kind: Kind; query: Query }): Promise<Finding> {
  const { filter } = query
  const connectionId = door.connection.id
  const belonging = await whoBelongs(tx, door, { kind, query })
  const search = searchFor(kind, { connectionId, filter, belonging })
  const candidates = await countFound(tx, kind, search)
  return { door, kind, query, search, candidates, withMembers: kind === 'Group' && showsMembers(query.projection) }
}

async function whoBelongs(
  tx: TxCtx,
  { connection }: Door,
  { kind, query }: { kind: Kind; query: Query },
): Promise<ReadonlyMap<string, readonly string[]>> {
  const field = kind === 'User' ? 'groups.value' : 'members.value'
  const asked = new Set(comparedWith(query.filter, field).filter(isId))
  const rows = new Map<string, readonly string[]>()
  for (const id of asked) {
    if (kind === 'Group') {
      const direct = await listGroupsOf(tx, [id])
      rows.set(id, [...direct.map(({ groupId }) => groupId), ...(await listNestedIn(tx, id))])
    } else if ((await namesOfGroups(tx, connection.id, [id])).size > 0) {
      rows.set(
        id,
        (await listInGroups(tx, [id])).map(({ memberId }) => memberId),
      )
    }
  }
  return rows
}

/** A page, straight from the database where it understands all that was asked, or else looked through by us. */
async function cutOut(tx: TxCtx, finding: Finding, { startIndex, count }: Page): Promise<Found> {
  const { kind, query, search, candidates } = finding
  const order = orderOf(kind, query.sort)
  if (!search.isExact || order === undefined) {
    const all = await lookThrough(tx, finding, query.sort === undefined ? { startIndex, count } : undefined)
    if (query.sort === undefined) return all
    const sorted = sortResources(all.resources, query.sort)
    return { resources: slicePage(sorted, { startIndex, count }), totalResults: all.totalResults }
  }
  if (count === 0 || startIndex > candidates) return { resources: [], totalResults: candidates }
  const rows = await listFound(tx, kind, { search, order, offset: startIndex - 1, limit: count })
  const members = finding.withMembers ? 'fitting' : 'none'
  return { resources: await whole(tx, { ...finding, members }, rows), totalResults: candidates }
}

/** Everything that may match, in parts; keeps what matches, of a page only what lies on it. */
async function lookThrough(tx: TxCtx, finding: Finding, only: Page | undefined): Promise<Found> {
  const { query, candidates } = finding
  if (candidates > maxLookedThrough) {
    throw badRequest('tooMany', 'The filter or the order needs too many resources to be looked through.')
  }
  const resources: JsonObject[] = []
  let totalResults = 0
  for await (const resource of stream(tx, finding)) {
    if (query.filter !== undefined && !matches(query.filter, resource)) continue
    totalResults += 1
    if (only === undefined || isOn(only, totalResults)) resources.push(resource)
  }
  return { resources, totalResults }
}

async function* stream(tx: TxCtx, finding: Finding): AsyncGenerator<JsonObject> {
  const { kind, query, search } = finding
  const needsMembers =
    finding.withMembers || looksAt(query.filter, 'members') || query.sort?.field.path[0] === 'members'
  const limit = needsMembers ? atATime.Group : atATime.User
  for (let after = firstId; ; ) {
    const rows = await listBehind(tx, kind, { search, after, limit })
    const last = rows.at(-1)
    if (last === undefined) return
    yield* await whole(tx, { ...finding, members: needsMembers ? 'all' : 'none' }, rows)
    after = last.id
  }
}

const firstId = '00000000-0000-0000-0000-000000000000'

const isOn = ({ startIndex, count }: Page, place: number): boolean => place >= startIndex && place < startIndex + count

function whole(
  tx: TxCtx,
  { door, kind, members }: Pick<Finding, 'door' | 'kind'> & { members: 'none' | 'all' | 'fitting' },
  rows: readonly unknown[],
): Promise<JsonObject[]> {
  return kind === 'User'
    ? wholeUsers(tx, door, rows as Parameters<typeof wholeUsers>[2])
    : wholeGroups(tx, door, { rows: rows as Parameters<typeof wholeGroups>[2]['rows'], members })
}

/** The page goes on from the end of one type to the beginning of the next. */
async function oneAfterTheOther(tx: TxCtx, findings: readonly Finding[], asked: Page): Promise<Found> {
  const resources: JsonObject[] = []
  let totalResults = 0
  for (const finding of findings) {
    const startIndex = Math.max(1, asked.startIndex - totalResults)
    const isReached = asked.startIndex + asked.count > totalResults + 1
    const count = isReached ? asked.count - resources.length : 0
    const found = await cutOut(tx, finding, { startIndex, count })
    resources.push(...found.resources)
    totalResults += found.totalResults
  }
  return { resources, totalResults }
}

async function merged(
  tx: TxCtx,
  findings: readonly Finding[],
  { sort, page: asked }: { sort: Sort; page: Page },
): Promise<Found> {
  const all: JsonObject[] = []
  for (const finding of findings) all.push(...(await lookThrough(tx, finding, undefined)).resources)
  return { resources: slicePage(sortResources(all, sort), asked), totalResults: all.length }
}
