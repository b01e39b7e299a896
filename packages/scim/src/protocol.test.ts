import { describe, expect, test } from 'vitest'
import {
  badRequest,
  checkRead,
  checkWrite,
  errorDocument,
  negotiateMediaType,
  requireScimContent,
  resourceTypeDocument,
  resourceTypesDocument,
  ScimError,
  schemaDocument,
  schemasDocument,
  serviceProviderConfig,
  weakTag,
} from './index.ts'
import { groupType } from './schema/group.ts'
import { userSchemaId, userType } from './schema/user.ts'
import { enterprise, refusalOf } from './testing/samples.ts'

describe('errors (RFC 7644 §3.12)', () => {
  test('the status is a string and scimType is there where there is one', () => {
    expect(errorDocument(badRequest('invalidFilter', 'No.'))).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '400',
      scimType: 'invalidFilter',
      detail: 'No.',
    })
    expect(errorDocument(new ScimError(404, 'Gone.'))).not.toHaveProperty('scimType')
  })
})

describe('versions (RFC 7644 §3.14)', () => {
  const tag = weakTag(7)

  test('a tag is weak and quoted', () => {
    expect(tag).toBe('W/"7"')
    expect(() => weakTag('a"b')).toThrow(RangeError)
  })

  test.each([
    [undefined, true],
    ['W/"7"', true],
    ['"7"', true],
    ['*', true],
    ['W/"6", W/"7"', true],
    ['W/"6" ,"8"', false],
    ['""', false],
  ])('If-Match: %s', (ifMatch, isMet) => {
    const check = () => checkWrite({ ifMatch }, tag)
    if (isMet) expect(check).not.toThrow()
    else expect(refusalOf(check)).toMatchObject({ status: 412 })
  })

  test('If-Match: * needs a resource, If-None-Match: * needs none', () => {
    expect(refusalOf(() => checkWrite({ ifMatch: '*' }, undefined))).toMatchObject({ status: 412 })
    expect(refusalOf(() => checkWrite({ ifNoneMatch: '*' }, tag))).toMatchObject({ status: 412 })
    expect(() => checkWrite({ ifNoneMatch: '*' }, undefined)).not.toThrow()
  })

  test.each([
    ['W/"7"', 'notModified'],
    ['W/"1","7"', 'notModified'],
    ['*', 'notModified'],
    ['W/"8"', 'proceed'],
    [undefined, 'proceed'],
  ])('If-None-Match: %s on reading is %s', (ifNoneMatch, expected) => {
    expect(checkRead({ ifNoneMatch }, tag)).toBe(expected)
  })

  test.each(['7', 'W/7', '"7', '"7" "8"', '"7",', '', 'w/"7"'])(
    'a condition that is no list of tags: %s',
    (ifMatch) => {
      expect(refusalOf(() => checkWrite({ ifMatch }, tag))).toMatchObject({ status: 400 })
    },
  )
})

describe('media types (RFC 7644 §3.1, §3.8)', () => {
  test.each([
    ['application/scim+json', true],
    ['application/scim+json; charset=utf-8', true],
    ['application/json', true],
    ['Application/JSON;charset="UTF-8"', true],
    ['application/json-patch+json', false],
    ['application/json; charset=latin1', false],
    ['text/plain', false],
    [undefined, false],
  ])('a body of %s', (contentType, isTaken) => {
    const check = () => requireScimContent(contentType)
    if (isTaken) expect(check).not.toThrow()
    else expect(refusalOf(check)).toMatchObject({ status: 415 })
  })

  test.each([
    [undefined, 'application/scim+json'],
    ['', 'application/scim+json'],
    ['*/*', 'application/scim+json'],
    ['application/*', 'application/scim+json'],
    ['application/scim+json', 'application/scim+json'],
    ['application/json', 'application/json'],
    ['application/json, */*;q=0.1', 'application/json'],
    ['application/scim+json, application/json', 'application/scim+json'],
    ['application/scim+json;q=0.5, application/json', 'application/json'],
    ['text/html, application/scim+json;q=0.1', 'application/scim+json'],
    ['*/*, application/scim+json;q=0', 'application/json'],
  ])('Accept: %s is answered with %s', (accept, expected) => {
    expect(negotiateMediaType(accept)).toBe(expected)
  })

  test.each(['text/html', 'application/xml', 'application/json;q=0'])('Accept: %s cannot be met', (accept) => {
    expect(refusalOf(() => negotiateMediaType(accept))).toMatchObject({ status: 406 })
  })
})

describe('discovery (RFC 7644 §4)', () => {
  const discovery = { baseUrl: 'https://support.example/scim/v2', types: [userType, groupType] }

  test('all schemas, each by its URN', () => {
    const { Resources, totalResults } = schemasDocument(discovery)
    expect(totalResults).toBe(3)
    expect(Resources.map(({ id }) => id)).toEqual([userSchemaId, enterprise, groupType.schema.id])
    expect(schemaDocument(discovery, userSchemaId)).toEqual(Resources[0])
    expect(schemaDocument(discovery, 'urn:x')).toBeUndefined()
  })

  test('a schema tells the characteristics of each attribute', () => {
    const attributes = schemaDocument(discovery, userSchemaId)?.['attributes']
    const found = Array.isArray(attributes) ? attributes.find(({ name }) => name === 'userName') : undefined
    expect(found).toEqual({
      name: 'userName',
      type: 'string',
      multiValued: false,
      description: 'The name that the user signs in with.',
      required: true,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'server',
    })
    expect(JSON.stringify(attributes)).toContain('"canonicalValues":["work","home","other"]')
  })

  test.each([
    'userName name displayName nickName profileUrl title userType preferredLanguage locale timezone active password',
    'emails phoneNumbers ims photos addresses groups entitlements roles x509Certificates',
  ])('the user has every attribute of RFC 7643 §4.1: %s', (names) => {
    const known = userType.schema.attributes.map(({ name }) => name)
    expect(known).toEqual(expect.arrayContaining(names.split(' ')))
  })

  test('the resource types name their extensions', () => {
    expect(resourceTypesDocument(discovery)).toMatchObject({
      totalResults: 2,
      Resources: [{ id: 'User' }, { id: 'Group' }],
    })
    expect(resourceTypeDocument(discovery, 'User')).toMatchObject({
      endpoint: '/Users',
      schema: userSchemaId,
      schemaExtensions: [{ schema: enterprise, required: false }],
      meta: { location: 'https://support.example/scim/v2/ResourceTypes/User' },
    })
    expect(resourceTypeDocument(discovery, 'Device')).toBeUndefined()
  })

  test('the configuration says what is supported', () => {
    const limits = { maxResults: 500, maxOperations: 1_000, maxPayloadSize: 1_048_576 }
    expect(serviceProviderConfig(discovery.baseUrl, limits)).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: 1_048_576 },
      filter: { supported: true, maxResults: 500 },
      sort: { supported: true },
      etag: { supported: true },
      changePassword: { supported: false },
      authenticationSchemes: [{ type: 'oauthbearertoken', primary: true }],
    })
  })
})
