/** RFC 7643 §2.3. */
export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'binary'
  | 'reference'
  | 'complex'

/** RFC 7643 §2.2 and §7: what is true of an attribute. */
export type Attribute = {
  readonly name: string
  readonly type: AttributeType
  readonly multiValued: boolean
  readonly description: string
  readonly required: boolean
  /** Whether comparison distinguishes capitals. */
  readonly caseExact: boolean
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly'
  readonly returned: 'always' | 'never' | 'default' | 'request'
  readonly uniqueness: 'none' | 'server' | 'global'
  /** Suggestions, as RFC 7643 §7 lets them be: other values are taken and kept as sent. */
  readonly canonicalValues?: readonly string[]
  readonly referenceTypes?: readonly string[]
  readonly subAttributes?: readonly Attribute[]
}

export type Schema = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly attributes: readonly Attribute[]
}

/** RFC 7643 §6. */
export type ResourceType = {
  readonly id: string
  readonly name: string
  readonly endpoint: string
  readonly description: string
  readonly schema: Schema
  readonly extensions: readonly { readonly schema: Schema; readonly required: boolean }[]
}

type Traits = Partial<Omit<Attribute, 'name' | 'description'>>

/** A string that may be read and written, unless `traits` says otherwise. */
export function attribute(name: string, description: string, traits: Traits = {}): Attribute {
  return {
    name,
    type: 'string',
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...traits,
  }
}

/** The usual multi-valued attribute of RFC 7643 §2.4: value, display, type, primary. */
export function plural(
  name: string,
  description: string,
  value: Traits & { types?: readonly string[] } = {},
): Attribute {
  const { types, ...traits } = value
  return attribute(name, description, {
    type: 'complex',
    multiValued: true,
    subAttributes: [
      attribute('value', 'The value itself.', traits),
      attribute('display', 'A name to show for the value.'),
      attribute('type', 'What the value is for.', types === undefined ? {} : { canonicalValues: types }),
      attribute('primary', 'Whether this is the preferred value; true at most once.', { type: 'boolean' }),
    ],
  })
}

const byName = new WeakMap<readonly Attribute[], ReadonlyMap<string, Attribute>>()

/** Finds an attribute by its name in any case (RFC 7643 §2.1). */
export function findAttribute(attributes: readonly Attribute[], name: string): Attribute | undefined {
  let index = byName.get(attributes)
  if (index === undefined) {
    index = new Map(attributes.map((attribute) => [attribute.name.toLowerCase(), attribute]))
    byName.set(attributes, index)
  }
  return index.get(name.toLowerCase())
}

export function subAttribute(parent: Attribute, name: string): Attribute | undefined {
  return parent.subAttributes === undefined ? undefined : findAttribute(parent.subAttributes, name)
}
