import { describe, expect, test } from 'vitest'
import {
  type BulkOutcome,
  bulkRequestSchema,
  type Json,
  type JsonObject,
  parseBulk,
  planBulk,
  type ReadyOperation,
  runBulk,
  ScimError,
} from './index.ts'
import { groupType } from './schema/group.ts'
import { userType } from './schema/user.ts'
import { refusalOf } from './testing/samples.ts'

const types = [userType, groupType]
const read = (Operations: readonly Json[], more: JsonObject = {}) =>
  parseBulk({ schemas: [bulkRequestSchema], Operations, ...more }, { types })

const user = (bulkId: string, data: JsonObject = {}) => ({ method: 'POST', path: '/Users', bulkId, data })
const group = (bulkId: string, ...members: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName: bulkId, members: members.map((value) => ({ type: 'User', value })) },
})

/** Remembers what was carried out, and gives the ids id-0, id-1, … */
function recorder(fails: (operation: ReadyOperation) => boolean = () => false) {
  const done: ReadyOperation[] = []
  const execute = (operation: ReadyOperation): Promise<BulkOutcome> => {
    if (fails(operation)) return Promise.reject(new ScimError(409, 'Taken.', { scimType: 'uniqueness' }))
    done.push(operation)
    const id = operation.id ?? `id-${done.length - 1}`
    const status = operation.method === 'POST' ? 201 : operation.method === 'DELETE' ? 204 : 200
    return Promise.resolve({ status, id, version: 'W/"1"' })
  }
  return { done, runner: { baseUrl: 'https://s.example/scim/v2', execute } }
}

const statuses = (response: JsonObject) => {
  const operations = response['Operations']
  return Array.isArray(operations) ? operations.map(({ bulkId, status }) => `${bulkId ?? '-'} ${status}`) : []
}

describe('bulk (RFC 7644 §3.7)', () => {
  test('carries out each method and answers in the order that was sent', async () => {
    const { done, runner } = recorder()
    const request = read([
      user('a', { userName: 'a' }),
      { method: 'put', path: '/Users/u1', version: 'W/"3"', data: { userName: 'b' } },
      { method: 'PATCH', path: '/users/u2', data: { Operations: [] } },
      { method: 'DELETE', path: '/Groups/g%201' },
    ])
    expect(await runBulk(request, runner)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
      Operations: [
        {
          method: 'POST',
          bulkId: 'a',
          version: 'W/"1"',
          location: 'https://s.example/scim/v2/Users/id-0',
          status: '201',
        },
        { method: 'PUT', version: 'W/"1"', location: 'https://s.example/scim/v2/Users/u1', status: '200' },
        { method: 'PATCH', version: 'W/"1"', location: 'https://s.example/scim/v2/Users/u2', status: '200' },
        { method: 'DELETE', version: 'W/"1"', location: 'https://s.example/scim/v2/Groups/g%201', status: '204' },
      ],
    })
    expect(done[1]).toMatchObject({ method: 'PUT', id: 'u1', version: 'W/"3"' })
    expect(done[3]).toMatchObject({ type: groupType, id: 'g 1' })
  })

  test('a resource is created before it is referred to', async () => {
    const { done, runner } = recorder()
    const request = read([group('team', 'bulkId:ada'), user('ada')])
    expect(planBulk(request).map(({ index }) => index)).toEqual([1, 0])
    expect(statuses(await runBulk(request, runner))).toEqual(['team 201', 'ada 201'])
    expect(done[1]?.data?.['members']).toEqual([{ type: 'User', value: 'id-0' }])
  })

  test('a reference may stand in the path and in a PATCH', async () => {
    const { done, runner } = recorder()
    const data = { Operations: [{ op: 'add', path: 'members', value: [{ value: 'bulkId:ada' }] }] }
    await runBulk(read([{ method: 'PATCH', path: '/Groups/bulkId:team', data }, group('team'), user('ada')]), runner)
    expect(done.map(({ method }) => method)).toEqual(['POST', 'POST', 'PATCH'])
    expect(done[2]).toMatchObject({ id: 'id-0', data: { Operations: [{ value: [{ value: 'id-1' }] }] } })
  })

  test('groups that contain each other are created, then completed', async () => {
    const { done, runner } = recorder()
    const request = read([group('a', 'bulkId:b', 'u1'), group('b', 'bulkId:a')])
    expect(planBulk(request)).toEqual([
      { kind: 'run', index: 1, withheld: ['a'] },
      { kind: 'run', index: 0, withheld: [] },
      { kind: 'complete', index: 1 },
    ])
    expect(statuses(await runBulk(request, runner))).toEqual(['a 201', 'b 201'])
    expect(done.map(({ method, id, data }) => [method, id, data?.['members']])).toEqual([
      ['POST', undefined, []],
      [
        'POST',
        undefined,
        [
          { type: 'User', value: 'id-0' },
          { type: 'User', value: 'u1' },
        ],
      ],
      ['PUT', 'id-0', [{ type: 'User', value: 'id-1' }]],
    ])
  })

  test('a group that contains itself is such a circle', async () => {
    const { done, runner } = recorder()
    expect(statuses(await runBulk(read([group('a', 'bulkId:a')]), runner))).toEqual(['a 201'])
    expect(done.at(-1)).toMatchObject({ method: 'PUT', data: { members: [{ value: 'id-0' }] } })
  })

  test('who refers to what was not created fails too, and nobody else', async () => {
    const { runner } = recorder(({ data }) => data?.['userName'] === 'taken')
    const request = read([group('team', 'bulkId:ada'), user('ada', { userName: 'taken' }), user('bob')])
    const response = await runBulk(request, runner)
    expect(statuses(response)).toEqual(['team 409', 'ada 409', 'bob 201'])
    expect(response).toMatchObject({ Operations: [{}, { response: { status: '409', scimType: 'uniqueness' } }, {}] })
    expect(JSON.stringify(response)).not.toContain('taken"')
  })

  test('after failOnErrors failures nothing more is begun', async () => {
    const { done, runner } = recorder(({ data }) => data?.['userName'] === 'taken')
    const taken = { userName: 'taken' }
    const operations = [user('a', taken), user('b'), user('c', taken), user('d')]
    expect(statuses(await runBulk(read(operations, { failOnErrors: 2 }), runner))).toEqual(['a 409', 'b 201', 'c 409'])
    expect(done).toHaveLength(1)
  })

  test('what the service itself breaks is thrown', async () => {
    const execute = () => Promise.reject(new Error('disk'))
    await expect(runBulk(read([user('a')]), { baseUrl: '', execute })).rejects.toThrow('disk')
  })

  test.each<[string, Json, string]>([
    ['an unknown method', { method: 'GET', path: '/Users/u1' }, 'invalidSyntax'],
    ['no object', 5, 'invalidSyntax'],
    ['an unknown endpoint', { method: 'DELETE', path: '/Devices/1' }, 'invalidPath'],
    ['a path that goes on', { method: 'DELETE', path: '/Users/1/2' }, 'invalidPath'],
    ['a path elsewhere', { method: 'DELETE', path: 'https://other.example/Users/1' }, 'invalidPath'],
    ['a path of wrong escapes', { method: 'DELETE', path: '/Users/%zz' }, 'invalidPath'],
    ['a POST with an id', { method: 'POST', path: '/Users/1', bulkId: 'x', data: {} }, 'invalidPath'],
    ['a POST without bulkId', { method: 'POST', path: '/Users', data: {} }, 'invalidValue'],
    ['a PUT without id', { method: 'PUT', path: '/Users', data: {} }, 'invalidPath'],
    ['a PATCH without data', { method: 'PATCH', path: '/Users/1' }, 'invalidValue'],
    ['a bulkId that is used twice', user('first'), 'invalidValue'],
    ['a reference to nobody', group('g', 'bulkId:nobody'), 'invalidValue'],
  ])('one operation fails alone: %s', async (_name, operation, scimType) => {
    const { runner } = recorder()
    const response = await runBulk(read([user('first'), operation]), runner)
    expect(response).toMatchObject({
      Operations: [{ status: '201' }, { status: '400', response: { scimType, status: '400' } }],
    })
  })

  test.each<[string, JsonObject, number]>([
    ['another schema', { schemas: ['urn:x'], Operations: [user('a')] }, 400],
    ['no operations', { schemas: [bulkRequestSchema], Operations: [] }, 400],
    ['failOnErrors of nothing', { schemas: [bulkRequestSchema], Operations: [user('a')], failOnErrors: 0 }, 400],
    ['too many', { schemas: [bulkRequestSchema], Operations: Array.from({ length: 1_001 }, () => user('a')) }, 413],
  ])('the whole is refused: %s', (_name, body, status) => {
    expect(refusalOf(() => parseBulk(body, { types }))).toMatchObject({ status })
  })

  test('a chain as long as is allowed, sent backwards, is put in order', () => {
    const request = read(Array.from({ length: 1_000 }, (_, i) => group(`g${i}`, `bulkId:g${i + 1}`)))
    expect(planBulk(request).map(({ index }) => index)).toEqual(Array.from({ length: 1_000 }, (_, i) => 999 - i))
  })
})
