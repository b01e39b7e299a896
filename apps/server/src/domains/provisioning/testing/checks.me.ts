import { type Check, fresh, type Seed, userBody } from './checks.ts'
import { errorSchema, type Reply, type ScimClient } from './client.ts'

type Own = { me: ScimClient; id: string; location: string; userName: string; scim: Seed['scim'] }

/** Does something as somebody of their own, by a token that stands for them. */
const asSomebody =
  (does: (own: Own) => ReturnType<ScimClient['get']>, rest: object = {}) =>
  async ({ scim }: Seed) => {
    const userName = fresh()
    const { id, meta } = await scim.user(userName, { displayName: 'Own Name', ...rest })
    return does({ me: await scim.as(userName), id, location: meta.location, userName, scim })
  }

const rfc = '7644 §3.11'
const isAtItsPlace = ({ headers, body }: Reply): boolean =>
  headers['location'] === body.meta.location &&
  headers['content-location'] === headers['location'] &&
  /\/Users\/[\w-]+$/.test(headers['location'] ?? '')

/** Who the token stands for, at the address that is the same for everybody. */
export const meChecks: readonly Check[] = [
  {
    rfc,
    is: 'a token that stands for nobody has no /Me, and says what to do',
    ask: ({ scim }) => scim.get('/Me'),
    status: 501,
    body: { schemas: [errorSchema], status: '501' },
    holds: ({ body }) => /scim token --as/.test(body.detail),
  },
  ...(['post', 'put'] as const).map((method) => ({
    rfc,
    is: `nor for ${method}`,
    ask: ({ scim }: Seed) => scim[method]('/Me', userBody(fresh())),
    status: 501,
  })),
  { rfc, is: 'nor for patch', ask: ({ scim }) => scim.patch('/Me', []), status: 501 },
  { rfc, is: 'nor for delete', ask: ({ scim }) => scim.remove('/Me'), status: 501 },
  {
    rfc,
    is: 'GET is the user, at their permanent place',
    ask: asSomebody(({ me }) => me.get('/Me')),
    status: 200,
    body: { displayName: 'Own Name', meta: { resourceType: 'User' } },
    holds: isAtItsPlace,
  },
  {
    rfc,
    is: 'and the same as under their id',
    ask: asSomebody(async ({ me, id }) => {
      const [own, whole] = [await me.get('/Me'), await me.get(`/Users/${id}`)]
      return { ...own, body: { isSame: own.text === whole.text && own.headers['etag'] === whole.headers['etag'] } }
    }),
    status: 200,
    body: { isSame: true },
  },
  {
    rfc: '7644 §3.9',
    is: '/Me with attributes gives those and the place',
    ask: asSomebody(({ me }) => me.get('/Me?attributes=displayName')),
    status: 200,
    holds: ({ body, headers }) =>
      body.displayName === 'Own Name' && body.userName === undefined && headers['location']?.endsWith(body.id) === true,
  },
  {
    rfc: '7644 §3.9',
    is: '/Me with excludedAttributes leaves those out',
    ask: asSomebody(({ me }) => me.get('/Me?excludedAttributes=displayName')),
    status: 200,
    holds: ({ body }) => body.displayName === undefined && typeof body.userName === 'string',
  },
  {
    rfc: '7644 §3.14',
    is: '/Me with If-None-Match of its version is 304',
    ask: asSomebody(async ({ me }) => me.get('/Me', { 'if-none-match': (await me.get('/Me')).headers['etag'] ?? '' })),
    status: 304,
    holds: ({ headers }) => headers['etag'] !== undefined && headers['location'] !== undefined,
  },
  {
    rfc,
    is: 'PATCH changes the user',
    ask: asSomebody(({ me }) => me.patch('/Me', [{ op: 'replace', path: 'title', value: 'Mason' }])),
    status: 200,
    body: { title: 'Mason' },
    holds: isAtItsPlace,
  },
  {
    rfc,
    is: 'and it is so under their id',
    ask: asSomebody(async ({ me, scim, id }) => {
      await me.patch('/Me', [{ op: 'replace', path: 'title', value: 'Miller' }])
      return scim.get(`/Users/${id}`)
    }),
    status: 200,
    body: { title: 'Miller' },
  },
  {
    rfc: '7644 §3.14',
    is: 'PATCH of /Me with another version is 412',
    ask: asSomebody(({ me }) =>
      me.patch('/Me', [{ op: 'replace', path: 'title', value: 'x' }], { headers: { 'if-match': 'W/"0"' } }),
    ),
    status: 412,
  },
  {
    rfc,
    is: 'PUT replaces the user',
    ask: asSomebody(({ me, userName }) => me.put('/Me', userBody(userName, { displayName: 'Another Name' }))),
    status: 200,
    body: { displayName: 'Another Name' },
    holds: isAtItsPlace,
  },
  {
    rfc,
    is: 'POST of somebody who is there is 409',
    ask: asSomebody(({ me, userName }) => me.post('/Me', userBody(userName))),
    status: 409,
    body: { scimType: 'uniqueness' },
  },
  {
    rfc,
    is: 'POST makes nobody else',
    ask: asSomebody(({ me }) => me.post('/Me', userBody(fresh()))),
    status: 400,
    body: { scimType: 'invalidValue' },
  },
  {
    rfc,
    is: 'DELETE removes the user',
    ask: asSomebody(({ me }) => me.remove('/Me')),
    status: 204,
    holds: ({ text }) => text === '',
  },
  {
    rfc,
    is: 'and the token with them',
    ask: asSomebody(async ({ me }) => {
      await me.remove('/Me')
      return me.get('/Me')
    }),
    status: 401,
  },
  {
    rfc,
    is: 'whoever is stopped has no token either, for anything',
    ask: asSomebody(async ({ me, scim, id }) => {
      await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'active', value: false }])
      return me.get('/Users?count=0')
    }),
    status: 401,
  },
  {
    rfc,
    is: 'and has it again once they are back',
    ask: asSomebody(async ({ me, scim, id }) => {
      await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'active', value: false }])
      await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'active', value: true }])
      return me.get('/Me')
    }),
    status: 200,
  },
  {
    rfc,
    is: 'a member who is not provisioned yet is 404',
    ask: async ({ scim }) => (await scim.as(await scim.unprovisioned())).get('/Me'),
    status: 404,
    body: { status: '404' },
  },
  {
    rfc,
    is: 'POST provisions them, and says their place',
    ask: async ({ scim }) => {
      const email = await scim.unprovisioned()
      return (await scim.as(email)).post('/Me', userBody(email))
    },
    status: 201,
    holds: isAtItsPlace,
  },
  { rfc, is: 'nothing lies below /Me', ask: asSomebody(({ me }) => me.get('/Me/groups')), status: 404 },
  {
    rfc,
    is: 'a token of another scope is not for /Me',
    ask: async ({ scim }) =>
      (await scim.as('ada@acme.example', { users: false, groups: true, readOnly: false })).get('/Me'),
    status: 403,
  },
  {
    rfc,
    is: 'and one for reading only changes nothing',
    ask: async ({ scim }) =>
      (await scim.as('ada@acme.example', { users: true, groups: true, readOnly: true })).patch('/Me', []),
    status: 403,
  },
]
