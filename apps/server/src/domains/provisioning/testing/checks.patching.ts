import { both, hasMembers, onGroup, onUser, patchGroup, patchUser } from './checks.subjects.ts'
import { type Check } from './checks.ts'
import { enterpriseUserSchemaId, userSchemaId } from './client.ts'

const home = { value: 'z@home.example', type: 'home' }
const work = { value: 'z@work.example', type: 'work', primary: true }

export const patchingChecks: readonly Check[] = [
  {
    rfc: '7644 §3.5.2.1',
    is: 'add an attribute',
    ask: patchUser([{ op: 'add', path: 'title', value: 'Dr' }]),
    status: 200,
    body: { title: 'Dr' },
  },
  {
    rfc: '7644 §3.5.2.1',
    is: 'add without a path',
    ask: patchUser([{ op: 'add', value: { title: 'Dr', nickName: 'Z' } }]),
    status: 200,
    body: { title: 'Dr', nickName: 'Z' },
  },
  {
    rfc: '7644 §3.5.2.1',
    is: 'add to a list',
    ask: patchUser([{ op: 'add', path: 'emails', value: [home] }], { emails: [work] }),
    status: 200,
    body: { emails: [work, home] },
  },
  {
    rfc: '7644 §3.5.2.1',
    is: 'what is there is not added again',
    ask: onUser({ emails: [work] }, async ({ scim }, id) => {
      const before = await scim.get(`/Users/${id}`)
      return {
        ...(await scim.patch(`/Users/${id}`, [{ op: 'add', path: 'emails', value: [work] }])),
        text: before.body.meta.version,
      }
    }),
    status: 200,
    holds: ({ body, text }) => body.emails.length === 1 && body.meta.version === text,
  },
  {
    rfc: '7644 §3.5.2.1',
    is: 'add to a complex attribute',
    ask: patchUser([{ op: 'add', path: 'name', value: { givenName: 'Zoe' } }], { name: { familyName: 'Kay' } }),
    status: 200,
    body: { name: { familyName: 'Kay', givenName: 'Zoe' } },
  },
  {
    rfc: '7644 §3.5.2.1',
    is: 'add to an extension',
    ask: patchUser([{ op: 'add', path: `${enterpriseUserSchemaId}:department`, value: 'Maths' }]),
    status: 200,
    body: { schemas: [userSchemaId, enterpriseUserSchemaId], [enterpriseUserSchemaId]: { department: 'Maths' } },
  },
  {
    rfc: '7644 §3.5.2.2',
    is: 'remove an attribute',
    ask: patchUser([{ op: 'remove', path: 'title' }], { title: 'Dr' }),
    status: 200,
    holds: ({ body }) => !('title' in body),
  },
  {
    rfc: '7644 §3.5.2.2',
    is: 'remove one of a list',
    ask: patchUser([{ op: 'remove', path: 'emails[type eq "home"]' }], { emails: [work, home] }),
    status: 200,
    body: { emails: [work] },
  },
  {
    rfc: '7644 §3.5.2.2',
    is: 'remove a sub-attribute of one',
    ask: patchUser([{ op: 'remove', path: 'emails[type eq "home"].type' }], { emails: [work, home] }),
    status: 200,
    body: { emails: [work, { value: home.value }] },
  },
  {
    rfc: '7644 §3.5.2.2',
    is: 'remove without a path is noTarget',
    ask: patchUser([{ op: 'remove' }]),
    status: 400,
    body: { scimType: 'noTarget' },
  },
  {
    rfc: '7644 §3.5.2.2',
    is: 'what is required is not removed',
    ask: patchUser([{ op: 'remove', path: 'userName' }]),
    status: 400,
    body: { scimType: 'mutability' },
  },
  {
    rfc: '7644 §3.5.2.3',
    is: 'replace an attribute',
    ask: patchUser([{ op: 'replace', path: 'title', value: 'Dr' }], { title: 'Mx' }),
    status: 200,
    body: { title: 'Dr' },
  },
  {
    rfc: '7644 §3.5.2.3',
    is: 'replace a sub-attribute',
    ask: patchUser([{ op: 'replace', path: 'name.familyName', value: 'Kay' }], {
      name: { familyName: 'Old', givenName: 'Zoe' },
    }),
    status: 200,
    body: { name: { familyName: 'Kay', givenName: 'Zoe' } },
  },
  {
    rfc: '7644 §3.5.2.3',
    is: 'replace in one of a list',
    ask: patchUser([{ op: 'replace', path: 'emails[type eq "home"].value', value: 'y@home.example' }], {
      emails: [work, home],
    }),
    status: 200,
    body: { emails: [work, { ...home, value: 'y@home.example' }] },
  },
  {
    rfc: '7644 §3.5.2.3',
    is: 'replace a list',
    ask: patchUser([{ op: 'replace', path: 'emails', value: [home] }], { emails: [work] }),
    status: 200,
    body: { emails: [home] },
  },
  {
    rfc: '7644 §3.5.2.3',
    is: 'replace where nothing is chosen is noTarget',
    ask: patchUser([{ op: 'replace', path: 'emails[value co "@nowhere"]', value: home }], { emails: [work] }),
    status: 400,
    body: { scimType: 'noTarget' },
  },
  {
    rfc: '7644 §3.5.2',
    is: 'a new primary takes that from the other',
    ask: patchUser([{ op: 'add', path: 'emails', value: [{ ...home, primary: true }] }], { emails: [work] }),
    status: 200,
    body: {
      emails: [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    },
  },
  {
    rfc: '7644 §3.5.2',
    is: 'operations are in order',
    ask: patchUser([
      { op: 'add', path: 'title', value: 'a' },
      { op: 'remove', path: 'title' },
      { op: 'add', path: 'title', value: 'b' },
    ]),
    status: 200,
    body: { title: 'b' },
  },
  {
    rfc: '7644 §3.5.2',
    is: 'all or nothing',
    ask: onUser({ title: 'before' }, async ({ scim }, id) => {
      const patched = await scim.patch(`/Users/${id}`, [
        { op: 'replace', path: 'title', value: 'after' },
        { op: 'replace', path: 'id', value: 'x' },
      ])
      return { ...patched, body: (await scim.get(`/Users/${id}`)).body }
    }),
    status: 400,
    body: { title: 'before' },
  },
  {
    rfc: '7644 §3.5.2',
    is: 'an unknown operation is invalidSyntax',
    ask: patchUser([{ op: 'clear', path: 'title' }]),
    status: 400,
    body: { scimType: 'invalidSyntax' },
  },
  {
    rfc: '7644 §3.5.2',
    is: 'an unknown path is invalidPath',
    ask: patchUser([{ op: 'replace', path: 'shoeSize', value: 43 }]),
    status: 400,
    body: { scimType: 'invalidPath' },
  },
  {
    rfc: '7644 §3.5.2',
    is: 'a path that is none is invalidPath',
    ask: patchUser([{ op: 'replace', path: 'emails[', value: 43 }]),
    status: 400,
    body: { scimType: 'invalidPath' },
  },
  {
    rfc: '7644 §3.5.2',
    is: 'what is read-only is mutability',
    ask: patchUser([{ op: 'replace', path: 'meta.created', value: '2020-01-01T00:00:00Z' }]),
    status: 400,
    body: { scimType: 'mutability' },
  },
  {
    rfc: '7644 §3.5.2',
    is: 'without its schema it is no patch',
    ask: onUser({}, ({ scim }, id) =>
      scim.send('PATCH', `/Users/${id}`, { Operations: [{ op: 'add', path: 'title', value: 'x' }] }),
    ),
    status: 400,
    body: { scimType: 'invalidSyntax' },
  },
  {
    rfc: '7644 §3.5.2',
    is: 'without operations it is invalidSyntax',
    ask: patchUser([]),
    status: 400,
    body: { scimType: 'invalidSyntax' },
  },
  {
    rfc: '7644 §3.5.2',
    is: 'PATCH of nobody is 404',
    ask: ({ scim }) => scim.patch('/Users/none', [{ op: 'add', path: 'title', value: 'x' }]),
    status: 404,
  },
  {
    rfc: '7644 §3.9',
    is: 'attributes count when patching',
    ask: onUser({}, ({ scim }, id) =>
      scim.patch(`/Users/${id}?attributes=title`, [{ op: 'add', path: 'title', value: 'x' }]),
    ),
    status: 200,
    holds: ({ body }) => Object.keys(body).toSorted().join() === 'id,schemas,title',
  },
  {
    rfc: '7644 §3.5.2',
    is: 'a patched group is 204',
    ask: onGroup(({ scim, ada }, id) =>
      scim.patch(`/Groups/${id}`, [{ op: 'add', path: 'members', value: [{ value: ada.id }] }]),
    ),
    status: 204,
    holds: ({ text, headers }) => text === '' && headers['etag'] !== undefined,
  },
  {
    rfc: '7644 §3.5.2',
    is: 'and 200 where attributes are asked for',
    ask: onGroup(({ scim, ada }, id) =>
      scim.patch(`/Groups/${id}?attributes=members`, [{ op: 'add', path: 'members', value: [{ value: ada.id }] }]),
    ),
    status: 200,
    holds: hasMembers(({ ada }) => [ada.id]),
  },
  {
    rfc: '7644 §3.5.2.1',
    is: 'add a member',
    ask: patchGroup(({ eve }) => [{ op: 'add', path: 'members', value: [{ value: eve.id }] }]),
    status: 200,
    holds: hasMembers((seed) => [...both(seed), seed.eve.id]),
  },
  {
    rfc: '7644 §3.5.2.1',
    is: 'add a member without a path',
    ask: patchGroup(({ eve }) => [{ op: 'add', value: { members: [{ value: eve.id }] } }]),
    status: 200,
    holds: hasMembers((seed) => [...both(seed), seed.eve.id]),
  },
  {
    rfc: '7644 §3.5.2.2',
    is: 'remove a member',
    ask: patchGroup(({ ada }) => [{ op: 'remove', path: `members[value eq "${ada.id}"]` }]),
    status: 200,
    holds: hasMembers(({ bob }) => [bob.id]),
  },
  {
    rfc: '7644 §3.5.2.2',
    is: 'remove members by a filter of two',
    ask: patchGroup(({ ada, bob }) => [
      { op: 'remove', path: `members[value eq "${ada.id}" or value eq "${bob.id}"]` },
    ]),
    status: 200,
    holds: hasMembers(() => []),
  },
  {
    rfc: '7644 §3.5.2.2',
    is: 'remove by what is shown',
    ask: patchGroup(() => [{ op: 'remove', path: 'members[display eq "Ada Byron"]' }]),
    status: 200,
    holds: hasMembers(({ bob }) => [bob.id]),
  },
  {
    rfc: '7644 §3.5.2.2',
    is: 'remove all members',
    ask: patchGroup(() => [{ op: 'remove', path: 'members' }]),
    status: 200,
    holds: hasMembers(() => []),
  },
  {
    rfc: '7644 §3.5.2.3',
    is: 'replace all members',
    ask: patchGroup(({ eve }) => [{ op: 'replace', path: 'members', value: [{ value: eve.id }] }]),
    status: 200,
    holds: hasMembers(({ eve }) => [eve.id]),
  },
  {
    rfc: '7644 §3.5.2',
    is: 'members in order',
    ask: patchGroup(({ ada, eve }) => [
      { op: 'remove', path: 'members' },
      { op: 'add', path: 'members', value: [{ value: eve.id }, { value: ada.id }] },
      { op: 'remove', path: `members[value eq "${ada.id}"]` },
    ]),
    status: 200,
    holds: hasMembers(({ eve }) => [eve.id]),
  },
  {
    rfc: '7643 §4.2',
    is: 'a member is not changed into another',
    ask: patchGroup(({ ada, eve }) => [{ op: 'replace', path: `members[value eq "${ada.id}"].value`, value: eve.id }]),
    status: 400,
    body: { scimType: 'mutability' },
  },
]
