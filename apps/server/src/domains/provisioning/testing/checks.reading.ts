import { type Check, type Seed } from './checks.ts'
import { enterpriseUserSchemaId, userSchemaId } from './client.ts'

const get =
  (url: string, headers: Record<string, string> = {}) =>
  (seed: Seed) =>
    seed.scim.get(url, headers)
const ada = 'Ada@acme.example'

/** RFC 7644 §3.4.1, §3.9, §3.14. */
export const readingChecks: readonly Check[] = [
  {
    rfc: '7644 §3.4.1',
    is: 'a user by its id',
    ask: ({ scim, ada: { id } }) => scim.get(`/Users/${id}`),
    status: 200,
    body: { userName: ada, externalId: 'E-701984' },
  },
  {
    rfc: '7643 §3.1',
    is: 'values are given back as they were sent',
    ask: ({ scim, ada: { id } }) => scim.get(`/Users/${id}`),
    status: 200,
    body: {
      emails: [
        { value: ada, type: 'work', primary: true },
        { value: 'ada@home.example', type: 'home' },
      ],
      locale: 'el-GR',
      [enterpriseUserSchemaId]: { employeeNumber: '701984', costCenter: '4130' },
    },
  },
  {
    rfc: '7643 §3.1',
    is: 'meta tells type, times, place and version',
    ask: ({ scim, ada: { id } }) => scim.get(`/Users/${id}`),
    status: 200,
    holds: ({ body: { meta } }, seed) =>
      meta.resourceType === 'User' &&
      meta.location === seed.ada.meta.location &&
      Date.parse(meta.created) > 0 &&
      Date.parse(meta.lastModified) > 0 &&
      meta.version.startsWith('W/"'),
  },
  {
    rfc: '7644 §3.14',
    is: 'the tag is in the header too',
    ask: ({ scim, ada: { id } }) => scim.get(`/Users/${id}`),
    status: 200,
    holds: ({ headers, body }) => headers['etag'] === body.meta.version,
  },
  {
    rfc: '7643 §3',
    is: 'schemas names what is used',
    ask: ({ scim, ada: { id } }) => scim.get(`/Users/${id}`),
    status: 200,
    body: { schemas: [userSchemaId, enterpriseUserSchemaId] },
  },
  {
    rfc: '7643 §4.1.2',
    is: 'a user knows its groups',
    ask: ({ scim, ada: { id } }) => scim.get(`/Users/${id}`),
    status: 200,
    holds: ({ body }, { maths }) =>
      body.groups.length === 1 && body.groups[0].value === maths.id && body.groups[0].display === 'Maths',
  },
  {
    rfc: '7643 §4.2',
    is: 'a group knows its members',
    ask: ({ scim, maths: { id } }) => scim.get(`/Groups/${id}`),
    status: 200,
    holds: ({ body }, seed) =>
      body.members.length === 2 &&
      body.members.every((m: { $ref: string; type: string }) => m.type === 'User' && m.$ref.includes('/Users/')) &&
      body.members.some((m: { value: string }) => m.value === seed.ada.id),
  },
  {
    rfc: '7643 §2.5',
    is: 'a group of nobody has no members attribute',
    ask: ({ scim, logic: { id } }) => scim.get(`/Groups/${id}`),
    status: 200,
    holds: ({ body }) => !('members' in body),
  },
  {
    rfc: '7644 §3.12',
    is: 'an unknown id is 404',
    ask: get('/Users/01a20c91-a000-7000-8000-000000000000'),
    status: 404,
    body: { status: '404' },
  },
  {
    rfc: '7644 §3.12',
    is: 'a group is no user',
    ask: ({ scim, maths: { id } }) => scim.get(`/Users/${id}`),
    status: 404,
  },
  {
    rfc: '7644 §3.9',
    is: 'only what is asked for, and the id',
    ask: ({ scim, ada: { id } }) => scim.get(`/Users/${id}?attributes=userName`),
    status: 200,
    holds: ({ body }) => Object.keys(body).toSorted().join() === 'id,schemas,userName',
  },
  {
    rfc: '7644 §3.9',
    is: 'a sub-attribute alone',
    ask: ({ scim, ada: { id } }) => scim.get(`/Users/${id}?attributes=name.givenName`),
    status: 200,
    holds: ({ body }) => JSON.stringify(body.name) === '{"givenName":"Ada"}',
  },
  {
    rfc: '7644 §3.9',
    is: 'names count in any case and by URN',
    ask: ({ scim, ada: { id } }) => scim.get(`/Users/${id}?attributes=${enterpriseUserSchemaId}:DEPARTMENT`),
    status: 200,
    body: { [enterpriseUserSchemaId]: { department: 'Maths' } },
  },
  {
    rfc: '7644 §3.9',
    is: 'all but what is excluded',
    ask: ({ scim, maths: { id } }) => scim.get(`/Groups/${id}?excludedAttributes=members`),
    status: 200,
    holds: ({ body }) => !('members' in body) && body.displayName === 'Maths',
  },
  {
    rfc: '7643 §7',
    is: 'the id is always returned',
    ask: ({ scim, ada: { id } }) => scim.get(`/Users/${id}?excludedAttributes=id,userName`),
    status: 200,
    holds: ({ body }, seed) => body.id === seed.ada.id && !('userName' in body),
  },
  {
    rfc: '7644 §3.14',
    is: 'what is known is not sent again',
    ask: async ({ scim, ada: { id } }) =>
      scim.get(`/Users/${id}`, { 'if-none-match': (await scim.get(`/Users/${id}`)).body.meta.version }),
    status: 304,
    holds: ({ text }) => text === '',
  },
  {
    rfc: '7644 §3.14',
    is: 'another version is sent',
    ask: ({ scim, maths: { id } }) => scim.get(`/Groups/${id}`, { 'if-none-match': 'W/"77"' }),
    status: 200,
  },
  {
    rfc: '7644 §3.14',
    is: 'a condition that is none is refused',
    ask: ({ scim, maths: { id } }) => scim.get(`/Groups/${id}`, { 'if-none-match': 'nonsense' }),
    status: 400,
  },
  {
    rfc: '9110 §9.3.2',
    is: 'HEAD answers as GET, without a body',
    ask: ({ scim, ada: { id } }) => scim.send('HEAD', `/Users/${id}`),
    status: 200,
    holds: ({ text, headers }) => text === '' && headers['etag'] !== undefined,
  },
]
