import { describe, expect, test } from 'vitest'
import {
  applyPatch,
  bindQuery,
  type JsonObject,
  newResource,
  parseBody,
  parsePatch,
  project,
  readQueryParameters,
  replacedResource,
  selectResources,
} from './index.ts'
import { groupType } from './schema/group.ts'
import { userSchemaId, userType } from './schema/user.ts'
import { ada, enterprise, maths, refusalOf } from './testing/samples.ts'

// Bodies are texts, as they come over the wire.
const patchUser = (body: string, resource: JsonObject = ada) =>
  applyPatch(userType, { resource, operations: parsePatch(parseBody(body)) })
const patchGroup = (body: string, resource: JsonObject = maths) =>
  applyPatch(groupType, { resource, operations: parsePatch(parseBody(body)) })
const patchOp = (operations: string) =>
  `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[${operations}]}`
const memberIds = ({ members }: JsonObject) =>
  Array.isArray(members) ? members.map(({ value }: { value: string }) => value) : []
const find = (parameters: Record<string, string>, resources: readonly JsonObject[] = [ada]) =>
  selectResources(resources, bindQuery(userType, readQueryParameters(parameters)))

describe('Entra ID as it is by default', () => {
  test('creates a user', () => {
    const body = parseBody(`{
      "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User","${enterprise}"],
      "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
      "userName": "Ada_ab@acme.example", "active": true,
      "addresses": null, "displayName": "ada byron", "title": "", "preferredLanguage": "",
      "emails": [{"primary": true, "type": "work", "value": "ada@acme.example"}],
      "meta": {"resourceType": "User"},
      "name": {"formatted": "ada byron", "familyName": "byron", "givenName": "ada"},
      "phoneNumbers": [{"value":"+30 210 0000000","type":"work"}],
      "roles": [],
      "${enterprise}": {"employeeNumber":"7","department":"Maths","manager":"u9"}
    }`)
    expect(newResource(userType, body)).toMatchObject({
      schemas: [userSchemaId, enterprise],
      externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
      userName: 'Ada_ab@acme.example',
      active: true,
      emails: [{ value: 'ada@acme.example', type: 'work', primary: true }],
      [enterprise]: { manager: { value: 'u9' } },
    })
  })

  test('creates a group with a schema of its own', () => {
    const body = parseBody(`{
      "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group",
        "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
      "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159", "displayName": "Maths",
      "members": [], "meta": {"resourceType": "Group"}
    }`)
    expect(newResource(groupType, body)).toEqual({
      schemas: [groupType.schema.id],
      externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
      displayName: 'Maths',
    })
  })

  test('deactivates with a string', () => {
    const { resource, changes } = patchUser(patchOp('{"op":"Replace","path":"active","value":"False"}'))
    expect(resource['active']).toBe(false)
    expect(changes).toEqual([{ kind: 'value', name: 'active', old: true, new: false }])
  })

  test('updates one attribute with each operation', () => {
    const { resource, changes } = patchUser(
      patchOp(`{"op":"Replace","path":"displayName","value":"Ada K"},
        {"op":"Replace","path":"name.familyName","value":"King"},
        {"op":"Replace","path":"emails[type eq \\"work\\"].value","value":"king@acme.example"},
        {"op":"Add","path":"phoneNumbers[type eq \\"mobile\\"].value","value":"+30 1"},
        {"op":"Add","path":"addresses[type eq \\"work\\"].postalCode","value":"10431"},
        {"op":"Add","path":"${enterprise}:employeeNumber","value":"8"},
        {"op":"Replace","path":"${enterprise}:manager","value":"u9"},
        {"op":"Remove","path":"title"}`),
    )
    expect(changes.map(({ name }) => name)).toEqual([
      'name.familyName',
      'displayName',
      'title',
      'emails',
      'phoneNumbers',
      'addresses',
      `${enterprise}:employeeNumber`,
      `${enterprise}:manager.value`,
    ])
    expect(resource).toMatchObject({
      emails: [
        { value: 'king@acme.example', type: 'work', primary: true },
        { value: 'ada@home.example', type: 'home' },
      ],
      phoneNumbers: [{ type: 'mobile', value: '+30 1' }],
      addresses: [{ type: 'work', postalCode: '10431', locality: 'Athens' }],
    })
  })

  test('replaces the e-mail address of a user who has none', () => {
    const bare = { schemas: [userSchemaId], userName: 'bob' }
    const body = patchOp('{"op":"Replace","path":"emails[type eq \\"work\\"].value","value":"bob@acme.example"}')
    expect(patchUser(body, bare).resource['emails']).toEqual([{ type: 'work', value: 'bob@acme.example' }])
    const primary = patchOp('{"op":"Add","path":"roles[primary eq \\"True\\"].value","value":"admin"}')
    expect(patchUser(primary, bare).resource['roles']).toEqual([{ primary: true, value: 'admin' }])
  })

  test('adds and removes members; a removal with a value removes only those', () => {
    const added = patchGroup(patchOp('{"op":"Add","path":"members","value":[{"$ref":null,"value":"u1091"}]}')).resource
    expect(memberIds(added)).toEqual(['u1', 'u2', 'u3', 'u1091'])
    const remove = patchOp('{"op":"Remove","path":"members","value":[{"$ref":null,"value":"u1091"}]}')
    expect(memberIds(patchGroup(remove, added).resource)).toEqual(['u1', 'u2', 'u3'])
    expect(patchGroup(remove).changes).toEqual([])
    expect(memberIds(patchGroup(patchOp('{"op":"Remove","path":"members","value":[]}')).resource)).toHaveLength(3)
  })

  test('removes the manager', () => {
    const { resource } = patchUser(patchOp(`{"op":"Remove","path":"${enterprise}:manager"}`))
    expect(resource[enterprise]).toEqual({ employeeNumber: '701984', department: 'Maths' })
  })

  test('tests the connection with a user and a group that do not exist', () => {
    expect(find({ filter: 'userName eq "8f9c2b6e-6c3a-4d8e-9b52-1d2f9d0c7a11"' }).totalResults).toBe(0)
    const query = bindQuery(
      groupType,
      readQueryParameters({ excludedAttributes: 'members', filter: 'displayName eq "8f9c2b6e"' }),
    )
    expect(selectResources([maths], query).totalResults).toBe(0)
    expect(project(groupType, maths, query.projection)).not.toHaveProperty('members')
  })

  test('matches by address, by externalId, and asks whether someone is a member', () => {
    expect(find({ filter: 'emails[type eq "work"].value eq "ada@acme.example"' }).totalResults).toBe(1)
    expect(find({ filter: 'externalId eq "E-701984"' }).totalResults).toBe(1)
    const filter = 'id eq "01G-MATHS" and members eq "u2"'
    const query = bindQuery(groupType, readQueryParameters({ filter, attributes: 'id' }))
    expect(selectResources([maths], query).totalResults).toBe(1)
    const byManager = `id eq "01U-ADA" and ${enterprise}:manager eq "01U-BOSS"`
    expect(find({ filter: byManager, attributes: 'id' }).totalResults).toBe(1)
  })
})

describe('Entra ID with aadOptscim062020', () => {
  test('deactivates with a boolean', () => {
    expect(patchUser(patchOp('{"op":"replace","path":"active","value":false}')).resource['active']).toBe(false)
  })

  test('updates many attributes by dotted keys and URNs, without a path', () => {
    const { resource } = patchUser(
      patchOp(`{"op":"replace","value":{"displayName":"Ada K","name.givenName":"Augusta","name.familyName":"King",
        "emails[type eq \\"work\\"].value":"king@acme.example",
        "${enterprise}:employeeNumber":"8","${enterprise}:manager.value":"u9"}}`),
    )
    expect(resource).toMatchObject({
      displayName: 'Ada K',
      name: { formatted: 'Dr Ada Byron', givenName: 'Augusta', familyName: 'King' },
      emails: [{ value: 'king@acme.example', type: 'work', primary: true }, { type: 'home' }],
      [enterprise]: { employeeNumber: '8', department: 'Maths', manager: { value: 'u9' } },
    })
  })

  test('adds by a value and removes members by value paths', () => {
    const { resource } = patchGroup(
      patchOp(`{"op":"add","path":"members","value":[{"value":"u4"}]},
        {"op":"remove","path":"members[value eq \\"u1\\"]"},{"op":"remove","path":"members[value eq \\"u2\\"]"}`),
    )
    expect(memberIds(resource)).toEqual(['u3', 'u4'])
  })
})

describe('Okta', () => {
  test('tests the connection and matches by userName', () => {
    expect(find({ startIndex: '1', count: '2' }).resources).toHaveLength(1)
    expect(find({ filter: 'userName eq "ada@acme.example"', startIndex: '1', count: '100' }).totalResults).toBe(1)
  })

  test('creates a user with groups and a password', () => {
    const body = parseBody(`{"schemas":["${userSchemaId}"],"userName":"bob@acme.example",
      "name":{"givenName":"Bob","familyName":"Stone"},
      "emails":[{"primary":true,"value":"bob@acme.example","type":"work"}],
      "displayName":"Bob Stone","locale":"en-US","externalId":"00ujl29u0le5T6Aj10h7","groups":[],
      "password":"1mz050nq","active":true}`)
    const created = newResource(userType, body)
    expect(created['groups']).toBeUndefined()
    expect(created['password']).toBe('1mz050nq')
    expect(project(userType, created)).not.toHaveProperty('password')
  })

  test('replaces the whole user, with or without active', () => {
    const body = `{"schemas":["${userSchemaId}"],"id":"01U-ADA","userName":"ada@acme.example",
      "name":{"givenName":"Ada","familyName":"King"},"groups":[{"value":"01G-MATHS","display":"Maths"}],
      "meta":{"resourceType":"User"}}`
    const next = replacedResource(userType, { existing: { ...ada, active: false }, body: parseBody(body) })
    expect(next).toMatchObject({ id: '01U-ADA', active: false, name: { familyName: 'King' }, groups: ada['groups'] })
    expect(next).not.toHaveProperty('emails')
  })

  test('deactivates and reactivates without a path', () => {
    const off = patchUser(patchOp('{"op":"replace","value":{"active":false}}'))
    expect(off.changes.map(({ name }) => name)).toEqual(['active'])
    const on = patchUser(patchOp('{"op":"replace","value":{"active":true}}'), off.resource)
    expect(on.resource).toEqual(ada)
  })

  test('renames a group and sends its id along', () => {
    const { resource } = patchGroup(patchOp('{"op":"replace","value":{"id":"01G-MATHS","displayName":"Logic"}}'))
    expect(resource).toEqual({ ...maths, displayName: 'Logic' })
    const other = patchOp('{"op":"replace","value":{"id":"01G-OTHER","displayName":"Logic"}}')
    expect(refusalOf(() => patchGroup(other))).toMatchObject({ scimType: 'mutability' })
  })

  test('pushes members by additions, removals and whole lists', () => {
    const push = patchOp(`{"op":"remove","path":"members[value eq \\"u3\\"]"},
      {"op":"add","path":"members","value":[{"value":"u7","display":"seven@acme.example"}]}`)
    expect(memberIds(patchGroup(push).resource)).toEqual(['u1', 'u2', 'u7'])
    const whole = patchOp('{"op":"replace","path":"members","value":[{"value":"u9","display":"nine@acme.example"}]}')
    expect(patchGroup(whole).resource['members']).toEqual([{ value: 'u9' }])
  })

  test('sends members with the group itself', () => {
    const body = parseBody(`{"schemas":["${groupType.schema.id}"],"displayName":"Maths",
      "members":[{"value":"u1","display":"one@acme.example"},{"value":"u2"}]}`)
    expect(memberIds(newResource(groupType, body))).toEqual(['u1', 'u2'])
    expect(memberIds(replacedResource(groupType, { existing: maths, body }))).toEqual(['u1', 'u2'])
  })
})

test('an operation that nobody knows changes nothing and clears nothing', () => {
  for (const op of ['clear', 'set', 'delete', 'Remove all']) {
    const body = patchOp(`{"op":"${op}","path":"members"}`)
    expect(refusalOf(() => patchGroup(body))).toMatchObject({ status: 400, scimType: 'invalidSyntax' })
  }
})
