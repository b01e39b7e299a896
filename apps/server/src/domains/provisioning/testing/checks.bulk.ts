import { both, groupBody, onGroup, onUser } from './checks.subjects.ts'
import { type Check, fresh, type Seed, userBody } from './checks.ts'
import { bulkSchema, enterpriseUserSchemaId, errorSchema, patchSchema } from './client.ts'

const etagged = (
  ifMatch: string,
  run: (seed: Seed, id: string, headers: Record<string, string>) => ReturnType<Seed['scim']['get']>,
) => onUser({}, (seed, id) => run(seed, id, { 'if-match': ifMatch }))

export const versionChecks: readonly Check[] = [
  {
    rfc: '7644 §3.6',
    is: 'DELETE is 204 without a body',
    ask: onUser({}, ({ scim }, id) => scim.remove(`/Users/${id}`)),
    status: 204,
    holds: ({ text }) => text === '',
  },
  {
    rfc: '7644 §3.6',
    is: 'what is deleted is 404',
    ask: onUser({}, async ({ scim }, id) => {
      await scim.remove(`/Users/${id}`)
      return scim.get(`/Users/${id}`)
    }),
    status: 404,
  },
  {
    rfc: '7644 §3.6',
    is: 'and is in no list',
    ask: onUser({ externalId: 'gone' }, async ({ scim }, id) => {
      await scim.remove(`/Users/${id}`)
      return scim.find('Users', 'externalId eq "gone"')
    }),
    status: 200,
    body: { totalResults: 0 },
  },
  {
    rfc: '7644 §3.6',
    is: 'its name is free again, its id is not',
    ask: async ({ scim }) => {
      const name = fresh()
      const { id } = await scim.user(name)
      await scim.remove(`/Users/${id}`)
      return { ...(await scim.post('/Users', userBody(name))), text: id }
    },
    status: 201,
    holds: ({ body, text }) => body.id !== text,
  },
  {
    rfc: '7644 §3.6',
    is: 'deleting twice is 404',
    ask: onUser({}, async ({ scim }, id) => {
      await scim.remove(`/Users/${id}`)
      return scim.remove(`/Users/${id}`)
    }),
    status: 404,
  },
  {
    rfc: '7644 §3.6',
    is: 'a group too',
    ask: onGroup(({ scim }, id) => scim.remove(`/Groups/${id}`), both),
    status: 204,
  },
  {
    rfc: '7644 §3.14',
    is: 'PUT of another version is 412',
    ask: etagged('W/"77"', ({ scim }, id, headers) => scim.put(`/Users/${id}`, userBody(fresh()), { headers })),
    status: 412,
    body: { status: '412' },
  },
  {
    rfc: '7644 §3.14',
    is: 'PATCH of another version is 412',
    ask: etagged('W/"77"', ({ scim }, id, headers) =>
      scim.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'x' }], { headers }),
    ),
    status: 412,
  },
  {
    rfc: '7644 §3.14',
    is: 'DELETE of another version is 412',
    ask: etagged('W/"77"', ({ scim }, id, headers) => scim.remove(`/Users/${id}`, { headers })),
    status: 412,
  },
  {
    rfc: '7644 §3.14',
    is: 'the version that is there',
    ask: etagged('W/"1"', ({ scim }, id, headers) =>
      scim.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'x' }], { headers }),
    ),
    status: 200,
  },
  {
    rfc: '7644 §3.14',
    is: 'any version',
    ask: etagged('*', ({ scim }, id, headers) =>
      scim.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'x' }], { headers }),
    ),
    status: 200,
  },
  {
    rfc: '7644 §3.14',
    is: 'If-None-Match: * refuses what is there',
    ask: onUser({}, ({ scim }, id) => scim.remove(`/Users/${id}`, { headers: { 'if-none-match': '*' } })),
    status: 412,
  },
]

const bulk =
  (operations: (seed: Seed) => unknown[], more: object = {}) =>
  (seed: Seed) =>
    seed.scim.post('/Bulk', { schemas: [bulkSchema], Operations: operations(seed), ...more })
const newUser = (bulkId: string, data: object = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: userBody(fresh(), data),
})
const statuses = ({ body }: { body: { Operations: { status: string }[] } }) =>
  body.Operations.map(({ status }) => status).join()

export const bulkChecks: readonly Check[] = [
  {
    rfc: '7644 §3.7',
    is: 'many at once',
    ask: bulk(() => [newUser('a'), newUser('b')]),
    status: 200,
    body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'] },
    holds: (reply) =>
      statuses(reply) === '201,201' &&
      reply.body.Operations[0].location.includes('/Users/') &&
      reply.body.Operations[0].version !== undefined,
  },
  {
    rfc: '7644 §3.7.2',
    is: 'a group may refer to users of the same request',
    ask: bulk(() => [
      { method: 'POST', path: '/Groups', bulkId: 'g', data: groupBody({ members: [{ value: 'bulkId:u' }] }) },
      newUser('u'),
    ]),
    status: 200,
    holds: (reply) => statuses(reply) === '201,201',
  },
  {
    rfc: '7644 §3.7.1',
    is: 'groups that contain each other',
    ask: bulk(() => [
      { method: 'POST', path: '/Groups', bulkId: 'a', data: groupBody({ members: [{ value: 'bulkId:b' }] }) },
      { method: 'POST', path: '/Groups', bulkId: 'b', data: groupBody({ members: [{ value: 'bulkId:a' }] }) },
    ]),
    status: 200,
    holds: (reply) => statuses(reply) === '201,201',
  },
  {
    rfc: '7644 §3.7.1',
    is: 'managers of each other',
    ask: bulk(() => [
      newUser('a', { [enterpriseUserSchemaId]: { manager: { value: 'bulkId:b' } } }),
      newUser('b', { [enterpriseUserSchemaId]: { manager: { value: 'bulkId:a' } } }),
    ]),
    status: 200,
    holds: (reply) => statuses(reply) === '201,201',
  },
  {
    rfc: '7644 §3.7.3',
    is: 'one failure leaves the others',
    ask: bulk(() => [newUser('a', { userName: 'bob@acme.example' }), newUser('b')]),
    status: 200,
    holds: (reply) => statuses(reply) === '409,201' && reply.body.Operations[0].response.scimType === 'uniqueness',
  },
  {
    rfc: '7644 §3.7.3',
    is: 'until there are too many',
    ask: bulk(() => [newUser('a', { userName: 'bob@acme.example' }), newUser('b'), newUser('c')], { failOnErrors: 1 }),
    status: 200,
    holds: (reply) => statuses(reply) === '409',
  },
  {
    rfc: '7644 §3.7',
    is: 'PUT, PATCH and DELETE',
    ask: async (seed) => {
      const [a, b, c] = [await seed.scim.user(fresh()), await seed.scim.user(fresh()), await seed.scim.user(fresh())]
      return bulk(() => [
        { method: 'PUT', path: `/Users/${a.id}`, data: userBody(fresh()) },
        {
          method: 'PATCH',
          path: `/Users/${b.id}`,
          data: { schemas: [patchSchema], Operations: [{ op: 'add', path: 'title', value: 'x' }] },
        },
        { method: 'DELETE', path: `/Users/${c.id}` },
      ])(seed)
    },
    status: 200,
    holds: (reply) => statuses(reply) === '200,200,204',
  },
  {
    rfc: '7644 §3.7',
    is: 'a version that has gone is 412',
    ask: async (seed) => {
      const { id } = await seed.scim.user(fresh())
      return bulk(() => [{ method: 'DELETE', path: `/Users/${id}`, version: 'W/"9"' }])(seed)
    },
    status: 200,
    holds: (reply) => statuses(reply) === '412',
  },
  {
    rfc: '7644 §3.7.2',
    is: 'a reference to nobody fails alone',
    ask: bulk(() => [
      { method: 'POST', path: '/Groups', bulkId: 'g', data: groupBody({ members: [{ value: 'bulkId:nobody' }] }) },
      newUser('u'),
    ]),
    status: 200,
    holds: (reply) => statuses(reply) === '400,201',
  },
  {
    rfc: '7644 §3.7',
    is: 'a POST needs a bulkId',
    ask: bulk(() => [{ method: 'POST', path: '/Users', data: userBody(fresh()) }]),
    status: 200,
    holds: (reply) => statuses(reply) === '400',
  },
  {
    rfc: '7644 §3.7',
    is: 'no operations are invalidSyntax',
    ask: bulk(() => []),
    status: 400,
    body: { scimType: 'invalidSyntax' },
  },
  {
    rfc: '7644 §3.7.4',
    is: 'too many operations are 413',
    ask: bulk(() => Array.from({ length: 1001 }, (_, i) => ({ method: 'DELETE', path: `/Users/${i}` }))),
    status: 413,
    body: { status: '413' },
  },
  {
    rfc: '7644 §3.7.4',
    is: 'too large a body is 413',
    ask: ({ scim }) => scim.send('POST', '/Bulk', undefined, { raw: `{"a":"${'x'.repeat(1_048_600)}"}` }),
    status: 413,
    body: { schemas: [errorSchema], status: '413' },
  },
]
