import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from './index.ts'
import { applyPatch, parsePatch, patchSchema } from './index.ts'
import { groupType } from './schema/group.ts'
import { userType } from './schema/user.ts'
import { ada, enterprise, maths, refusalOf } from './testing/samples.ts'

type Op = { op: string; path?: string; value?: Json }

const patch = (resource: JsonObject, operations: readonly Op[]) =>
  applyPatch(resource === maths ? groupType : userType, {
    resource,
    operations: parsePatch({ schemas: [patchSchema], Operations: operations }),
  })
const patched = (operation: Op, resource = ada) => patch(resource, [operation]).resource
const names = (operation: Op, resource = ada) => patch(resource, [operation]).changes.map(({ name }) => name)

const work = { value: 'ada@acme.example', type: 'work', primary: true }
const home = { value: 'ada@home.example', type: 'home' }
const other = { value: 'a@b.example', type: 'other' }

describe('what an operation leaves behind (RFC 7644 §3.5.2)', () => {
  test.each<[string, Op, string, Json | undefined]>([
    ['add a simple attribute', { op: 'add', path: 'nickName', value: 'A' }, 'nickName', 'A'],
    ['add over a simple attribute', { op: 'add', path: 'title', value: 'Chief' }, 'title', 'Chief'],
    ['replace a simple attribute', { op: 'replace', path: 'title', value: 'Chief' }, 'title', 'Chief'],
    ['replace an absent one', { op: 'replace', path: 'nickName', value: 'A' }, 'nickName', 'A'],
    ['replace by null unsets', { op: 'replace', path: 'title', value: null }, 'title', undefined],
    ['remove a simple attribute', { op: 'remove', path: 'title' }, 'title', undefined],
    ['remove an absent one', { op: 'remove', path: 'nickName' }, 'nickName', undefined],
    ['a path in another case', { op: 'replace', path: 'TITLE', value: 'x' }, 'title', 'x'],
    [
      'a path with the URN of the core schema',
      { op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:title', value: 'x' },
      'title',
      'x',
    ],
    [
      'replace a sub-attribute',
      { op: 'replace', path: 'name.givenName', value: 'Augusta' },
      'name',
      { formatted: 'Dr Ada Byron', familyName: 'Byron', givenName: 'Augusta' },
    ],
    [
      'remove a sub-attribute',
      { op: 'remove', path: 'name.formatted' },
      'name',
      { familyName: 'Byron', givenName: 'Ada' },
    ],
    [
      'replace a complex attribute leaves what is not named',
      { op: 'replace', path: 'name', value: { familyName: 'King' } },
      'name',
      { formatted: 'Dr Ada Byron', familyName: 'King', givenName: 'Ada' },
    ],
    ['remove a complex attribute', { op: 'remove', path: 'name' }, 'name', undefined],
    ['add one element', { op: 'add', path: 'emails', value: other }, 'emails', [work, home, other]],
    ['add a list of elements', { op: 'add', path: 'emails', value: [other] }, 'emails', [work, home, other]],
    ['add what is there already', { op: 'add', path: 'emails', value: [home] }, 'emails', [work, home]],
    [
      'add a new primary takes it from the old',
      { op: 'add', path: 'emails', value: [{ ...other, primary: true }] },
      'emails',
      [{ ...work, primary: false }, home, { ...other, primary: true }],
    ],
    ['replace all elements', { op: 'replace', path: 'emails', value: [other] }, 'emails', [other]],
    ['replace by an empty list', { op: 'replace', path: 'emails', value: [] }, 'emails', undefined],
    ['remove all elements', { op: 'remove', path: 'emails' }, 'emails', undefined],
    ['remove by a value path', { op: 'remove', path: 'emails[type eq "work"]' }, 'emails', [home]],
    ['remove what no element matches', { op: 'remove', path: 'emails[type eq "x"]' }, 'emails', [work, home]],
    [
      'remove a sub-attribute of an element',
      { op: 'remove', path: 'emails[type eq "work"].primary' },
      'emails',
      [{ value: 'ada@acme.example', type: 'work' }, home],
    ],
    ['an element without its value goes', { op: 'remove', path: 'emails[type eq "home"].value' }, 'emails', [work]],
    [
      'so does one whose value is null',
      { op: 'replace', path: 'emails[type eq "home"].value', value: null },
      'emails',
      [work],
    ],
    [
      'replace a sub-attribute of an element',
      { op: 'replace', path: 'emails[type eq "home"].value', value: 'h@b.example' },
      'emails',
      [work, { value: 'h@b.example', type: 'home' }],
    ],
    [
      'replace a whole element',
      { op: 'replace', path: 'emails[type eq "work"]', value: { value: 'w@b.example' } },
      'emails',
      [{ type: 'work', value: 'w@b.example' }, home],
    ],
    [
      'add into an element',
      { op: 'add', path: 'emails[type eq "home"]', value: { display: 'At home' } },
      'emails',
      [work, { ...home, display: 'At home' }],
    ],
    [
      'make another element primary',
      { op: 'replace', path: 'emails[type eq "home"].primary', value: true },
      'emails',
      [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    ],
    [
      'a filter with and, or and not',
      { op: 'remove', path: 'emails[not (type eq "work") and (value co "@home" or value co "@x")]' },
      'emails',
      [work],
    ],
    [
      'a value path that finds nothing creates on add',
      { op: 'add', path: 'emails[type eq "other"].value', value: 'a@b.example' },
      'emails',
      [work, home, other],
    ],
    [
      'and on replace of a sub-attribute',
      { op: 'replace', path: 'addresses[type eq "home"].locality', value: 'Volos' },
      'addresses',
      [
        { type: 'work', streetAddress: '1 Mill Lane', locality: 'Athens', country: 'GR' },
        { type: 'home', locality: 'Volos' },
      ],
    ],
    [
      'an attribute of an extension',
      { op: 'replace', path: `${enterprise}:department`, value: 'Logic' },
      enterprise,
      { employeeNumber: '701984', department: 'Logic', manager: { value: '01U-BOSS', displayName: 'Boss' } },
    ],
    [
      'a sub-attribute of an extension',
      { op: 'replace', path: `${enterprise}:manager.value`, value: 'u9' },
      enterprise,
      { employeeNumber: '701984', department: 'Maths', manager: { value: 'u9', displayName: 'Boss' } },
    ],
    ['a whole extension', { op: 'remove', path: enterprise }, enterprise, undefined],
    [
      'an extension by a nested value',
      { op: 'add', value: { [enterprise]: { costCenter: '7', manager: null } } },
      enterprise,
      { employeeNumber: '701984', costCenter: '7', department: 'Maths' },
    ],
    ['no path, add', { op: 'add', value: { nickName: 'A', emails: [other] } }, 'emails', [work, home, other]],
    ['no path, replace', { op: 'replace', value: { emails: [other] } }, 'emails', [other]],
    ['no path, unknown names are ignored', { op: 'replace', value: { shoeSize: 9, title: 'x' } }, 'title', 'x'],
    ['a string for a boolean', { op: 'replace', path: 'active', value: 'False' }, 'active', false],
  ])('%s', (_name, operation, attribute, expected) => {
    const { resource } = patch(ada, [operation])
    expect(resource[attribute]).toEqual(expected)
    const untouched = Object.keys(ada).filter((name) => name !== attribute && name !== 'schemas' && name !== 'nickName')
    for (const name of untouched) expect(resource[name]).toEqual(ada[name])
  })

  test('schemas tells whether the extension is still used', () => {
    expect(patched({ op: 'remove', path: enterprise })['schemas']).toEqual([userType.schema.id])
    expect(patched({ op: 'remove', path: 'title' })['schemas']).toEqual([userType.schema.id, enterprise])
  })

  test.each<[string, Op, Json]>([
    ['add', { op: 'add', path: 'members', value: [{ value: 'u4' }] }, ['u1', 'u2', 'u3', 'u4']],
    ['add a bare id', { op: 'add', path: 'members', value: ['u4'] }, ['u1', 'u2', 'u3', 'u4']],
    ['add who is there', { op: 'add', path: 'members', value: [{ value: 'u2' }] }, ['u1', 'u2', 'u3']],
    ['remove one', { op: 'remove', path: 'members[value eq "u2"]' }, ['u1', 'u3']],
    ['remove two', { op: 'remove', path: 'members[value eq "u2" or value eq "u3"]' }, ['u1']],
    ['remove a listed one', { op: 'remove', path: 'members', value: [{ value: 'u2' }] }, ['u1', 'u3']],
    ['remove nobody', { op: 'remove', path: 'members', value: [] }, ['u1', 'u2', 'u3']],
    ['replace', { op: 'replace', path: 'members', value: [{ value: 'u9' }, { value: 'u9' }] }, ['u9']],
    ['a display name is not taken', { op: 'replace', path: 'members', value: [{ value: 'u9', display: 'x' }] }, ['u9']],
  ])('members of a group: %s', (_name, operation, expected) => {
    const members = patched(operation, maths)['members']
    expect(Array.isArray(members) && members.map((member: JsonObject) => member['value'])).toEqual(expected)
    expect(JSON.stringify(members)).not.toContain('display')
  })
})

describe('what is refused', () => {
  test.each<[string, Op, string]>([
    ['an unknown operation', { op: 'clear', path: 'emails' }, 'invalidSyntax'],
    ['no operation', { op: '', path: 'emails' }, 'invalidSyntax'],
    ['a removal without a path', { op: 'remove' }, 'noTarget'],
    ['an addition without a value', { op: 'add', path: 'title' }, 'invalidValue'],
    ['no path and no object', { op: 'replace', value: 'x' }, 'invalidValue'],
    ['an unknown attribute', { op: 'replace', path: 'shoeSize', value: 9 }, 'invalidPath'],
    ['an unknown sub-attribute', { op: 'replace', path: 'name.shoe', value: 'x' }, 'invalidPath'],
    ['a sub-attribute of a simple one', { op: 'replace', path: 'title.x', value: 'x' }, 'invalidPath'],
    ['a path that is none', { op: 'replace', path: 'emails[type eq "work"]value', value: 'x' }, 'invalidPath'],
    ['a path that goes on', { op: 'replace', path: 'emails[type eq "work"].value.x', value: 'x' }, 'invalidPath'],
    ['a value path on one value', { op: 'replace', path: 'name[givenName pr].x', value: 'x' }, 'invalidPath'],
    ['an unknown attribute in a value path', { op: 'remove', path: 'emails[shoe eq "x"]' }, 'invalidFilter'],
    [
      'replacing an element that is not there',
      { op: 'replace', path: 'emails[type eq "x"]', value: other },
      'noTarget',
    ],
    [
      'creating from a filter that only hints',
      { op: 'add', path: 'emails[type sw "x"].value', value: 'x' },
      'noTarget',
    ],
    ['renaming what is not there', { op: 'replace', path: 'emails[value eq "x"].value', value: 'y' }, 'noTarget'],
    ['a read-only attribute', { op: 'replace', path: 'groups', value: [] }, 'mutability'],
    ['a read-only attribute without a path', { op: 'replace', value: { id: 'x' } }, 'mutability'],
    ['removing a read-only attribute', { op: 'remove', path: 'id' }, 'mutability'],
    ['a part of meta', { op: 'replace', path: 'meta.version', value: 'x' }, 'mutability'],
    ['schemas', { op: 'remove', path: 'schemas' }, 'mutability'],
    [
      'a read-only sub-attribute',
      { op: 'replace', path: `${enterprise}:manager.displayName`, value: 'x' },
      'mutability',
    ],
    ['removing what is required', { op: 'remove', path: 'userName' }, 'mutability'],
    ['emptying what is required', { op: 'replace', path: 'userName', value: '' }, 'mutability'],
    ['a number for a string', { op: 'replace', path: 'title', value: 5 }, 'invalidValue'],
    ['a word for a boolean', { op: 'replace', path: 'active', value: 'yes' }, 'invalidValue'],
    ['a list for one value', { op: 'replace', path: 'title', value: ['x'] }, 'invalidValue'],
    ['a string for a name', { op: 'replace', path: 'name', value: 'x' }, 'invalidValue'],
    [
      'two primaries at once',
      { op: 'replace', path: 'emails', value: [work, { ...home, primary: true }] },
      'invalidValue',
    ],
    ['two primaries by a value path', { op: 'replace', path: 'emails[value pr].primary', value: true }, 'invalidValue'],
  ])('%s', (_name, operation, scimType) => {
    expect(refusalOf(() => patched(operation))).toMatchObject({ status: 400, scimType })
  })

  test.each<[string, Op]>([
    ['the id of a member', { op: 'replace', path: 'members[value eq "u1"].value', value: 'u9' }],
    ['the id of a member, by the whole', { op: 'replace', path: 'members[value eq "u1"]', value: { value: 'u9' } }],
    ['removing the id of a member', { op: 'remove', path: 'members[value eq "u1"].value' }],
    ['the ids of all members', { op: 'replace', path: 'members.value', value: 'u9' }],
    ['the name of the group', { op: 'remove', path: 'displayName' }],
  ])('mutability of a group: %s', (_name, operation) => {
    expect(refusalOf(() => patched(operation, maths))).toMatchObject({ scimType: 'mutability' })
  })

  test('a body that is no PatchOp', () => {
    const operations = [{ op: 'replace', value: { title: 'x' } }]
    expect(refusalOf(() => parsePatch({ Operations: operations }))).toMatchObject({ scimType: 'invalidSyntax' })
    expect(refusalOf(() => parsePatch({ schemas: [patchSchema] }))).toMatchObject({ scimType: 'invalidSyntax' })
    expect(refusalOf(() => parsePatch({ schemas: [patchSchema], Operations: [] }))).toMatchObject({ status: 400 })
    const many = {
      schemas: [patchSchema],
      Operations: Array.from({ length: 1_001 }, () => ({ op: 'remove', path: 'a' })),
    }
    expect(refusalOf(() => parsePatch(many))).toMatchObject({ status: 413 })
  })

  test('unknown names without a path, where the policy is to refuse', () => {
    const operations = parsePatch({ schemas: [patchSchema], Operations: [{ op: 'add', value: { shoe: 1 } }] })
    const run = () => applyPatch(userType, { resource: ada, operations }, 'refuse')
    expect(refusalOf(run)).toMatchObject({ scimType: 'invalidSyntax' })
  })

  test('the refusal says which operation it was, and nothing of the others remains', () => {
    const before = structuredClone(ada)
    const run = () =>
      patch(ada, [
        { op: 'replace', path: 'title', value: 'x' },
        { op: 'remove', path: 'emails' },
        { op: 'replace', path: 'id', value: 'x' },
      ])
    expect(refusalOf(run)).toMatchObject({ scimType: 'mutability', place: { operation: 2 } })
    expect(ada).toEqual(before)
  })
})

describe('what has changed', () => {
  test('by canonical name, sub-attributes of single values apart', () => {
    expect(names({ op: 'replace', value: { TITLE: 'x', 'name.givenName': 'y', active: true } })).toEqual([
      'name.givenName',
      'title',
    ])
    expect(names({ op: 'replace', path: `${enterprise}:manager`, value: 'u9' })).toEqual([
      `${enterprise}:manager.value`,
    ])
  })

  test('nothing, when it was so already', () => {
    expect(names({ op: 'replace', path: 'active', value: 'True' })).toEqual([])
    expect(names({ op: 'replace', path: 'emails', value: [home, work] })).toEqual([])
  })

  test('of a group only who came and who went', () => {
    const { changes } = patch(maths, [
      { op: 'add', path: 'members', value: [{ value: 'u4' }] },
      { op: 'remove', path: 'members[value eq "u1"]' },
    ])
    expect(changes).toEqual([
      { kind: 'elements', name: 'members', added: [{ value: 'u4' }], removed: [{ value: 'u1', type: 'User' }] },
    ])
  })

  test('a password is taken, and only its name is told', () => {
    const { resource, changes } = patch(ada, [{ op: 'replace', path: 'password', value: 's3cret' }])
    expect(resource['password']).toBe('s3cret')
    expect(changes).toEqual([{ kind: 'secret', name: 'password' }])
  })

  test('what one operation removes the next may set', () => {
    const { changes } = patch(ada, [
      { op: 'remove', path: 'userName' },
      { op: 'add', path: 'userName', value: 'new@acme.example' },
    ])
    expect(changes).toEqual([{ kind: 'value', name: 'userName', old: 'Ada@Acme.example', new: 'new@acme.example' }])
  })
})
