import { type Check, sameNames } from './checks.ts'
import { enterpriseUserSchemaId, userSchemaId } from './client.ts'

const [ada, bob, eve] = ['Ada@acme.example', 'bob@acme.example', 'eve@acme.example']

const found = (type: 'Users' | 'Groups', filter: string, wanted: readonly string[]): Check => ({
  rfc: '7644 §3.4.2.2',
  is: `${type} where ${filter}`,
  // Others are made by the checks that change something; they all are of one domain.
  ask: ({ scim }) =>
    scim.find(
      type,
      type === 'Users'
        ? `(${filter}) and not (userName ew "@checks.example")`
        : `(${filter}) and not (displayName sw "check")`,
    ),
  status: 200,
  holds: (reply) => sameNames(reply, wanted) && reply.body.totalResults === wanted.length,
})

const plainly = (type: 'Users' | 'Groups', filter: string, wanted: readonly string[]): Check => ({
  rfc: '7644 §3.4.2.2',
  is: `${type} by the filter ${filter} alone`,
  ask: ({ scim }) => scim.find(type, filter),
  status: 200,
  holds: (reply) => sameNames(reply, wanted),
})

const refusedFilter = (filter: string): Check => ({
  rfc: '7644 §3.4.2.2',
  is: `no filter: ${filter}`,
  ask: ({ scim }) => scim.find('Users', filter),
  status: 400,
  body: { scimType: 'invalidFilter' },
})

export const filterChecks: readonly Check[] = [
  plainly('Users', 'userName eq "ADA@acme.example"', [ada]),
  plainly('Users', 'externalId eq "E-701984"', [ada]),
  plainly('Users', 'externalId eq "E-701985"', []),
  plainly('Users', 'emails.value eq "ADA@home.example"', [ada]),
  plainly('Users', 'emails eq "eve@other.example"', [eve]),
  plainly('Users', 'emails[type eq "work"].value eq "eve@other.example"', [eve]),
  plainly('Users', 'emails[type eq "home" and value eq "eve@other.example"]', []),
  plainly('Users', 'displayName eq "bob stone"', [bob]),
  plainly('Groups', 'displayName eq "maths"', ['Maths']),
  plainly('Groups', 'externalId eq "G-1"', ['Maths']),
  found('Users', 'userName ne "bob@acme.example"', [ada, eve]),
  found('Users', 'userName co "OB@"', [bob]),
  found('Users', 'userName sw "ad"', [ada]),
  found('Users', 'userName ew "acme.EXAMPLE"', [ada, bob, eve]),
  found('Users', 'userName gt "b"', [bob, eve]),
  found('Users', 'title pr', [ada, bob]),
  found('Users', 'not (title pr)', [eve]),
  found('Users', 'title eq null', [eve]),
  found('Users', 'nickName pr', [ada]),
  found('Users', 'active eq true', [ada, bob]),
  found('Users', 'active eq "False"', [eve]),
  found('Users', 'USERNAME EQ "bob@acme.example"', [bob]),
  found('Users', `${userSchemaId}:userName eq "bob@acme.example"`, [bob]),
  found('Users', `${enterpriseUserSchemaId}:department eq "works"`, [bob]),
  found('Users', 'name.familyName co "yro"', [ada]),
  found('Users', 'name.familyName eq "Stone" or name.familyName eq "Byron"', [ada, bob]),
  found('Users', 'title eq "Mason" or title eq "Engineer" and active eq false', [bob]),
  found('Users', '(title eq "Mason" or title eq "Engineer") and active eq false', []),
  found('Users', 'emails[type eq "work" and value co "@acme.example"]', [ada]),
  found('Users', 'emails[not (type eq "work")]', [ada, eve]),
  found('Users', 'emails co "@home"', [ada]),
  found('Users', 'phoneNumbers.value pr', [ada]),
  found('Users', 'addresses[country eq "GR"]', [ada]),
  found('Users', 'meta.created gt "2020-01-01T00:00:00Z"', [ada, bob, eve]),
  found('Users', 'meta.lastModified lt "2020-01-01T00:00:00Z"', []),
  found('Users', 'meta.lastModified ge "2020-01-01T00:00:00Z" and userName sw "bob"', [bob]),
  found('Users', 'meta.resourceType eq "User"', [ada, bob, eve]),
  found('Users', 'groups.display eq "maths"', [ada, bob]),
  found('Groups', 'displayName co "O"', ['Logic']),
  found('Groups', 'members pr', ['Maths']),
  found('Groups', 'not (members pr)', ['Logic']),
  {
    rfc: '7644 §3.4.2.2',
    is: 'users by the id of a group',
    ask: ({ scim, maths }) => scim.find('Users', `groups.value eq "${maths.id}"`),
    status: 200,
    holds: (reply) => sameNames(reply, [ada, bob]),
  },
  {
    rfc: '7644 §3.4.2.2',
    is: 'a user by its id',
    ask: ({ scim, bob: { id } }) => scim.find('Users', `id eq "${id}"`),
    status: 200,
    holds: (reply) => sameNames(reply, [bob]),
  },
  {
    rfc: '7644 §3.4.2.2',
    is: 'a user by an id that is none',
    ask: ({ scim }) => scim.find('Users', 'id eq "x"'),
    status: 200,
    body: { totalResults: 0 },
  },
  {
    rfc: '7644 §3.4.2.2',
    is: 'groups by a member',
    ask: ({ scim, bob: { id } }) => scim.find('Groups', `members.value eq "${id}"`),
    status: 200,
    holds: (reply) => sameNames(reply, ['Maths']),
  },
  {
    rfc: '7644 §3.4.2.2',
    is: 'groups by a member in a value path',
    ask: ({ scim, bob: { id } }) => scim.find('Groups', `members[value eq "${id}" and type eq "User"]`),
    status: 200,
    holds: (reply) => sameNames(reply, ['Maths']),
  },
  {
    rfc: '7644 §3.4.2.2',
    is: 'groups by who is no member',
    ask: ({ scim, eve: { id } }) => scim.find('Groups', `members eq "${id}"`),
    status: 200,
    body: { totalResults: 0 },
  },
  {
    rfc: '7644 §3.4.2.2',
    is: 'whether somebody is a member',
    ask: ({ scim, maths, ada: { id } }) =>
      scim.find('Groups', `id eq "${maths.id}" and members eq "${id}"`, '&attributes=id'),
    status: 200,
    holds: ({ body }, { maths }) => body.Resources[0].id === maths.id,
  },
  {
    rfc: '7644 §3.4.2.2',
    is: 'users by their manager',
    ask: ({ scim, ada: { id } }) => scim.find('Users', `${enterpriseUserSchemaId}:manager eq "${id}"`),
    status: 200,
    holds: (reply) => sameNames(reply, [bob]),
  },
  ...[
    'userName',
    'userName eq',
    'userName is "x"',
    'eq "x"',
    'userName eq "x" and',
    '(userName eq "x"',
    'userName eq x',
    'unknown eq "x"',
    'active gt true',
    'password eq "x"',
    'userName eq 5',
    'emails[type eq "work"',
    'userName eq "\\u0000"',
  ].map(refusedFilter),
]
