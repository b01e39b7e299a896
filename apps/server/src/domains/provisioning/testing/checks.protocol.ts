import { type Check, fresh, type Seed, userBody } from './checks.ts'
import { enterpriseUserSchemaId, errorSchema, listSchema, userSchemaId } from './client.ts'

const get =
  (url: string, headers: Record<string, string> = {}) =>
  (seed: Seed) =>
    seed.scim.get(url, headers)

/** RFC 7643 §5–§7 and RFC 7644 §4. */
const discovery: Check[] = [
  {
    rfc: '7643 §5',
    is: 'the configuration is there',
    ask: get('/ServiceProviderConfig'),
    status: 200,
    body: {
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1048576 },
      filter: { supported: true, maxResults: 500 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
    },
  },
  {
    rfc: '7643 §5',
    is: 'it says how to authenticate',
    ask: get('/ServiceProviderConfig'),
    status: 200,
    body: { authenticationSchemes: [{ type: 'oauthbearertoken' }] },
  },
  { rfc: '7644 §4', is: 'the configuration has nothing below it', ask: get('/ServiceProviderConfig/1'), status: 404 },
  {
    rfc: '7644 §4',
    is: 'the configuration is only read',
    ask: ({ scim }) => scim.post('/ServiceProviderConfig', {}),
    status: 405,
  },
  {
    rfc: '7644 §4',
    is: 'the resource types are a list',
    ask: get('/ResourceTypes'),
    status: 200,
    body: { schemas: [listSchema], totalResults: 2 },
  },
  {
    rfc: '7643 §6',
    is: 'one resource type by its name',
    ask: get('/ResourceTypes/User'),
    status: 200,
    body: {
      endpoint: '/Users',
      schema: userSchemaId,
      schemaExtensions: [{ schema: enterpriseUserSchemaId, required: false }],
    },
  },
  {
    rfc: '7643 §6',
    is: 'the groups are a resource type',
    ask: get('/ResourceTypes/Group'),
    status: 200,
    body: { endpoint: '/Groups' },
  },
  { rfc: '7644 §4', is: 'no other resource types', ask: get('/ResourceTypes/Device'), status: 404 },
  { rfc: '7643 §7', is: 'the schemas are a list', ask: get('/Schemas'), status: 200, body: { totalResults: 3 } },
  {
    rfc: '7643 §7',
    is: 'one schema by its URN',
    ask: get(`/Schemas/${userSchemaId}`),
    status: 200,
    body: { id: userSchemaId, name: 'User' },
  },
  {
    rfc: '7643 §4.3',
    is: 'the enterprise extension has its schema',
    ask: get(`/Schemas/${enterpriseUserSchemaId}`),
    status: 200,
  },
  { rfc: '7644 §4', is: 'no other schemas', ask: get('/Schemas/urn:x'), status: 404 },
  { rfc: '7644 §4', is: 'schemas are not filtered', ask: get('/Schemas?filter=id%20pr'), status: 403 },
  { rfc: '7644 §4', is: 'resource types are not filtered', ask: get('/ResourceTypes?filter=id%20pr'), status: 403 },
]

/** RFC 7644 §2, §3.1, §3.8, §3.11, §3.12. */
const manners: Check[] = [
  {
    rfc: '7644 §2',
    is: 'no token is 401 and says which scheme',
    ask: get('/Users', { authorization: '' }),
    status: 401,
    holds: ({ headers }) => headers['www-authenticate']?.startsWith('Bearer') === true,
  },
  { rfc: '7644 §2', is: 'another token is 401', ask: get('/Users', { authorization: 'Bearer nonsense' }), status: 401 },
  { rfc: '7644 §2', is: 'another scheme is 401', ask: get('/Users', { authorization: 'Basic YTpi' }), status: 401 },
  {
    rfc: '7644 §3.12',
    is: 'a refusal of a token is an error document',
    ask: get('/Users', { authorization: '' }),
    status: 401,
    body: { schemas: [errorSchema], status: '401' },
  },
  {
    rfc: '7644 §3.1',
    is: 'answers are application/scim+json',
    ask: get('/Users?count=0'),
    status: 200,
    holds: ({ headers }) => headers['content-type']?.startsWith('application/scim+json') === true,
  },
  {
    rfc: '7644 §3.8',
    is: 'or application/json for who asks for it',
    ask: get('/Users?count=0', { accept: 'application/json' }),
    status: 200,
    holds: ({ headers }) => headers['content-type']?.startsWith('application/json') === true,
  },
  { rfc: '7644 §3.8', is: 'anything is scim+json', ask: get('/Users?count=0', { accept: '*/*' }), status: 200 },
  {
    rfc: '7644 §3.8',
    is: 'HTML cannot be had',
    ask: get('/Users?count=0', { accept: 'text/html' }),
    status: 406,
    body: { status: '406' },
  },
  {
    rfc: '7644 §3.1',
    is: 'a body may be application/json',
    ask: ({ scim }) => scim.post('/Users', userBody(fresh()), { headers: { 'content-type': 'application/json' } }),
    status: 201,
  },
  {
    rfc: '7644 §3.1',
    is: 'a body may name its charset',
    ask: ({ scim }) =>
      scim.post('/Users', userBody(fresh()), { headers: { 'content-type': 'application/scim+json; charset=utf-8' } }),
    status: 201,
  },
  {
    rfc: '7644 §3.1',
    is: 'a body of another type is 415',
    ask: ({ scim }) => scim.post('/Users', userBody(fresh()), { headers: { 'content-type': 'text/plain' } }),
    status: 415,
    body: { status: '415' },
  },
  {
    rfc: '7644 §3.1',
    is: 'a form is 415',
    ask: ({ scim }) =>
      scim.send('POST', '/Users', undefined, {
        raw: 'a=b',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    status: 415,
  },
  {
    rfc: '7644 §3.12',
    is: 'what is not JSON is invalidSyntax',
    ask: ({ scim }) => scim.send('POST', '/Users', undefined, { raw: '{"a":' }),
    status: 400,
    body: { schemas: [errorSchema], status: '400', scimType: 'invalidSyntax' },
  },
  {
    rfc: '7644 §3.12',
    is: 'a list as a body is invalidSyntax',
    ask: ({ scim }) => scim.post('/Users', []),
    status: 400,
    body: { scimType: 'invalidSyntax' },
  },
  {
    rfc: '7644 §3.12',
    is: 'no body is invalidSyntax',
    ask: ({ scim }) => scim.send('POST', '/Users', undefined, { headers: { 'content-type': 'application/scim+json' } }),
    status: 400,
  },
  { rfc: '7644 §3.12', is: 'the status is a string', ask: get('/Users/none'), status: 404, body: { status: '404' } },
  {
    rfc: '7644 §3.2',
    is: 'an unknown endpoint is 404',
    ask: get('/Devices'),
    status: 404,
    body: { schemas: [errorSchema] },
  },
  { rfc: '7644 §3.2', is: 'nothing lies below a resource', ask: get('/Users/1/2'), status: 404 },
  { rfc: '7644 §3.2', is: 'the root is nothing', ask: get(''), status: 404 },
  {
    rfc: '7644 §3.2',
    is: 'a list is not deleted',
    ask: ({ scim }) => scim.remove('/Users'),
    status: 405,
    holds: ({ headers }) => headers['allow'] === 'GET, POST',
  },
  {
    rfc: '7644 §3.2',
    is: 'a resource is not posted to',
    ask: ({ scim, ada: { id } }) => scim.post(`/Users/${id}`, {}),
    status: 405,
  },
  { rfc: '7644 §3.2', is: 'a search is only posted', ask: get('/.search'), status: 405 },
  { rfc: '7644 §3.2', is: 'bulk is only posted', ask: get('/Bulk'), status: 405 },
]

export const protocolChecks: readonly Check[] = [...discovery, ...manners]
