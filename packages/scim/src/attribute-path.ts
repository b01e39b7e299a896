import { type Attribute, findAttribute, type ResourceType, type Schema, subAttribute } from './schema/attribute.ts'
import { coreAttributes } from './schema/common.ts'

/** `[URN ":"] name ["." sub]`: `attrPath` of RFC 7644 §3.4.2.2, as it was written. */
export type AttributePath = { readonly schema?: string; readonly name: string; readonly sub?: string }

/** Where a path leads. `extension` is the URN under which the attribute lies; absent in the core schema. */
export type Target = { readonly extension?: string; readonly attribute: Attribute; readonly sub?: Attribute }

// RFC 7643 §2.1; a leading `$` is there for `$ref`.
const nameForm = /^[$A-Za-z][\w-]*$/

/** Undefined where the text is no attribute path at all. */
export function parseAttributePath(text: string): AttributePath | undefined {
  const colon = text.lastIndexOf(':')
  const schema = text.slice(0, Math.max(colon, 0))
  const [name = '', sub, ...rest] = text.slice(colon + 1).split('.', 3)
  if (rest.length > 0 || !nameForm.test(name) || (sub !== undefined && !nameForm.test(sub))) return undefined
  if (colon >= 0 && !/^urn:/i.test(schema)) return undefined
  return { name, ...(colon < 0 ? {} : { schema }), ...(sub === undefined ? {} : { sub }) }
}

export function printAttributePath(path: AttributePath): string {
  const prefix = path.schema === undefined ? '' : `${path.schema}:`
  return `${prefix}${path.name}${path.sub === undefined ? '' : `.${path.sub}`}`
}

/** Finds what a path means in a resource type; undefined where the type has no such attribute. */
export function resolvePath(type: ResourceType, path: AttributePath): Target | undefined {
  const found = resolveAttribute(type, path)
  if (found === undefined || path.sub === undefined) return found
  const sub = subAttribute(found.attribute, path.sub)
  return sub === undefined ? undefined : { ...found, sub }
}

/** The extension whose URN the path is as a whole; its last part looks like an attribute's name. */
export function extensionNamed(type: ResourceType, path: AttributePath): Schema | undefined {
  if (path.schema === undefined || path.sub !== undefined) return undefined
  return findExtension(type, `${path.schema}:${path.name}`)
}

export function findExtension(type: ResourceType, urn: string): Schema | undefined {
  const folded = urn.toLowerCase()
  return type.extensions.find(({ schema }) => schema.id.toLowerCase() === folded)?.schema
}

/** The canonical text of a target: `name.givenName`, `urn:…:User:department`. */
export function printTarget({ extension, attribute, sub }: Target): string {
  return printAttributePath({
    name: attribute.name,
    ...(extension === undefined ? {} : { schema: extension }),
    ...(sub === undefined ? {} : { sub: sub.name }),
  })
}

function resolveAttribute(type: ResourceType, { schema, name }: AttributePath): Target | undefined {
  if (schema === undefined || schema.toLowerCase() === type.schema.id.toLowerCase()) {
    const attribute = findAttribute(coreAttributes(type), name)
    return attribute === undefined ? undefined : { attribute }
  }
  const extension = findExtension(type, schema)
  const attribute = extension === undefined ? undefined : findAttribute(extension.attributes, name)
  return extension === undefined || attribute === undefined ? undefined : { extension: extension.id, attribute }
}
