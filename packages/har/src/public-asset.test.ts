import { expect, test } from 'vitest'
import { isPublicAsset } from './public-asset.ts'
import type { JsonObject } from './types.ts'

const IMMUTABLE = { 'Cache-Control': 'public, max-age=31536000, immutable' }

function entry(
  response: Record<string, string>,
  request: JsonObject = {},
  sent: Record<string, string> = {},
): JsonObject {
  const listOf = (values: Record<string, string>): JsonObject[] =>
    Object.entries(values).map(([name, value]) => ({ name, value }))
  return {
    request: { method: 'GET', url: 'https://cdn.northlight.example/main.js', headers: listOf(sent), ...request },
    response: { status: 200, headers: listOf(response) },
  }
}

test('a bundle that any cache may keep for a year is public', () => {
  expect(isPublicAsset(entry(IMMUTABLE))).toBe(true)
})

test.each<[string, JsonObject]>([
  ['without a policy', entry({})],
  ['kept for an hour', entry({ 'cache-control': 'public, max-age=3600' })],
  ['private', entry({ 'cache-control': 'private, max-age=31536000' })],
  ['checked each time', entry({ 'cache-control': 'public, no-cache, max-age=31536000' })],
  ['with a cookie set', entry({ ...IMMUTABLE, 'set-cookie': 'a=b' })],
  ['that differs by cookie', entry({ ...IMMUTABLE, vary: 'Accept-Encoding, Cookie' })],
  ['that differs by anything', entry({ ...IMMUTABLE, vary: '*' })],
  ['asked for with a credential', entry(IMMUTABLE, {}, { Authorization: 'Bearer x' })],
  ['asked for with parameters', entry(IMMUTABLE, { url: 'https://cdn.northlight.example/main.js?user=1' })],
  ['posted to', entry(IMMUTABLE, { method: 'POST' })],
  ['without a request', { response: {} }],
  [
    'with damaged headers',
    { request: { method: 'GET', url: 'x', headers: 7 }, response: { status: 200, headers: [null, 3] } },
  ],
])('a script %s is not', (_, given) => {
  expect(isPublicAsset(given)).toBe(false)
})
