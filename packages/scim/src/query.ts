import { badRequest } from './errors.ts'
import { matches } from './filter/matches.ts'
import { parseFilter } from './filter/parse.ts'
import { type Predicate, toPredicate } from './filter/predicate.ts'
import type { FilterLimits } from './filter/reader.ts'
import { byFoldedName, isList, type Json, type JsonObject } from './json.ts'
import { type Page, type PageLimits, parsePage, slicePage } from './list.ts'
import { requireMessageSchema } from './patch/request.ts'
import { type Projection, parseAttributeList } from './projection.ts'
import type { ResourceType } from './schema/attribute.ts'
import { parseSort, type Sort, sortResources } from './sort.ts'

export const searchSchema = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'

/** What was asked, before it is known of which resource type. */
export type QueryRequest = {
  readonly filter?: string
  readonly sortBy?: string
  readonly sortOrder?: string
  readonly startIndex?: string | number
  readonly count?: string | number
  readonly attributes?: string | readonly string[]
  readonly excludedAttributes?: string | readonly string[]
}

export type Query = {
  readonly filter?: Predicate
  readonly sort?: Sort
  readonly page: Page
  readonly projection: Projection
}

export type QueryOptions = {
  /** `absent` for a search over several resource types (RFC 7644 §3.4.2.1). */
  readonly unknown?: 'refuse' | 'absent'
  readonly page?: PageLimits
  readonly filter?: FilterLimits
}

const texts = ['filter', 'sortBy', 'sortOrder'] as const
const numbers = ['startIndex', 'count'] as const
const lists = ['attributes', 'excludedAttributes'] as const

/** The parameters of an address (RFC 7644 §3.4.2). Others are none of ours. */
export function readQueryParameters(parameters: { readonly [name: string]: unknown }): QueryRequest {
  const request: Record<string, string> = {}
  for (const name of [...texts, ...numbers, ...lists]) {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (value === undefined || value === '') continue
    if (typeof value !== 'string') throw badRequest('invalidValue', `${name} is given more than once.`)
    request[name] = value
  }
  return request
}

/** The body of a POST to `/.search` (RFC 7644 §3.4.3). Throws `invalidSyntax` without its schema, `invalidValue` for types. */
export function readSearchRequest(body: JsonObject): QueryRequest {
  const sent = byFoldedName(body)
  requireMessageSchema(sent.get('schemas'), searchSchema)
  const request: Record<string, string | number | readonly string[]> = {}
  const take = (name: string, isFit: (value: Json) => boolean) => {
    const value = sent.get(name.toLowerCase()) ?? null
    if (value === null) return
    if (!isFit(value)) throw badRequest('invalidValue', `${name} is of another type.`)
    if (isList(value)) request[name] = value.filter((item) => typeof item === 'string')
    else if (typeof value === 'string' || typeof value === 'number') request[name] = value
  }
  for (const name of texts) take(name, (value) => typeof value === 'string')
  for (const name of numbers) take(name, (value) => Number.isInteger(value))
  for (const name of lists) take(name, (value) => isList(value) && value.every((item) => typeof item === 'string'))
  return request
}

/** Binds a query to a resource type. Throws `invalidFilter` and `invalidValue`. */
export function bindQuery(type: ResourceType, request: QueryRequest, options: QueryOptions = {}): Query {
  const { filter, sortBy, sortOrder, attributes, excludedAttributes } = request
  return {
    ...(filter === undefined
      ? {}
      : { filter: toPredicate(parseFilter(filter, options.filter), type, { unknown: options.unknown ?? 'refuse' }) }),
    ...(sortBy === undefined ? {} : { sort: parseSort(type, sortBy, sortOrder) }),
    page: parsePage(request, options.page),
    projection: {
      ...(attributes === undefined ? {} : { attributes: parseAttributeList(attributes) }),
      ...(excludedAttributes === undefined ? {} : { excludedAttributes: parseAttributeList(excludedAttributes) }),
    },
  }
}

/** What a repository does in SQL, done on a list: filter, sort, cut out the page. */
export function selectResources(
  resources: readonly JsonObject[],
  { filter, sort, page }: Query,
): { readonly resources: readonly JsonObject[]; readonly totalResults: number } {
  const found = filter === undefined ? resources : resources.filter((resource) => matches(filter, resource))
  const sorted = sort === undefined ? found : sortResources(found, sort)
  return { resources: slicePage(sorted, page), totalResults: found.length }
}
