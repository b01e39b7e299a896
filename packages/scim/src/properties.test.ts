import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyPatch,
  type Filter,
  type JsonObject,
  matches,
  newResource,
  type PatchOperation,
  parseAttributeList,
  parseFilter,
  printFilter,
  project,
  ScimError,
  toPredicate,
} from './index.ts'
import { groupType } from './schema/group.ts'
import { userSchemaId, userType } from './schema/user.ts'
import { ada, enterprise, maths } from './testing/samples.ts'

const seed = 7644

const name = fc.stringMatching(/^[A-Za-z][\w-]{0,8}$/)
const path = fc.record(
  { name, sub: name, schema: fc.constantFrom(enterprise, 'urn:example:x:2.0:Y') },
  { requiredKeys: ['name'] },
)
const literal = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (n === 0 ? 0 : n)),
)
const operator = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le' as const)

const leaf = (paths: fc.Arbitrary<{ name: string; sub?: string; schema?: string }>): fc.Arbitrary<Filter> =>
  fc.oneof(
    fc.record({ kind: fc.constant('present' as const), path: paths }),
    fc.record({ kind: fc.constant('compare' as const), path: paths, operator, value: literal }),
  )

/** Filters as the reader makes them: a chain has at least two parts. */
function filters(leaves: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return fc.letrec<{ tree: Filter }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaves,
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        filters: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('not' as const), filter: tie('tree') }),
    ),
  })).tree
}

const inElement = filters(leaf(fc.record({ name })))
const whole = filters(
  fc.oneof(
    leaf(path),
    fc.record({
      kind: fc.constant('element' as const),
      path: fc.record({ name, schema: fc.constant(enterprise) }, { requiredKeys: ['name'] }),
      filter: inElement,
    }),
  ),
)

describe('filters', () => {
  test('printing and reading gives the same filter', () => {
    fc.assert(
      fc.property(whole, (filter) => {
        expect(parseFilter(printFilter(filter), { maxLength: 1e6, maxTerms: 1e6, maxDepth: 1e3 })).toEqual(filter)
      }),
      { seed, numRuns: 500 },
    )
  })

  test('any text is read or refused, with a position inside it', () => {
    const pieces = fc.constantFrom(
      'emails',
      '[',
      ']',
      '(',
      ')',
      ' and ',
      ' or ',
      'not ',
      ' eq ',
      '"x"',
      ' pr',
      '.value',
      ':',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.array(pieces).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (input) => {
        try {
          const filter = parseFilter(input)
          expect(parseFilter(printFilter(filter))).toEqual(filter)
        } catch (error) {
          if (!(error instanceof ScimError)) throw error
          expect(error.scimType).toBe('invalidFilter')
          expect(error.place.position).toBeLessThanOrEqual(input.length)
        }
      }),
      { seed, numRuns: 2_000 },
    )
  })

  test('not is the opposite, whatever the filter', () => {
    const known = fc.constantFrom(
      'title pr',
      'userName co "a"',
      'emails.type eq "home"',
      'emails[type eq "work" and value co "z"]',
      'active ne true',
      'nickName eq null',
      'meta.created gt "2026-01-01T00:00:00Z"',
      'title pr and nickName pr',
    )
    fc.assert(
      fc.property(known, known, (a, b) => {
        const holds = (filter: string) => matches(toPredicate(parseFilter(filter), userType), ada)
        expect(holds(`not (${a})`)).toBe(!holds(a))
        expect(holds(`not (${a} and ${b})`)).toBe(holds(`not (${a}) or not (${b})`))
      }),
      { seed },
    )
  })
})

const text = fc.constantFrom('a', 'B', 'ada@acme.example', '', 'True', 'u1', 'u9')
const element = fc.record(
  { value: text, type: fc.constantFrom('work', 'home', 'other'), primary: fc.boolean() },
  { requiredKeys: [] },
)
const value = fc.oneof(
  text,
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  element,
  fc.array(element, { maxLength: 3 }),
)
const patchPath = fc.constantFrom(
  'title',
  'active',
  'userName',
  'id',
  'groups',
  'name',
  'name.givenName',
  'emails',
  'emails.value',
  'nope',
  'emails[type eq "work"]',
  'emails[type eq "work"].value',
  'emails[type eq "other"].primary',
  'emails[value pr]',
  'emails[value eq "a"].value',
  'emails[not (primary eq true)].type',
  'roles',
  'roles[value eq "u1"].display',
  enterprise,
  `${enterprise}:manager`,
  `${enterprise}:manager.value`,
  'addresses[type eq "home"].locality',
)
const operation: fc.Arbitrary<PatchOperation> = fc.oneof(
  fc.record({ op: fc.constantFrom('add', 'replace' as const), path: patchPath, value }),
  fc.record({ op: fc.constant('remove' as const), path: patchPath }),
  fc.record({ op: fc.constant('remove' as const), path: patchPath, value }),
  fc.record({
    op: fc.constantFrom('add', 'replace' as const),
    value: fc.dictionary(patchPath, value, { maxKeys: 3, noNullPrototype: true }),
  }),
)

/** The result, or undefined where the patch was refused. */
function tryPatch(resource: JsonObject, operations: readonly PatchOperation[]): JsonObject | undefined {
  try {
    return applyPatch(userType, { resource, operations }).resource
  } catch (error) {
    if (error instanceof ScimError) return undefined
    throw error
  }
}

describe('PATCH', () => {
  test('never touches the resource that it is given', () => {
    const before = structuredClone(ada)
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 5 }), (operations) => {
        tryPatch(ada, operations)
        expect(ada).toEqual(before)
      }),
      { seed, numRuns: 1_000 },
    )
  })

  test('is the same as its operations one after another, or nothing at all', () => {
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 4 }), (operations) => {
        const steps = operations.reduce<JsonObject | undefined>(
          (resource, step) => (resource === undefined ? undefined : tryPatch(resource, [step])),
          ada,
        )
        if (steps !== undefined) expect(tryPatch(ada, operations)).toEqual(steps)
      }),
      { seed, numRuns: 1_000 },
    )
  })

  test('applied twice, one operation leaves what it left the first time', () => {
    fc.assert(
      fc.property(operation, (step) => {
        const once = tryPatch(ada, [step])
        const twice = once === undefined ? undefined : tryPatch(once, [step])
        if (once !== undefined && twice !== undefined) expect(twice).toEqual(once)
      }),
      { seed, numRuns: 3_000 },
    )
  })

  test('leaves a resource that could have been sent as it is', () => {
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 4 }), (operations) => {
        const result = tryPatch(ada, operations)
        if (result === undefined) return
        const again: JsonObject = newResource(userType, result)
        const { id: _id, meta: _meta, groups: _groups, ...sendable } = result
        const plain = JSON.parse(
          JSON.stringify(sendable, (key, part) => (key === 'displayName' && part === 'Boss' ? undefined : part)),
        )
        if (Object.keys(plain[enterprise]?.manager ?? { value: 1 }).length > 0) expect(again).toEqual(plain)
      }),
      { seed, numRuns: 1_000 },
    )
  })

  test('members come and go as sets do', () => {
    const ids = fc.uniqueArray(fc.constantFrom('u1', 'u2', 'u3', 'u4', 'u5'), { minLength: 1 })
    fc.assert(
      fc.property(ids, ids, (add, remove) => {
        const asMembers = (list: readonly string[]) => list.map((id) => ({ value: id }))
        const { resource } = applyPatch(groupType, {
          resource: maths,
          operations: [
            { op: 'add', path: 'members', value: asMembers(add) },
            { op: 'remove', path: 'members', value: asMembers(remove) },
          ],
        })
        const members = resource['members']
        const left = Array.isArray(members) ? members.map((member: JsonObject) => member['value']) : []
        const expected = new Set(['u1', 'u2', 'u3', ...add].filter((id) => !remove.some((gone) => gone === id)))
        expect(new Set(left)).toEqual(expected)
        expect(left).toHaveLength(expected.size)
      }),
      { seed },
    )
  })
})

test('whatever is asked for, what is never returned stays in', () => {
  const secret = 'a-secret-that-stays-in'
  const names = fc.constantFrom(
    'password',
    'PASSWORD',
    `${userSchemaId}:password`,
    'password.value',
    'name.password',
    'emails.password',
    userSchemaId,
    'userName',
    'name.givenName',
    enterprise,
    `${enterprise}:password`,
    'nope',
    'emails.value',
    'schemas',
    'id',
  )
  const list = fc.array(names, { maxLength: 5 }).map((chosen) => parseAttributeList(chosen))
  const resource: JsonObject = {
    ...ada,
    password: secret,
    unknown: secret,
    name: { givenName: 'Ada', password: secret },
    emails: [{ value: 'a@b.example', password: secret }, secret],
    [enterprise]: { password: secret, department: 'D' },
  }
  fc.assert(
    fc.property(list, list, fc.boolean(), (attributes, excludedAttributes, asks) => {
      const projection = { excludedAttributes, ...(asks ? { attributes } : {}) }
      const result = project(userType, resource, projection)
      expect(JSON.stringify(result)).not.toContain(secret)
      expect(result).toMatchObject({ id: ada['id'], schemas: ada['schemas'] })
    }),
    { seed, numRuns: 1_000 },
  )
})
