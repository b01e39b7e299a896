import { type AttributePath, extensionNamed, parseAttributePath, resolvePath } from './attribute-path.ts'
import { badRequest } from './errors.ts'
import { isList, isObject, type Json, type JsonObject, own } from './json.ts'
import type { Attribute, ResourceType } from './schema/attribute.ts'
import { coreAttributes } from './schema/common.ts'

/** RFC 7644 §3.9. With both, what is excluded is taken from what was asked for. */
export type Projection = {
  readonly attributes?: readonly AttributePath[]
  readonly excludedAttributes?: readonly AttributePath[]
}

/** Reads `attributes` or `excludedAttributes`: a list in JSON, separated by commas in an address. */
export function parseAttributeList(value: string | readonly string[], maxNames = 200): readonly AttributePath[] {
  const names = (typeof value === 'string' ? value.split(',') : value).map((name) => name.trim()).filter(Boolean)
  if (names.length > maxNames) throw badRequest('invalidValue', `More than ${maxNames} attributes are named.`)
  return names.map((name) => {
    const path = parseAttributePath(name)
    if (path === undefined)
      throw badRequest('invalidValue', 'The list of attributes names something that is no attribute.')
    return path
  })
}

/**
 * The resource as it is given back. `returned` decides (RFC 7643 §7): `always` stays whatever is excluded, `never` goes
 * whatever is asked for, `request` comes only when named. Only what a schema defines comes out; names that the type does
 * not have are passed over, since one list serves several types in a search.
 */
export function project(type: ResourceType, resource: JsonObject, projection: Projection = {}): JsonObject {
  const asked = projection.attributes === undefined ? undefined : choose(type, projection.attributes)
  const excluded = choose(type, projection.excludedAttributes ?? [])
  const result: Record<string, Json> = {}
  for (const attribute of coreAttributes(type)) {
    const value = projectAttribute(attribute, own(resource, attribute.name), { asked, excluded, prefix: '' })
    if (value !== undefined) result[attribute.name] = value
  }
  for (const { schema } of type.extensions) {
    const content = own(resource, schema.id)
    const part: Record<string, Json> = {}
    for (const attribute of schema.attributes) {
      const found = isObject(content) ? own(content, attribute.name) : undefined
      const value = projectAttribute(attribute, found, { asked, excluded, prefix: `${schema.id}:` })
      if (value !== undefined) part[attribute.name] = value
    }
    if (Object.keys(part).length > 0) result[schema.id] = part
  }
  return result
}

/** By canonical name: the whole attribute, or the sub-attributes that were named. */
type Choice = ReadonlyMap<string, 'whole' | ReadonlySet<string>>
type Choices = { readonly asked: Choice | undefined; readonly excluded: Choice; readonly prefix: string }

function choose(type: ResourceType, paths: readonly AttributePath[]): Choice {
  const choice = new Map<string, 'whole' | Set<string>>()
  for (const path of paths) {
    const target = resolvePath(type, path)
    const extension = target === undefined ? extensionNamed(type, path) : undefined
    for (const { name } of extension?.attributes ?? []) choice.set(`${extension?.id}:${name}`, 'whole')
    if (target === undefined) continue
    const name = `${target.extension === undefined ? '' : `${target.extension}:`}${target.attribute.name}`
    const before = choice.get(name)
    if (target.sub === undefined) choice.set(name, 'whole')
    else if (before === undefined) choice.set(name, new Set([target.sub.name]))
    else if (before !== 'whole') before.add(target.sub.name)
  }
  return choice
}

function projectAttribute(attribute: Attribute, value: Json | undefined, choices: Choices): Json | undefined {
  if (value === undefined || value === null) return undefined
  const name = `${choices.prefix}${attribute.name}`
  const [asked, excluded] = [choices.asked?.get(name), choices.excluded.get(name)]
  const isAsked = choices.asked === undefined ? attribute.returned === 'default' : asked !== undefined
  if (!isReturned(attribute, { isAsked, isExcluded: excluded === 'whole' })) return undefined
  if (attribute.type !== 'complex') return value
  const isKept = (sub: Attribute): boolean =>
    isReturned(sub, {
      isAsked: asked instanceof Set ? asked.has(sub.name) : sub.returned === 'default',
      isExcluded: excluded instanceof Set && excluded.has(sub.name),
    })
  const subs = (attribute.subAttributes ?? []).filter(isKept)
  if (!isList(value)) return projectComplex(subs, value)
  const elements = value.map((element) => projectComplex(subs, element)).filter((element) => element !== undefined)
  return elements.length === 0 ? undefined : elements
}

function isReturned(attribute: Attribute, { isAsked, isExcluded }: { isAsked: boolean; isExcluded: boolean }): boolean {
  if (attribute.returned === 'never') return false
  return attribute.returned === 'always' || (isAsked && !isExcluded)
}

function projectComplex(subs: readonly Attribute[], value: Json): JsonObject | undefined {
  if (!isObject(value)) return undefined
  const result: Record<string, Json> = {}
  for (const { name } of subs) {
    const part = own(value, name)
    if (part !== undefined && part !== null) result[name] = part
  }
  return Object.keys(result).length === 0 ? undefined : result
}
