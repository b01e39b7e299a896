import { type AttributePath, extensionNamed, printTarget, resolvePath } from '../attribute-path.ts'
import { badRequest } from '../errors.ts'
import type { Filter } from '../filter/filter.ts'
import { readElementFilter } from '../filter/parse.ts'
import { type Predicate, toElementPredicate } from '../filter/predicate.ts'
import { type FilterLimits, Reader } from '../filter/reader.ts'
import { type Attribute, type ResourceType, type Schema, subAttribute } from '../schema/attribute.ts'

/** `PATH = attrPath / valuePath [subAttr]` of RFC 7644 §3.5.2, figure 7, as it was written. */
export type PatchPath = { readonly path: AttributePath; readonly filter?: Filter; readonly sub?: string }

/** What an operation works on. `elements` chooses among the values of a multi-valued attribute. */
export type PatchTarget = {
  readonly name: string
  readonly extension?: string
  readonly attribute: Attribute
  readonly sub?: Attribute
  readonly elements?: Predicate
}

/** Throws `invalidPath` with the position where the text stopped being a path. */
export function parsePatchPath(text: string, limits: FilterLimits = {}): PatchPath {
  const reader = new Reader(text, 'invalidPath', limits)
  const path = reader.readPath()
  if (reader.ended) return { path }
  if (path.sub !== undefined) throw reader.refusal('expected the end')
  reader.expect('[')
  const filter = readElementFilter(reader)
  if (reader.ended) return { path, filter }
  reader.expect('.')
  const start = reader.at
  const { schema, name, sub } = reader.readPath()
  if (schema !== undefined || sub !== undefined) throw reader.refusal('expected one sub-attribute', start)
  if (!reader.ended) throw reader.refusal('expected the end')
  return { path, filter, sub: name }
}

/**
 * Finds what a path means in a resource type: an attribute or a whole extension, undefined where there is no such
 * thing. Throws `invalidPath` for a value path on a single value, and `invalidFilter` for a filter whose attributes or
 * types are wrong.
 */
export function resolvePatchPath(
  type: ResourceType,
  { path, filter, sub }: PatchPath,
): PatchTarget | Schema | undefined {
  const target = resolvePath(type, path)
  if (target === undefined) return filter === undefined ? extensionNamed(type, path) : undefined
  if (filter === undefined) return { ...target, name: printTarget(target) }
  const { attribute } = target
  if (!attribute.multiValued || attribute.type !== 'complex') {
    throw badRequest('invalidPath', `${printTarget(target)} has no elements to choose from.`)
  }
  const elements = toElementPredicate(filter, attribute)
  const chosen = sub === undefined ? undefined : subAttribute(attribute, sub)
  if (sub !== undefined && chosen === undefined) return undefined
  return { ...target, name: printTarget(target), elements, ...(chosen === undefined ? {} : { sub: chosen }) }
}

export function isSchema(target: PatchTarget | Schema): target is Schema {
  return 'attributes' in target
}
