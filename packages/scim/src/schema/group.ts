import { attribute, type ResourceType, type Schema } from './attribute.ts'

export const groupSchemaId = 'urn:ietf:params:scim:schemas:core:2.0:Group'

const members = attribute('members', 'Who belongs to the group.', {
  type: 'complex',
  multiValued: true,
  subAttributes: [
    attribute('value', 'The id of the member.', { caseExact: true, required: true, mutability: 'immutable' }),
    attribute('$ref', 'The address of the member.', {
      type: 'reference',
      referenceTypes: ['User', 'Group'],
      caseExact: true,
      mutability: 'immutable',
    }),
    attribute('type', 'What the member is.', { mutability: 'immutable', canonicalValues: ['User', 'Group'] }),
    // Identity providers send their own idea of it; ours is the member's name today.
    attribute('display', 'The name of the member.', { mutability: 'readOnly' }),
  ],
})

/** RFC 7643 §4.2 and §8.7.1. */
export const groupSchema: Schema = {
  id: groupSchemaId,
  name: 'Group',
  description: 'Group',
  attributes: [attribute('displayName', 'The name of the group.', { required: true }), members],
}

export const groupType: ResourceType = {
  id: 'Group',
  name: 'Group',
  endpoint: '/Groups',
  description: 'Group',
  schema: groupSchema,
  extensions: [],
}
