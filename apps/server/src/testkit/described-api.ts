import type { FastifyInstance, InjectOptions } from 'fastify'

/** A schema of the description: so much of JSON Schema as the contract comes to. */
export type Described = {
  $ref?: string
  type?: string
  enum?: readonly unknown[]
  const?: unknown
  default?: unknown
  anyOf?: readonly Described[]
  oneOf?: readonly Described[]
  allOf?: readonly Described[]
  properties?: Record<string, Described>
  required?: readonly string[]
  items?: Described
  format?: string
  pattern?: string
  minimum?: number
  exclusiveMinimum?: number
  minLength?: number
  minItems?: number
}

type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Described }

type Operation = {
  parameters?: readonly Parameter[]
  requestBody?: { content: Record<string, { schema: Described } | undefined> }
  security?: readonly Record<string, unknown>[]
  responses?: Record<string, { content?: Record<string, unknown> }>
}

/** One route as `/api/openapi.json` describes it. */
export type DescribedRoute = {
  name: string
  method: NonNullable<InjectOptions['method']>
  path: string
  /** Who it says may call it: `team`, `member`, `contact`, `key`. Nobody in particular for a public one. */
  doors: readonly string[]
  parameters: readonly Parameter[]
  body: Described | undefined
  /** Its answer does not end by itself. */
  isStream: boolean
}

/** What stands for a value in a request: chosen by the name of the field; `undefined` leaves it to the schema. */
export type Hint = (field: string, schema: Described) => unknown

export type DescribedApi = Awaited<ReturnType<typeof describedApi>>

/** The API as its own description tells it, and requests that fit it: what tests of every route go through. */
export async function describedApi(app: FastifyInstance) {
  const description = (await app.inject('/api/openapi.json')).json<{
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, Described> }
  }>()
  const routes = Object.entries(description.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => routeOf(path, method, operation)),
  )
  const schemaOf = (schema: Described): Described => {
    const named = schema.$ref?.split('/').at(-1)
    return named === undefined ? schema : (description.components.schemas[named] ?? {})
  }
  return {
    routes,
    /** The smallest value that fits; what is optional is left out unless the hint has something for it. */
    sample: (schema: Described, hint: Hint = () => undefined, field = ''): unknown =>
      sampleOf({ schemaOf, hint, schema, field }),
  }
}

function routeOf(path: string, method: string, operation: Operation): DescribedRoute {
  const own = path.replace('/api/v1', '').replaceAll(/\{(\w+)\}/g, ':$1')
  const upper = method.toUpperCase() as DescribedRoute['method']
  return {
    name: `${upper} ${own}`,
    method: upper,
    path,
    doors: (operation.security ?? []).flatMap((each) => Object.keys(each)),
    parameters: operation.parameters ?? [],
    body: operation.requestBody?.content['application/json']?.schema,
    isStream: Object.values(operation.responses ?? {}).some(({ content }) => content?.['text/event-stream']),
  }
}

type Sampling = { schemaOf(schema: Described): Described; hint: Hint; schema: Described; field: string }

function sampleOf(sampling: Sampling): unknown {
  const schema = sampling.schemaOf(sampling.schema)
  const hinted = sampling.hint(sampling.field, schema)
  if (hinted !== undefined) return hinted
  const inner = (next: Described) => sampleOf({ ...sampling, schema: next })
  const said = [schema.const, schema.enum?.[0], schema.default].find((value) => value !== undefined)
  if (said !== undefined) return said
  const [either] = schema.anyOf ?? schema.oneOf ?? []
  if (either) return inner(either)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((each) => inner(each))) as object
  return ofType[schema.type ?? '']?.(schema, sampling) ?? null
}

const number = ({ minimum = 0, exclusiveMinimum = -1 }: Described) => Math.max(minimum, exclusiveMinimum + 1)

const ofType: Readonly<Record<string, ((schema: Described, sampling: Sampling) => unknown) | undefined>> = {
  object: objectOf,
  array: ({ minItems = 0, items = {} }, sampling) =>
    Array.from({ length: minItems }, () => sampleOf({ ...sampling, schema: items })),
  string: textOf,
  integer: number,
  number,
  boolean: () => false,
}

function objectOf(schema: Described, sampling: Sampling): object {
  const made: Record<string, unknown> = {}
  for (const [field, inner] of Object.entries(schema.properties ?? {})) {
    const isWanted = (schema.required ?? []).includes(field) || sampling.hint(field, inner) !== undefined
    if (isWanted) made[field] = sampleOf({ ...sampling, schema: inner, field })
  }
  return made
}

/** Between them they fit every pattern that the contract has; one that they do not fit shows as a refused request. */
const texts = [
  '00000000-0000-4000-8000-000000000001',
  'somebody@company.example',
  '2026-11-24T08:00:00Z',
  '2026-11-24',
  '08:00',
  '#336699',
  'x',
  'abc',
  'abc.example',
  '7',
  '1-1-1',
  'a'.repeat(32),
  'a'.repeat(43),
  'a'.repeat(16),
]

function textOf({ pattern, format, minLength = 1 }: Described): string {
  const long = 'x'.repeat(minLength)
  if (format === 'uri') return 'https://company.example/x'
  if (pattern === undefined) return long
  const wanted = new RegExp(pattern, 'u')
  return [...texts, long].find((text) => text.length >= minLength && wanted.test(text)) ?? long
}

/** A request that fits the description of a route. */
export function requestFor(api: DescribedApi, route: DescribedRoute, hint: Hint = () => undefined): InjectOptions {
  const of = (place: Parameter['in']): [string, string][] =>
    route.parameters
      .filter((each) => each.in === place && (each.required || hint(each.name, each.schema) !== undefined))
      .map(({ name, schema }) => [name, textual(api.sample(schema, hint, name))])
  const paths = new Map(of('path'))
  const query = new URLSearchParams(of('query')).toString()
  const url = route.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(paths.get(name) ?? 'x'))
  return {
    method: route.method,
    url: query ? `${url}?${query}` : url,
    headers: Object.fromEntries(of('header')),
    ...(route.body ? { payload: api.sample(route.body, hint) as object } : {}),
  }
}

const textual = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
