import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../testkit/world.ts'
import { isPrivate } from './operations.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['::ffff:10.1.2.3', true],
  ['192.168.1.5', true],
  ['172.32.0.1', false],
  ['203.0.113.9', false],
  ['2001:db8::1', false],
])('%s is private: %s', (address, expected) => expect(isPrivate(address)).toBe(expected))

test('the process says that it lives and that it is ready', async () => {
  expect((await world.app.inject('/health/live')).json()).toEqual({ status: 'live' })
  expect((await world.app.inject('/health/ready')).json()).toEqual({ status: 'ready' })
})

test('metrics tell of requests, streams, connections and how far each subscriber is, and of nobody', async () => {
  await world.contact()
  const { body } = await world.app.inject('/metrics')
  for (const name of [
    'clew_http_request_duration_seconds_count',
    'clew_realtime_streams 0',
    'clew_database_connections',
    'clew_dispatch_behind{subscriber="assistant"}',
  ]) {
    expect(body).toContain(name)
  }
  expect(body).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7/)
})

test('metrics are not for strangers', async () => {
  expect((await world.app.inject({ url: '/metrics', remoteAddress: '203.0.113.9' })).statusCode).toBe(404)
})
