import { describe, expect, test } from 'vitest'
import {
  bindQuery,
  type JsonObject,
  listResponse,
  parseAttributeList,
  parsePage,
  parseSort,
  project,
  readQueryParameters,
  readSearchRequest,
  searchSchema,
  selectResources,
  sortResources,
} from './index.ts'
import { userType } from './schema/user.ts'
import { ada, enterprise, refusalOf } from './testing/samples.ts'

const withPassword: JsonObject = { ...ada, password: 's3cret', shoeSize: 9 }

const projected = (attributes?: string, excludedAttributes?: string) =>
  project(userType, withPassword, {
    ...(attributes === undefined ? {} : { attributes: parseAttributeList(attributes) }),
    ...(excludedAttributes === undefined ? {} : { excludedAttributes: parseAttributeList(excludedAttributes) }),
  })

describe('projection (RFC 7644 §3.9)', () => {
  test('by default everything that is returned by default', () => {
    expect(projected()).toEqual(ada)
  })

  test.each([
    ['userName', ['userName']],
    ['USERNAME', ['userName']],
    ['userName, title', ['title', 'userName']],
    ['shoeSize', []],
    ['password', []],
    [enterprise, [enterprise]],
    [`${enterprise}:department`, [enterprise]],
    ['urn:ietf:params:scim:schemas:core:2.0:User:title', ['title']],
    ['nickName', []],
    ['meta.version', ['meta']],
  ])('attributes=%s gives that, and schemas and id always', (attributes, expected) => {
    expect(Object.keys(projected(attributes)).toSorted()).toEqual([...expected, 'id', 'schemas'].toSorted())
  })

  test.each([
    ['name.familyName', 'name', { familyName: 'Byron' }],
    ['name.familyName,name.givenName', 'name', { familyName: 'Byron', givenName: 'Ada' }],
    ['name.familyName,name', 'name', ada['name']],
    ['emails.value', 'emails', [{ value: 'ada@acme.example' }, { value: 'ada@home.example' }]],
    ['emails.primary', 'emails', [{ primary: true }]],
    ['emails.display', 'emails', undefined],
    [`${enterprise}:manager.value`, enterprise, { manager: { value: '01U-BOSS' } }],
  ])('attributes=%s gives only that sub-attribute', (attributes, name, expected) => {
    expect(projected(attributes)[name]).toEqual(expected)
  })

  test.each([
    ['emails', 'emails', undefined],
    ['emails.type,emails.primary', 'emails', [{ value: 'ada@acme.example' }, { value: 'ada@home.example' }]],
    ['id', 'id', '01U-ADA'],
    ['schemas', 'schemas', ada['schemas']],
    [enterprise, enterprise, undefined],
    [`${enterprise}:manager`, enterprise, { employeeNumber: '701984', department: 'Maths' }],
    ['shoeSize', 'title', 'Engineer'],
  ])('excludedAttributes=%s', (excluded, name, expected) => {
    expect(projected(undefined, excluded)[name]).toEqual(expected)
  })

  test('with both, what is excluded is taken from what was asked for', () => {
    expect(projected('name,title', 'name.formatted,title')).toEqual({
      schemas: ada['schemas'],
      id: ada['id'],
      name: { familyName: 'Byron', givenName: 'Ada' },
    })
  })

  test('what is returned on request comes only when it is named', () => {
    const attributes = userType.schema.attributes.map((attribute) =>
      attribute.name === 'title' ? { ...attribute, returned: 'request' as const } : attribute,
    )
    const type = { ...userType, schema: { ...userType.schema, attributes } }
    expect(project(type, ada)['title']).toBeUndefined()
    expect(project(type, ada, { attributes: parseAttributeList('title') })['title']).toBe('Engineer')
  })

  test('a list that is none is refused', () => {
    expect(refusalOf(() => parseAttributeList('user name'))).toMatchObject({ scimType: 'invalidValue' })
    expect(refusalOf(() => parseAttributeList('a,'.repeat(201)))).toMatchObject({ scimType: 'invalidValue' })
  })
})

describe('sorting (RFC 7644 §3.4.2.3)', () => {
  const people: readonly JsonObject[] = [
    { id: 'c', userName: 'bob', active: true, emails: [{ value: 'z@x' }, { value: 'b@x', primary: true }] },
    {
      id: 'A',
      userName: 'Ada',
      active: false,
      meta: { created: '2026-01-01T12:00:00+03:00' },
      emails: [{ value: 'c@x' }],
    },
    {
      id: 'b',
      userName: 'cyd',
      meta: { created: '2026-01-01T10:00:00Z' },
      emails: [{ value: 'A@x' }, { value: 'y@x' }],
    },
    { id: 'd', userName: 'Bob', meta: { created: '2026-01-01T11:30:00+03:00' } },
  ]
  test.each<[string, string | undefined, string, string]>([
    ['userName', undefined, 'A c d b', 'without case, and stable'],
    ['userName', 'descending', 'b c d A', 'descending, and stable'],
    ['id', 'ascending', 'A b c d', 'with case'],
    ['emails', undefined, 'b c A d', 'by the primary value or the first; without a value last'],
    ['emails.value', 'DESCENDING', 'd A c b', 'without a value first when descending'],
    ['meta.created', undefined, 'd A b c', 'by moments'],
    ['active', undefined, 'A c b d', 'by booleans'],
    ['schemas', undefined, 'c A b d', 'by what nobody has'],
  ])('sortBy=%s sortOrder=%s gives %s: %s', (sortBy, sortOrder, expected) => {
    const sorted = sortResources(people, parseSort(userType, sortBy, sortOrder))
    expect(sorted.map(({ id }) => id).join(' ')).toBe(expected)
  })

  test.each([
    ['shoeSize', 'ascending'],
    ['name', 'ascending'],
    ['password', 'ascending'],
    ['user name', 'ascending'],
    ['userName', 'upwards'],
  ])('sortBy=%s sortOrder=%s is refused', (sortBy, sortOrder) => {
    expect(refusalOf(() => parseSort(userType, sortBy, sortOrder))).toMatchObject({ scimType: 'invalidValue' })
  })
})

describe('paging (RFC 7644 §3.4.2.4)', () => {
  test.each([
    [{}, 1, 100],
    [{ startIndex: '11', count: '10' }, 11, 10],
    [{ startIndex: '0' }, 1, 100],
    [{ startIndex: '-5' }, 1, 100],
    [{ count: '0' }, 1, 0],
    [{ count: '-1' }, 1, 0],
    [{ count: '100000' }, 1, 500],
    [{ startIndex: 3, count: 2 }, 3, 2],
  ])('%j is page %i of %i', (asked, startIndex, count) => {
    expect(parsePage(asked)).toEqual({ startIndex, count })
  })

  test.each([[{ count: 'ten' }], [{ count: '1.5' }], [{ startIndex: '1e3' }], [{ startIndex: 1.5 }], [{ count: '' }]])(
    '%j is refused',
    (asked) => {
      expect(refusalOf(() => parsePage(asked))).toMatchObject({ status: 400, scimType: 'invalidValue' })
    },
  )

  test('the total counts everything that was found, the page only what it holds', () => {
    const people = Array.from({ length: 7 }, (_, i) => ({ id: String(i), userName: `u${i}`, active: i !== 3 }))
    const request = readQueryParameters({ filter: 'active eq true', startIndex: '5', count: '5', sortBy: 'userName' })
    const query = bindQuery(userType, request)
    const found = selectResources(people, query)
    expect(listResponse({ ...found, startIndex: query.page.startIndex })).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 6,
      startIndex: 5,
      itemsPerPage: 2,
      Resources: [people[5], people[6]],
    })
  })

  test('finding nothing is an empty list', () => {
    const found = selectResources([ada], bindQuery(userType, { filter: 'userName eq "nobody"' }))
    expect(listResponse({ ...found, startIndex: 1 })).toMatchObject({ totalResults: 0, itemsPerPage: 0, Resources: [] })
  })
})

describe('/.search (RFC 7644 §3.4.3)', () => {
  test('asks as an address does', () => {
    const request = readSearchRequest({
      schemas: [searchSchema],
      attributes: ['userName'],
      excludedAttributes: ['emails'],
      Filter: 'title pr',
      sortBy: 'userName',
      sortOrder: 'descending',
      startIndex: 1,
      count: 10,
    })
    const query = bindQuery(userType, request)
    expect(query).toMatchObject({
      filter: { kind: 'present' },
      sort: { descending: true },
      page: { startIndex: 1, count: 10 },
      projection: { attributes: [{ name: 'userName' }], excludedAttributes: [{ name: 'emails' }] },
    })
  })

  test.each<[string, JsonObject, string]>([
    ['another schema', { schemas: ['urn:x'] }, 'invalidSyntax'],
    ['no schema', { filter: 'title pr' }, 'invalidSyntax'],
    ['a filter that is no string', { schemas: [searchSchema], filter: 5 }, 'invalidValue'],
    ['attributes that are no list', { schemas: [searchSchema], attributes: 'a' }, 'invalidValue'],
    ['attributes that are no strings', { schemas: [searchSchema], attributes: [1] }, 'invalidValue'],
    ['a count that is a string', { schemas: [searchSchema], count: '5' }, 'invalidValue'],
  ])('is refused with %s', (_name, body, scimType) => {
    expect(refusalOf(() => readSearchRequest(body))).toMatchObject({ status: 400, scimType })
  })

  test('a parameter that is given twice is refused', () => {
    expect(refusalOf(() => readQueryParameters({ filter: ['a pr', 'b pr'] }))).toMatchObject({
      scimType: 'invalidValue',
    })
  })
})
