import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyPatch,
  bulkRequestSchema,
  checkWrite,
  type JsonObject,
  negotiateMediaType,
  newResource,
  parseBody,
  parseBulk,
  parseFilter,
  parsePatch,
  patchSchema,
  planBulk,
  project,
  toPredicate,
} from './index.ts'
import { groupType } from './schema/group.ts'
import { userSchemaId, userType } from './schema/user.ts'
import { ada, refusalOf } from './testing/samples.ts'

const million = 1_000_000
const loose = { maxLength: Number.POSITIVE_INFINITY, maxTerms: Number.POSITIVE_INFINITY }

/** Counts the time that the processor gave, so that a busy machine is no failure. */
function within(ms: number, run: () => void): void {
  const started = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(started)
  expect((user + system) / 1_000).toBeLessThan(ms)
}

describe('bodies', () => {
  test.each([
    ['deep lists', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['deep objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['deep and without end', '{"a":['.repeat(100_000)],
    ['what is no JSON', '{"a":nope}'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['the same key twice', '{"active":true,"active":false}'],
    ['the same key in another case', '{"active":true,"Active":false}'],
    ['the same key by an escape', '{"active":true,"\\u0061ctive":false}'],
    ['the same key further in', '{"name":{"givenName":"a","givenname":"b"}}'],
    ['the same operation list twice', '{"Operations":[],"operations":[]}'],
    ['__proto__', '{"__proto__":{"active":true}}'],
    ['__proto__ by an escape', '{"\\u005f_proto__":1}'],
    ['__proto__ further in', '{"name":{"__proto__":{"admin":true}}}'],
    ['a string without end', `{"a":"${'x'.repeat(100_000)}`],
    ['a key without end', `{"${'\\"'.repeat(100_000)}`],
    ['many quotes', `{${'"a" '.repeat(100_000)}}`],
    ['keys without values', `{${'"a":'.repeat(100_000)}}`],
  ])('are refused in good time: %s', (_name, text) => {
    within(500, () =>
      expect(refusalOf(() => parseBody(text))).toMatchObject({ status: 400, scimType: 'invalidSyntax' }),
    )
  })

  test('a body that is too large is refused before it is read', () => {
    within(200, () => expect(refusalOf(() => parseBody('['.repeat(50 * million)))).toMatchObject({ status: 413 }))
    expect(refusalOf(() => parseBody(`{"a":"${'α'.repeat(600_000)}"}`))).toMatchObject({ status: 413 })
  })

  test('a body as large as is allowed is read in good time', () => {
    const members = Array.from({ length: 20_000 }, (_, i) => ({ value: `user-${i}`, type: 'User' }))
    const text = JSON.stringify({ schemas: [groupType.schema.id], displayName: 'G', members })
    within(1_500, () => expect(newResource(groupType, parseBody(text))['members']).toHaveLength(20_000))
  })

  test('the same value in sibling objects is no duplicate, nor is a key in a string', () => {
    const text = '{"emails":[{"value":"a"},{"value":"b"}],"title":"{\\"title\\":1}","x":["title","title"]}'
    expect(parseBody(text)).toEqual(JSON.parse(text))
  })

  test('any JSON object without repeated keys is read as JSON reads it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true }),
        (object) => {
          const text = JSON.stringify(object)
          const keys = text.match(/"[^"]*":/g) ?? []
          fc.pre(new Set(keys.map((key) => key.toLowerCase())).size === keys.length && !text.includes('__proto__'))
          expect(parseBody(text)).toEqual(JSON.parse(text))
        },
      ),
      { seed: 11, numRuns: 300 },
    )
  })
})

describe('filters', () => {
  test.each([
    ['terms', 'a pr and '.repeat(million / 9)],
    ['one long name', 'a'.repeat(million)],
    ['colons', 'urn:a:'.repeat(million / 6)],
    ['dots', 'a.'.repeat(million / 2)],
    ['parentheses', '('.repeat(million)],
    ['not', 'not('.repeat(million / 4)],
    ['not, apart', 'not '.repeat(million / 4)],
    ['brackets', 'a['.repeat(million / 2)],
    ['spaces', ' '.repeat(million)],
    ['an endless string', `a eq "${'\\"'.repeat(million / 2)}`],
    ['quotes', '"'.repeat(million)],
    ['digits', `a eq ${'1'.repeat(million)}`],
    ['a number with many zeros', `a eq 0.${'0'.repeat(million)}x`],
  ])('of a megabyte are refused, at once by their length and linearly without that limit: %s', (_name, text) => {
    within(50, () => expect(refusalOf(() => parseFilter(text))).toMatchObject({ scimType: 'invalidFilter' }))
    within(2_000, () => expect(refusalOf(() => parseFilter(text, loose))).toMatchObject({ scimType: 'invalidFilter' }))
  })

  test('depth and number of comparisons are limited', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}a pr${')'.repeat(depth)}`
    expect(() => parseFilter(nested(32))).not.toThrow()
    expect(refusalOf(() => parseFilter(nested(33)))).toMatchObject({ scimType: 'invalidFilter' })
    const chain = (length: number) => Array.from({ length }, () => 'a pr').join(' or ')
    expect(() => parseFilter(chain(500))).not.toThrow()
    expect(refusalOf(() => parseFilter(chain(501)))).toMatchObject({ scimType: 'invalidFilter' })
  })

  test.each(['__proto__ pr', 'constructor pr', 'constructor.name pr', 'toString eq "x"', 'name.constructor pr'])(
    'names of the language are not attributes: %s',
    (text) => {
      expect(refusalOf(() => toPredicate(parseFilter(text), userType))).toMatchObject({ scimType: 'invalidFilter' })
    },
  )
})

describe('prototypes', () => {
  const poison: JsonObject = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')

  test('are not reached through a resource', () => {
    const body = { schemas: [userSchemaId], userName: 'u', ...poison, name: poison, emails: [poison] }
    const created = newResource(userType, Object.assign(body, JSON.parse('{"toString":1}')))
    expect(created).toEqual({ schemas: [userSchemaId], userName: 'u' })
    expect(Object.getPrototypeOf(created)).toBe(Object.prototype)
    expect(project(userType, body)).not.toHaveProperty('polluted')
  })

  test('are not reached through a PATCH', () => {
    const paths = [
      '__proto__',
      'constructor.prototype',
      '__proto__.polluted',
      'name.__proto__',
      'emails[type eq "x"].__proto__',
    ]
    for (const path of paths) {
      const operations = parsePatch({
        schemas: [patchSchema],
        Operations: [{ op: 'add', path, value: { polluted: true } }],
      })
      expect(refusalOf(() => applyPatch(userType, { resource: ada, operations }))).toMatchObject({ status: 400 })
    }
    const operations = [{ op: 'add' as const, value: poison }]
    const { resource, changes } = applyPatch(userType, { resource: ada, operations })
    expect(resource).toEqual(ada)
    expect(changes).toEqual([])
  })

  test('stay clean', () => {
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})

describe('work', () => {
  const members = Array.from({ length: 5_000 }, (_, i) => ({ value: `u${i}` }))
  const large: JsonObject = { schemas: [groupType.schema.id], displayName: 'G', members }
  const run = (operations: readonly JsonObject[]) =>
    applyPatch(groupType, {
      resource: large,
      operations: parsePatch({ schemas: [patchSchema], Operations: operations }),
    })

  test('as many removals as are allowed from a large group end in good time', () => {
    const operations = Array.from({ length: 1_000 }, (_, i) => ({
      op: 'remove',
      path: `members[value eq "u${i * 5}"]`,
    }))
    within(3_000, () => expect(run(operations).changes).toMatchObject([{ added: [], removed: { length: 1_000 } }]))
  })

  test('as many additions as are allowed to a large group end in good time', () => {
    const operations = Array.from({ length: 1_000 }, (_, i) => ({
      op: 'add',
      path: 'members',
      value: [{ value: `v${i}` }],
    }))
    within(3_000, () => expect(run(operations).changes).toMatchObject([{ added: { length: 1_000 }, removed: [] }]))
  })

  test('a circle of everybody with everybody is planned in good time', () => {
    const all = Array.from({ length: 100 }, (_, i) => `bulkId:${i}`)
    const data = { displayName: 'G', members: all.map((value) => ({ value })) }
    const Operations = all.map((_, i) => ({ method: 'POST', path: '/Groups', bulkId: String(i), data }))
    const request = parseBulk({ schemas: [bulkRequestSchema], Operations }, { types: [groupType] })
    within(500, () => expect(planBulk(request)).toHaveLength(200))
  })

  test.each(['"a",'.repeat(100_000), ' '.repeat(million), 'W/'.repeat(100_000), '"'.repeat(100_000)])(
    'headers without end are read in good time',
    (header) => {
      within(1_000, () => {
        expect(refusalOf(() => checkWrite({ ifMatch: header }, 'W/"1"'))).toMatchObject({ status: 400 })
        if (header.trim() !== '') expect(refusalOf(() => negotiateMediaType(header))).toMatchObject({ status: 406 })
      })
    },
  )
})
