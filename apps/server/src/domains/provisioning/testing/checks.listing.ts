import { type Check, names, type Seed, sameNames } from './checks.ts'
import { listSchema, searchSchema } from './client.ts'

const get =
  (url: string, headers: Record<string, string> = {}) =>
  (seed: Seed) =>
    seed.scim.get(url, headers)
const [ada, bob, eve] = ['Ada@acme.example', 'bob@acme.example', 'eve@acme.example']

const listing: Check[] = [
  {
    rfc: '7644 §3.4.2',
    is: 'a list is a ListResponse',
    ask: get('/Users'),
    status: 200,
    body: { schemas: [listSchema], startIndex: 1 },
  },
  {
    rfc: '7644 §3.4.2',
    is: 'nothing found is a success',
    ask: ({ scim }) => scim.find('Users', 'userName eq "nobody"'),
    status: 200,
    body: { totalResults: 0, itemsPerPage: 0, Resources: [] },
  },
  {
    rfc: '7644 §3.4.2.4',
    is: 'a page has its size',
    ask: get('/Users?startIndex=2&count=1'),
    status: 200,
    body: { startIndex: 2, itemsPerPage: 1 },
  },
  {
    rfc: '7644 §3.4.2.4',
    is: 'pages do not overlap',
    ask: async ({ scim }) => {
      const [a, b] = [await scim.get('/Users?count=2'), await scim.get('/Users?startIndex=3&count=2')]
      return { ...a, body: { Resources: [...a.body.Resources, ...b.body.Resources] } }
    },
    status: 200,
    holds: ({ body }) => new Set(body.Resources.map((r: { id: string }) => r.id)).size === body.Resources.length,
  },
  {
    rfc: '7644 §3.4.2.4',
    is: 'count=0 asks for the total',
    ask: get('/Users?count=0'),
    status: 200,
    holds: ({ body }) => body.totalResults >= 3 && body.Resources.length === 0,
  },
  {
    rfc: '7644 §3.4.2.4',
    is: 'a negative count is 0',
    ask: get('/Users?count=-5'),
    status: 200,
    body: { itemsPerPage: 0 },
  },
  {
    rfc: '7644 §3.4.2.4',
    is: 'startIndex 0 is 1',
    ask: get('/Users?startIndex=0&count=1'),
    status: 200,
    body: { startIndex: 1 },
  },
  {
    rfc: '7644 §3.4.2.4',
    is: 'behind the end there is nothing',
    ask: get('/Users?startIndex=9999'),
    status: 200,
    body: { Resources: [] },
  },
  {
    rfc: '7644 §3.4.2.4',
    is: 'no number is invalidValue',
    ask: get('/Users?count=many'),
    status: 400,
    body: { scimType: 'invalidValue' },
  },
  {
    rfc: '7644 §3.4.2.3',
    is: 'sorted by name',
    ask: ({ scim }) => scim.find('Users', 'userName ew "@acme.example"', '&sortBy=userName'),
    status: 200,
    holds: (reply) => names(reply).join() === [ada, bob, eve].join(),
  },
  {
    rfc: '7644 §3.4.2.3',
    is: 'and the other way round',
    ask: ({ scim }) => scim.find('Users', 'userName ew "@acme.example"', '&sortBy=userName&sortOrder=descending'),
    status: 200,
    holds: (reply) => names(reply).join() === [eve, bob, ada].join(),
  },
  {
    rfc: '7644 §3.4.2.3',
    is: 'who has no value comes last',
    ask: ({ scim }) => scim.find('Users', 'userName ew "@acme.example"', '&sortBy=title'),
    status: 200,
    holds: (reply) => names(reply).join() === [ada, bob, eve].join(),
  },
  {
    rfc: '7644 §3.4.2.3',
    is: 'of many the primary one counts',
    ask: ({ scim }) => scim.find('Users', 'emails pr and userName ew "@acme.example"', '&sortBy=emails'),
    status: 200,
    holds: (reply) => names(reply).join() === [ada, eve].join(),
  },
  {
    rfc: '7644 §3.4.2.3',
    is: 'what does not exist is not sorted by',
    ask: get('/Users?sortBy=nothing'),
    status: 400,
    body: { scimType: 'invalidValue' },
  },
  {
    rfc: '7644 §3.4.2.3',
    is: 'only two orders',
    ask: get('/Users?sortBy=userName&sortOrder=sideways'),
    status: 400,
    body: { scimType: 'invalidValue' },
  },
  {
    rfc: '7644 §3.4.2.5',
    is: 'only what is asked for, in a list',
    ask: ({ scim }) => scim.find('Users', 'userName sw "bob"', '&attributes=displayName'),
    status: 200,
    holds: ({ body }) => Object.keys(body.Resources[0]).toSorted().join() === 'displayName,id,schemas',
  },
]

const search =
  (body: object, below = '') =>
  (seed: Seed) =>
    seed.scim.post(`${below}/.search`, { schemas: [searchSchema], ...body })

const searching: Check[] = [
  {
    rfc: '7644 §3.4.3',
    is: 'a search by POST',
    ask: search({ filter: 'userName sw "bob"', attributes: ['userName'] }, '/Users'),
    status: 200,
    holds: (reply) => sameNames(reply, [bob]),
  },
  {
    rfc: '7644 §3.4.3',
    is: 'pages and order by POST',
    ask: search(
      { filter: 'userName ew "@acme.example"', sortBy: 'userName', sortOrder: 'descending', startIndex: 2, count: 1 },
      '/Users',
    ),
    status: 200,
    holds: (reply) => names(reply).join() === bob,
  },
  {
    rfc: '7644 §3.4.3',
    is: 'of groups',
    ask: search({ filter: 'displayName eq "logic"' }, '/Groups'),
    status: 200,
    holds: (reply) => sameNames(reply, ['Logic']),
  },
  {
    rfc: '7644 §3.4.2.1',
    is: 'over both types',
    ask: search({ filter: 'displayName eq "Maths" or displayName eq "Bob Stone"' }),
    status: 200,
    body: { totalResults: 2 },
  },
  {
    rfc: '7644 §3.4.2.1',
    is: 'by the type',
    ask: search({ filter: 'meta.resourceType eq "Group" and displayName co "gi"' }),
    status: 200,
    holds: (reply) => sameNames(reply, ['Logic']),
  },
  {
    rfc: '7644 §3.4.2.1',
    is: 'an attribute of one type leaves the other out',
    ask: search({ filter: 'userName eq "bob@acme.example"' }),
    status: 200,
    body: { totalResults: 1 },
  },
  {
    rfc: '7644 §3.4.2.1',
    is: 'sorted over both types',
    ask: search({
      filter: 'displayName eq "Maths" or displayName eq "Bob Stone" or displayName eq "Logic"',
      sortBy: 'displayName',
    }),
    status: 200,
    holds: ({ body }) =>
      body.Resources.map((r: { displayName: string }) => r.displayName).join() === 'Bob Stone,Logic,Maths',
  },
  {
    rfc: '7644 §3.4.2.1',
    is: 'a page goes from one type to the next',
    ask: search({
      filter: 'displayName eq "Maths" or displayName eq "Bob Stone"',
      startIndex: 2,
      count: 5,
      attributes: ['displayName'],
    }),
    status: 200,
    holds: ({ body }) =>
      body.totalResults === 2 && body.Resources.length === 1 && body.Resources[0].displayName === 'Maths',
  },
  {
    rfc: '7644 §3.4.3',
    is: 'without its schema it is no search',
    ask: ({ scim }) => scim.post('/.search', {}),
    status: 400,
    body: { scimType: 'invalidSyntax' },
  },
  {
    rfc: '7644 §3.4.3',
    is: 'a wrong type is invalidValue',
    ask: search({ count: 'two' }, '/Users'),
    status: 400,
    body: { scimType: 'invalidValue' },
  },
  {
    rfc: '7644 §3.4.3',
    is: 'a wrong filter is invalidFilter',
    ask: search({ filter: 'userName' }, '/Users'),
    status: 400,
    body: { scimType: 'invalidFilter' },
  },
]

export const listingChecks: readonly Check[] = [...listing, ...searching]
