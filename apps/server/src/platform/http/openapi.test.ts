import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../testkit/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

type OpenApi = {
  openapi: string
  paths: Record<string, Record<string, { responses: Record<string, unknown>; summary?: string; operationId?: string }>>
  components: { schemas: Record<string, unknown> }
}

const routesOf = (): { method: string; url: string }[] => {
  const found: { method: string; url: string }[] = []
  for (const each of world.clew.house.domains.flatMap(({ routes = [] }) => routes))
    found.push({ method: each.method.toLowerCase(), url: each.path })
  return found
}

test('every route of every room is in the description, with its answers and its errors', async () => {
  const description = (await world.app.inject('/api/openapi.json')).json<OpenApi>()
  expect(description.openapi).toBe('3.1.0')
  const routes = routesOf()
  expect(routes.length).toBeGreaterThan(30)
  for (const { method, url } of routes) {
    const path = `/api/v1${url.replaceAll(/:(\w+)/g, '{$1}')}`
    const operation = description.paths[path]?.[method]
    expect(operation, `${method} ${path}`).toBeDefined()
    expect(operation?.summary, path).toBeTruthy()
    expect(Object.keys(operation?.responses ?? {}), path).toContain('default')
    expect(
      Object.keys(operation?.responses ?? {}).some((status) => status.startsWith('2')),
      path,
    ).toBe(true)
  }
  expect(description.components.schemas).toHaveProperty('Problem')
})

test('every operation has an id of its own, of letters and digits', async () => {
  const { paths } = (await world.app.inject('/api/openapi.json')).json<OpenApi>()
  const ids = Object.entries(paths).flatMap(([path, operations]) =>
    Object.values(operations).map(({ operationId = path }) => operationId),
  )
  expect(ids).toContain('postConversationsByConversationIdMessages')
  expect(ids.filter((id) => !/^[a-z][A-Za-z0-9]+$/.test(id))).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
})

test('every reference of the description leads to something in it', async () => {
  const description = (await world.app.inject('/api/openapi.json')).json<object>()
  const dangling = referencesIn(description).filter((reference) => at(description, reference) === undefined)
  expect(dangling).toEqual([])
})

const referencesIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) =>
        name === '$ref' && typeof inner === 'string' ? [inner] : referencesIn(inner),
      )
    : []

/** As RFC 6901 reads a pointer behind `#`. */
const at = (root: object, reference: string): unknown =>
  reference
    .slice('#/'.length)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], root)

test('an unknown address is a problem with a code', async () => {
  const answer = await world.app.inject({ url: '/api/v1/nothing' })
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([404, 'route.not_found'])
})
