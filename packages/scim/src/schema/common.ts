import { type Attribute, attribute, type ResourceType } from './attribute.ts'

const metaParts: readonly Attribute[] = [
  attribute('resourceType', 'The name of the resource type.', { caseExact: true, mutability: 'readOnly' }),
  attribute('created', 'When the resource was added.', { type: 'dateTime', mutability: 'readOnly' }),
  attribute('lastModified', 'When the resource last changed.', { type: 'dateTime', mutability: 'readOnly' }),
  attribute('location', 'The address of the resource.', {
    type: 'reference',
    referenceTypes: ['uri'],
    caseExact: true,
    mutability: 'readOnly',
  }),
  attribute('version', 'The entity tag of the resource.', { caseExact: true, mutability: 'readOnly' }),
]

/** RFC 7643 §3 and §3.1: on every resource, and in no schema document. */
export const commonAttributes: readonly Attribute[] = [
  attribute('schemas', 'The schemas that the resource uses.', {
    type: 'reference',
    referenceTypes: ['uri'],
    multiValued: true,
    required: true,
    returned: 'always',
  }),
  attribute('id', 'The identifier that the service gave.', {
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  // Unique within one connection; RFC 7643 §3.1 asks for no more, and two connections may use the same one.
  attribute('externalId', 'The identifier that the client gave.', { caseExact: true }),
  attribute('meta', 'What the service knows about the resource.', {
    type: 'complex',
    mutability: 'readOnly',
    subAttributes: metaParts,
  }),
]

const ofTypes = new WeakMap<ResourceType, readonly Attribute[]>()

/** The common attributes and those of the core schema. */
export function coreAttributes(type: ResourceType): readonly Attribute[] {
  const known = ofTypes.get(type)
  if (known !== undefined) return known
  const attributes = [...commonAttributes, ...type.schema.attributes]
  ofTypes.set(type, attributes)
  return attributes
}
