import { describe, expect, test } from 'vitest'
import { type Json, type JsonObject, newResource, replacedResource } from './index.ts'
import { groupType } from './schema/group.ts'
import { userSchemaId, userType } from './schema/user.ts'
import { ada, enterprise, refusalOf } from './testing/samples.ts'

const create = (more: JsonObject) => newResource(userType, { schemas: [userSchemaId], userName: 'u', ...more })

describe('a new resource (RFC 7644 §3.3)', () => {
  test.each<[string, JsonObject, string, Json | undefined]>([
    ['names are made canonical', { NICKNAME: 'A' }, 'nickName', 'A'],
    ['so are those of sub-attributes', { name: { GIVENNAME: 'A' } }, 'name', { givenName: 'A' }],
    ['an id is the service’s to give', { id: 'x' }, 'id', undefined],
    ['so is meta', { meta: { version: 'x' } }, 'meta', undefined],
    ['groups of a user are read-only', { groups: [{ value: 'g' }] }, 'groups', undefined],
    ['an empty list is absence', { emails: [] }, 'emails', undefined],
    ['null is absence', { title: null }, 'title', undefined],
    ['an empty complex value is absence', { name: {} }, 'name', undefined],
    ['a complex value of nulls is absence', { name: { givenName: null } }, 'name', undefined],
    ['"True" is a boolean', { active: 'True' }, 'active', true],
    ['"false" is a boolean', { active: 'false' }, 'active', false],
    ['"True" in an element', { roles: [{ value: 'r', primary: 'True' }] }, 'roles', [{ value: 'r', primary: true }]],
    ['a bare string for an element', { roles: ['r'] }, 'roles', [{ value: 'r' }]],
    ['one element for a list', { roles: { value: 'r' } }, 'roles', [{ value: 'r' }]],
    ['the same element twice', { roles: [{ value: 'r' }, { value: 'R' }] }, 'roles', [{ value: 'R' }]],
    [
      'the same value with two types',
      {
        phoneNumbers: [
          { value: '1', type: 'work' },
          { value: '1', type: 'fax' },
        ],
      },
      'phoneNumbers',
      [
        { value: '1', type: 'work' },
        { value: '1', type: 'fax' },
      ],
    ],
    [
      'a type that is not canonical is kept as sent',
      { ims: [{ value: 'x', type: 'Matrix' }] },
      'ims',
      [{ value: 'x', type: 'Matrix' }],
    ],
    ['unknown attributes are ignored', { shoeSize: 9 }, 'shoeSize', undefined],
    ['unknown sub-attributes are ignored', { name: { givenName: 'A', shoe: 1 } }, 'name', { givenName: 'A' }],
    ['a bare manager', { [enterprise]: { manager: 'u9' } }, enterprise, { manager: { value: 'u9' } }],
    ['an empty manager', { [enterprise]: { manager: '' } }, enterprise, undefined],
    [
      'an extension in another case',
      { [enterprise.toUpperCase()]: { costCenter: '7' } },
      enterprise,
      { costCenter: '7' },
    ],
    ['a password is taken', { password: 'Pa55' }, 'password', 'Pa55'],
    ['a certificate in base64', { x509Certificates: [{ value: 'TUlJ' }] }, 'x509Certificates', [{ value: 'TUlJ' }]],
  ])('%s', (_name, body, attribute, expected) => {
    expect(create(body)[attribute]).toEqual(expected)
  })

  test('schemas follows from the content', () => {
    expect(create({})['schemas']).toEqual([userSchemaId])
    expect(create({ [enterprise]: { department: 'D' } })['schemas']).toEqual([userSchemaId, enterprise])
    expect(create({ schemas: [userSchemaId, enterprise, 'urn:example:more'] })['schemas']).toEqual([userSchemaId])
  })

  test.each<[string, JsonObject, string]>([
    ['without schemas', { schemas: null }, 'invalidSyntax'],
    ['with the schema of a group', { schemas: [groupType.schema.id] }, 'invalidSyntax'],
    ['without a required attribute', { userName: null }, 'invalidValue'],
    ['with an empty one', { userName: '' }, 'invalidValue'],
    ['with a number for a string', { title: 5 }, 'invalidValue'],
    ['with a word for a boolean', { active: 'yes' }, 'invalidValue'],
    ['with a number for a boolean', { active: 1 }, 'invalidValue'],
    ['with a list for one value', { title: ['x'] }, 'invalidValue'],
    ['with a number for an element', { emails: [5] }, 'invalidValue'],
    ['with a string for a complex value', { name: 'Ada' }, 'invalidValue'],
    ['with an object for a string', { title: {} }, 'invalidValue'],
    [
      'with two primaries',
      {
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      'invalidValue',
    ],
    ['with a string for an extension', { [enterprise]: 'x' }, 'invalidValue'],
    ['with an attribute given twice', { title: 'x', TITLE: 'y' }, 'invalidSyntax'],
    ['with what is no base64', { x509Certificates: [{ value: '<x>' }] }, 'invalidValue'],
  ])('is refused %s', (_name, body, scimType) => {
    expect(refusalOf(() => create(body))).toMatchObject({ status: 400, scimType })
  })

  test.each<[string, JsonObject]>([
    ['an attribute', { shoeSize: 9 }],
    ['a sub-attribute', { name: { shoe: 1 } }],
    ['an attribute of an extension', { [enterprise]: { shoe: 1 } }],
    ['an extension', { 'urn:example:more': {} }],
    ['a schema', { schemas: [userSchemaId, 'urn:example:more'] }],
  ])('unknown names are refused where the policy says so: %s', (_name, more) => {
    const body = { schemas: [userSchemaId], userName: 'u', ...more }
    expect(refusalOf(() => newResource(userType, body, 'refuse'))).toMatchObject({ scimType: 'invalidSyntax' })
  })

  test('members of a group need an id', () => {
    const body = { schemas: [groupType.schema.id], displayName: 'G', members: [{ type: 'User' }] }
    expect(refusalOf(() => newResource(groupType, body))).toMatchObject({ scimType: 'invalidValue' })
  })
})

describe('a replaced resource (RFC 7644 §3.5.1)', () => {
  const replace = (body: JsonObject) =>
    replacedResource(userType, { existing: ada, body: { schemas: [userSchemaId], userName: 'new', ...body } })

  test('what is not sent is gone; what is read-only stays, whatever was sent', () => {
    const next = replace({ id: 'x', groups: [], meta: { version: 'x' } })
    expect(next).toEqual({
      schemas: [userSchemaId],
      id: ada['id'],
      meta: ada['meta'],
      userName: 'new',
      active: true,
      groups: ada['groups'],
    })
  })

  test('active stays as it is unless it is sent', () => {
    const existing = { ...ada, active: false }
    const body = { schemas: [userSchemaId], userName: 'u' }
    expect(replacedResource(userType, { existing, body })['active']).toBe(false)
    expect(replacedResource(userType, { existing, body: { ...body, active: true } })['active']).toBe(true)
    expect(replacedResource(userType, { existing, body }, { keepWhenAbsent: [] })['active']).toBeUndefined()
  })

  test('an immutable attribute may be sent again, not changed, and stays when it is not sent', () => {
    const attributes = userType.schema.attributes.map((attribute) =>
      attribute.name === 'userType' ? { ...attribute, mutability: 'immutable' as const } : attribute,
    )
    const type = { ...userType, schema: { ...userType.schema, attributes } }
    const existing = { ...ada, userType: 'Employee' }
    const body = { schemas: [userSchemaId], userName: 'u' }
    expect(replacedResource(type, { existing, body })['userType']).toBe('Employee')
    expect(replacedResource(type, { existing, body: { ...body, userType: 'Employee' } })['userType']).toBe('Employee')
    const change = () => replacedResource(type, { existing, body: { ...body, userType: 'Guest' } })
    expect(refusalOf(change)).toMatchObject({ status: 400, scimType: 'mutability' })
    expect(replacedResource(type, { existing: ada, body: { ...body, userType: 'Guest' } })['userType']).toBe('Guest')
  })
})
