import { isList, isObject, type Json, type JsonObject, own, sameJson } from '../json.ts'
import type { Attribute, ResourceType } from '../schema/attribute.ts'

/**
 * One difference. A multi-valued attribute tells which elements came and went, so that a group of thousands is not
 * written anew for one member. Of what is never returned (the password) only the name is told.
 */
export type Change =
  | { readonly kind: 'value'; readonly name: string; readonly old?: Json; readonly new?: Json }
  | {
      readonly kind: 'elements'
      readonly name: string
      readonly added: readonly Json[]
      readonly removed: readonly Json[]
    }
  | { readonly kind: 'secret'; readonly name: string }

/** What differs between two normalised resources, in schema order; `schemas` and `meta` aside. */
export function changesBetween(type: ResourceType, before: JsonObject, after: JsonObject): readonly Change[] {
  const common = ['externalId'].flatMap((name) => differences({ name, old: own(before, name), new: own(after, name) }))
  const core = ofAttributes(type.schema.attributes, { prefix: '', before, after })
  const extensions = type.extensions.flatMap(({ schema }) =>
    ofAttributes(schema.attributes, {
      prefix: `${schema.id}:`,
      before: objectAt(before, schema.id),
      after: objectAt(after, schema.id),
    }),
  )
  return [...common, ...core, ...extensions]
}

type Sides = { readonly prefix: string; readonly before: JsonObject; readonly after: JsonObject }

function ofAttributes(attributes: readonly Attribute[], { prefix, before, after }: Sides): readonly Change[] {
  return attributes.flatMap((attribute) => {
    const [old, next] = [own(before, attribute.name), own(after, attribute.name)]
    const name = `${prefix}${attribute.name}`
    if (sameJson(old, next)) return []
    if (attribute.returned === 'never') return [{ kind: 'secret', name }]
    if (attribute.multiValued) return ofElements(name, old, next)
    if (attribute.type === 'complex') {
      const parts = { before: objectAt(before, attribute.name), after: objectAt(after, attribute.name) }
      return ofAttributes(attribute.subAttributes ?? [], { prefix: `${name}.`, ...parts })
    }
    return differences({ name, old, new: next })
  })
}

function differences({ name, ...sides }: { name: string; old: Json | undefined; new: Json | undefined }): Change[] {
  if (sameJson(sides.old, sides.new)) return []
  return [
    {
      kind: 'value',
      name,
      ...(sides.old === undefined ? {} : { old: sides.old }),
      ...(sides.new === undefined ? {} : { new: sides.new }),
    },
  ]
}

function ofElements(name: string, old: Json | undefined, next: Json | undefined): readonly Change[] {
  const [before, after] = [isList(old) ? old : [], isList(next) ? next : []]
  const [had, has] = [new Set(before.map(contentOf)), new Set(after.map(contentOf))]
  const added = after.filter((element) => !had.has(contentOf(element)))
  const removed = before.filter((element) => !has.has(contentOf(element)))
  // The same elements in another order are no difference: RFC 7643 §2.4 gives order no meaning.
  return added.length === 0 && removed.length === 0 ? [] : [{ kind: 'elements', name, added, removed }]
}

function contentOf(element: Json): string {
  return JSON.stringify(isObject(element) ? Object.entries(element).toSorted(([a], [b]) => (a < b ? -1 : 1)) : element)
}

function objectAt(object: JsonObject, name: string): JsonObject {
  const value = own(object, name)
  return isObject(value) ? value : {}
}
