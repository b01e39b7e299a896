import { both, groupBody, hasMembers, onGroup, onUser } from './checks.subjects.ts'
import { type Check, fresh, type Seed, userBody } from './checks.ts'
import { enterpriseUserSchemaId, errorSchema, groupSchemaId, memberIds, userSchemaId } from './client.ts'

const create =
  (rest: object = {}) =>
  (seed: Seed) =>
    seed.scim.post('/Users', userBody(fresh(), rest))

const creating: Check[] = [
  {
    rfc: '7644 §3.3',
    is: 'a new user is 201',
    ask: create(),
    status: 201,
    body: { schemas: [userSchemaId], active: true },
  },
  {
    rfc: '7644 §3.3',
    is: 'Location and tag are there',
    ask: create(),
    status: 201,
    holds: ({ headers, body }) => headers['location'] === body.meta.location && headers['etag'] === body.meta.version,
  },
  {
    rfc: '7644 §3.3',
    is: 'an id that is sent is not taken',
    ask: create({ id: 'mine' }),
    status: 201,
    holds: ({ body }) => body.id !== 'mine',
  },
  {
    rfc: '7644 §3.3',
    is: 'meta that is sent is not taken',
    ask: create({ meta: { created: '1999-01-01T00:00:00Z', location: 'x' } }),
    status: 201,
    holds: ({ body }) => !body.meta.created.startsWith('1999'),
  },
  {
    rfc: '7643 §2.2',
    is: 'groups of a user are read-only',
    ask: create({ groups: [{ value: 'x' }] }),
    status: 201,
    holds: ({ body }) => !('groups' in body),
  },
  {
    rfc: '7643 §4.1.1',
    is: 'a password is never given back',
    ask: create({ password: 'correct horse' }),
    status: 201,
    holds: ({ text }) => !text.includes('correct horse') && !text.includes('password'),
  },
  {
    rfc: '7644 §3.3',
    is: 'without userName it is invalidValue',
    ask: ({ scim }) => scim.post('/Users', { schemas: [userSchemaId] }),
    status: 400,
    body: { scimType: 'invalidValue' },
  },
  {
    rfc: '7643 §3',
    is: 'without schemas it is invalidSyntax',
    ask: ({ scim }) => scim.post('/Users', { userName: fresh() }),
    status: 400,
    body: { scimType: 'invalidSyntax' },
  },
  {
    rfc: '7644 §3.3',
    is: 'a userName that is taken is 409',
    ask: ({ scim }) => scim.post('/Users', userBody('ada@ACME.example')),
    status: 409,
    body: { schemas: [errorSchema], scimType: 'uniqueness', status: '409' },
  },
  {
    rfc: '7643 §3.1',
    is: 'an externalId that is taken is 409',
    ask: create({ externalId: 'E-701984' }),
    status: 409,
    body: { scimType: 'uniqueness' },
  },
  {
    rfc: '7643 §2.5',
    is: 'null and the empty list are nothing',
    ask: create({ title: null, emails: [] }),
    status: 201,
    holds: ({ body }) => !('title' in body) && !('emails' in body),
  },
  {
    rfc: '7643 §2.1',
    is: 'names count in any case',
    ask: create({ DISPLAYNAME: 'Zoe' }),
    status: 201,
    body: { displayName: 'Zoe' },
  },
  {
    rfc: '7643 §2.1',
    is: 'the same attribute twice is invalidSyntax',
    ask: ({ scim }) =>
      scim.send('POST', '/Users', undefined, {
        raw: `{"schemas":["${userSchemaId}"],"userName":"${fresh()}","active":true,"Active":false}`,
      }),
    status: 400,
    body: { scimType: 'invalidSyntax' },
  },
  {
    rfc: '7643 §2.3',
    is: 'a wrong type is invalidValue',
    ask: create({ title: 5 }),
    status: 400,
    body: { scimType: 'invalidValue' },
  },
  {
    rfc: '7643 §2.4',
    is: 'two primaries are invalidValue',
    ask: create({
      emails: [
        { value: 'a@a.example', primary: true },
        { value: 'b@a.example', primary: true },
      ],
    }),
    status: 400,
    body: { scimType: 'invalidValue' },
  },
  {
    rfc: '7643 §3.3',
    is: 'an extension is kept',
    ask: create({ schemas: [userSchemaId, enterpriseUserSchemaId], [enterpriseUserSchemaId]: { department: 'Maths' } }),
    status: 201,
    body: { schemas: [userSchemaId, enterpriseUserSchemaId], [enterpriseUserSchemaId]: { department: 'Maths' } },
  },
  {
    rfc: '7644 §3.3',
    is: 'what no schema knows is left out',
    ask: create({ shoeSize: 43 }),
    status: 201,
    holds: ({ body }) => !('shoeSize' in body),
  },
  {
    rfc: '7644 §3.9',
    is: 'attributes count when creating',
    ask: ({ scim }) => scim.post('/Users?attributes=userName', userBody(fresh(), { title: 'x' })),
    status: 201,
    holds: ({ body }) => Object.keys(body).toSorted().join() === 'id,schemas,userName',
  },
  {
    rfc: '7643 §4.1.2',
    is: 'who has no address at all is refused with words',
    ask: ({ scim }) => scim.post('/Users', userBody('no-address')),
    status: 400,
    body: { scimType: 'invalidValue' },
    holds: ({ body }) => body.detail.includes('e-mail'),
  },
  {
    rfc: '7643 §4.2',
    is: 'a new group',
    ask: ({ scim }) => scim.post('/Groups', groupBody()),
    status: 201,
    holds: ({ headers, body }) => headers['location'] === body.meta.location,
  },
  {
    rfc: '7643 §4.2',
    is: 'with its members',
    ask: ({ scim, ada, bob }) =>
      scim.post('/Groups', groupBody({ members: [{ value: ada.id }, { value: bob.id }, { value: ada.id }] })),
    status: 201,
    holds: ({ body }) => memberIds(body).length === 2,
  },
  {
    rfc: '7643 §4.2',
    is: 'a group needs a name',
    ask: ({ scim }) => scim.post('/Groups', { schemas: [groupSchemaId] }),
    status: 400,
    body: { scimType: 'invalidValue' },
  },
  {
    rfc: '7643 §4.2',
    is: 'a member nobody knows is refused',
    ask: ({ scim }) => scim.post('/Groups', groupBody({ members: [{ value: 'nobody' }] })),
    status: 400,
    body: { scimType: 'invalidValue' },
  },
  {
    rfc: '7644 §3.3',
    is: 'a group name that is taken is 409',
    ask: ({ scim }) => scim.post('/Groups', { schemas: [groupSchemaId], displayName: 'MATHS' }),
    status: 409,
    body: { scimType: 'uniqueness' },
  },
  {
    rfc: '7643 §4.2',
    is: 'a group may be in a group',
    ask: ({ scim, logic }) => scim.post('/Groups', groupBody({ members: [{ value: logic.id, type: 'Group' }] })),
    status: 201,
    holds: ({ body }) => body.members[0].type === 'Group' && body.members[0].display === 'Logic',
  },
]

const replacing: Check[] = [
  {
    rfc: '7644 §3.5.1',
    is: 'PUT replaces the whole',
    ask: onUser({ title: 'Old', nickName: 'Z' }, ({ scim }, id) =>
      scim.put(`/Users/${id}`, userBody(fresh(), { title: 'New' })),
    ),
    status: 200,
    body: { title: 'New' },
    holds: ({ body }) => !('nickName' in body),
  },
  {
    rfc: '7644 §3.5.1',
    is: 'the id stays whatever is sent',
    ask: onUser({}, ({ scim }, id) => scim.put(`/Users/${id}`, userBody(fresh(), { id: 'other' }))),
    status: 200,
    holds: ({ body }) => body.id !== 'other',
  },
  {
    rfc: '7644 §3.5.1',
    is: 'without a required attribute it is invalidValue',
    ask: onUser({}, ({ scim }, id) => scim.put(`/Users/${id}`, { schemas: [userSchemaId] })),
    status: 400,
    body: { scimType: 'invalidValue' },
  },
  {
    rfc: '7644 §3.5.1',
    is: 'PUT of nobody is 404',
    ask: ({ scim }) => scim.put('/Users/01a20c91-a000-7000-8000-000000000000', userBody(fresh())),
    status: 404,
  },
  {
    rfc: '7644 §3.5.1',
    is: 'a name that is taken is 409',
    ask: onUser({}, ({ scim }, id) => scim.put(`/Users/${id}`, userBody('bob@acme.example'))),
    status: 409,
    body: { scimType: 'uniqueness' },
  },
  {
    rfc: '7644 §3.5.1',
    is: 'a version that has changed',
    ask: onUser({}, async ({ scim }, id) => {
      const before = await scim.get(`/Users/${id}`)
      const after = await scim.put(`/Users/${id}`, userBody(fresh()))
      return { ...after, text: before.body.meta.version }
    }),
    status: 200,
    holds: ({ body, text }) => body.meta.version !== text,
  },
  {
    rfc: '7644 §3.5.1',
    is: 'PUT of a group replaces its members',
    ask: onGroup(({ scim, ada }, id) => scim.put(`/Groups/${id}`, groupBody({ members: [{ value: ada.id }] })), both),
    status: 200,
    holds: hasMembers(({ ada }) => [ada.id]),
  },
  {
    rfc: '7644 §3.5.1',
    is: 'an empty list takes everyone out',
    ask: onGroup(({ scim }, id) => scim.put(`/Groups/${id}`, groupBody({ members: [] })), both),
    status: 200,
    holds: hasMembers(() => []),
  },
  {
    rfc: '7644 §3.5.1',
    is: 'members that are not asserted stay',
    ask: onGroup(({ scim }, id) => scim.put(`/Groups/${id}`, groupBody()), both),
    status: 200,
    holds: hasMembers(both),
  },
]

export const creatingChecks: readonly Check[] = [...creating, ...replacing]
