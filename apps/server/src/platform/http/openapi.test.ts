import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../testkit/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

type OpenApi = {
  openapi: string
  paths: Record<string, Record<string, { responses: Record<string, unknown>; summary?: string }>>
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

test('an unknown address is a problem with a code', async () => {
  const answer = await world.app.inject({ url: '/api/v1/nothing' })
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([404, 'route.not_found'])
})
