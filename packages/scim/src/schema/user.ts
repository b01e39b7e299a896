import { attribute, plural, type ResourceType, type Schema } from './attribute.ts'

export const userSchemaId = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const enterpriseUserSchemaId = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const name = attribute('name', 'The parts of the name.', {
  type: 'complex',
  subAttributes: [
    attribute('formatted', 'The whole name, as it is shown.'),
    attribute('familyName', 'The family name.'),
    attribute('givenName', 'The given name.'),
    attribute('middleName', 'The middle names.'),
    attribute('honorificPrefix', 'The title before the name.'),
    attribute('honorificSuffix', 'The title after the name.'),
  ],
})

const addresses = attribute('addresses', 'Postal addresses.', {
  type: 'complex',
  multiValued: true,
  subAttributes: [
    attribute('formatted', 'The whole address, as it is shown.'),
    attribute('streetAddress', 'Street and number.'),
    attribute('locality', 'City or place.'),
    attribute('region', 'State or region.'),
    attribute('postalCode', 'Postal code.'),
    attribute('country', 'Country, ISO 3166-1 alpha-2.'),
    attribute('type', 'What the address is for.', { canonicalValues: ['work', 'home', 'other'] }),
    attribute('primary', 'Whether this is the preferred address; true at most once.', { type: 'boolean' }),
  ],
})

const groups = attribute('groups', 'The groups that the user belongs to; changed through the groups.', {
  type: 'complex',
  multiValued: true,
  mutability: 'readOnly',
  subAttributes: [
    attribute('value', 'The id of the group.', { caseExact: true, mutability: 'readOnly' }),
    attribute('$ref', 'The address of the group.', {
      type: 'reference',
      referenceTypes: ['User', 'Group'],
      caseExact: true,
      mutability: 'readOnly',
    }),
    attribute('display', 'The name of the group.', { mutability: 'readOnly' }),
    attribute('type', 'Whether the membership is direct.', {
      mutability: 'readOnly',
      canonicalValues: ['direct', 'indirect'],
    }),
  ],
})

/** RFC 7643 §4.1 and §8.7.1. */
export const userSchema: Schema = {
  id: userSchemaId,
  name: 'User',
  description: 'User account',
  attributes: [
    attribute('userName', 'The name that the user signs in with.', { required: true, uniqueness: 'server' }),
    name,
    attribute('displayName', 'The name to show.'),
    attribute('nickName', 'The casual name.'),
    attribute('profileUrl', 'The address of a page about the user.', {
      type: 'reference',
      referenceTypes: ['external'],
      caseExact: true,
    }),
    attribute('title', 'The job title.'),
    attribute('userType', 'The relation to the organisation.'),
    attribute('preferredLanguage', 'The preferred languages, as in Accept-Language.'),
    attribute('locale', 'The locale for dates and numbers.'),
    attribute('timezone', 'The time zone, by its IANA name.'),
    attribute('active', 'Whether the user may sign in.', { type: 'boolean' }),
    attribute('password', 'The password; taken, never given back.', {
      caseExact: true,
      mutability: 'writeOnly',
      returned: 'never',
    }),
    plural('emails', 'E-mail addresses.', { types: ['work', 'home', 'other'] }),
    plural('phoneNumbers', 'Telephone numbers.', { types: ['work', 'home', 'mobile', 'fax', 'pager', 'other'] }),
    plural('ims', 'Instant messaging addresses.', {
      types: ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'],
    }),
    plural('photos', 'Addresses of pictures.', {
      type: 'reference',
      referenceTypes: ['external'],
      caseExact: true,
      types: ['photo', 'thumbnail'],
    }),
    addresses,
    groups,
    plural('entitlements', 'What the user is entitled to.'),
    plural('roles', 'What the user is.'),
    plural('x509Certificates', 'Certificates, DER in base64.', { type: 'binary', caseExact: true }),
  ],
}

/** RFC 7643 §4.3 and §8.7.1. */
export const enterpriseUserSchema: Schema = {
  id: enterpriseUserSchemaId,
  name: 'EnterpriseUser',
  description: 'Enterprise user',
  attributes: [
    attribute('employeeNumber', 'The number that the organisation gave.'),
    attribute('costCenter', 'The cost centre.'),
    attribute('organization', 'The organisation.'),
    attribute('division', 'The division.'),
    attribute('department', 'The department.'),
    attribute('manager', "The user's manager.", {
      type: 'complex',
      subAttributes: [
        attribute('value', 'The id of the manager.', { caseExact: true }),
        attribute('$ref', 'The address of the manager.', {
          type: 'reference',
          referenceTypes: ['User'],
          caseExact: true,
        }),
        attribute('displayName', "The manager's name.", { mutability: 'readOnly' }),
      ],
    }),
  ],
}

export const userType: ResourceType = {
  id: 'User',
  name: 'User',
  endpoint: '/Users',
  description: 'User account',
  schema: userSchema,
  extensions: [{ schema: enterpriseUserSchema, required: false }],
}
