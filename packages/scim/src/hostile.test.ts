import { growth } from '@clew/testkit/growth'
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

describe('bodies', () => {
  test.each([
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
  ])('are refused: %s', (_name, text) => {
    expect(refusalOf(() => parseBody(text))).toMatchObject({ status: 400, scimType: 'invalidSyntax' })
  })

  test.each<[what: string, make: (count: number) => string]>([
    ['deep lists', (count) => `{"a":${'['.repeat(count)}${']'.repeat(count)}}`],
    ['deep objects', (count) => `${'{"a":'.repeat(count)}1${'}'.repeat(count)}`],
    ['deep and without end', (count) => '{"a":['.repeat(count)],
    ['a string without end', (count) => `{"a":"${'x'.repeat(count)}`],
    ['a key without end', (count) => `{"${'\\"'.repeat(count)}`],
    ['many quotes', (count) => `{${'"a" '.repeat(count)}}`],
    ['keys without values', (count) => `{${'"a":'.repeat(count)}}`],
  ])('are refused in the time that their length takes: %s', async (_name, make) => {
    const refused = (text: string) =>
      expect(refusalOf(() => parseBody(text))).toMatchObject({ status: 400, scimType: 'invalidSyntax' })
    expect(await growth(refused, make, { from: 40_000, factor: 4 })).toBeLessThan(8)
  })

  test('a body that is too large is refused before it is read', async () => {
    const refused = (text: string) => expect(refusalOf(() => parseBody(text))).toMatchObject({ status: 413 })
    refused(`{"a":"${'α'.repeat(600_000)}"}`)
    const times = { from: 2 * million, factor: 25, enough: 5 }
    expect(await growth(refused, (size) => '['.repeat(size), times)).toBeLessThan(5)
  })

  test('a body of many members is read in the time that their number takes', async () => {
    const ofMembers = (length: number) => {
      const members = Array.from({ length }, (_, i) => ({ value: `user-${i}`, type: 'User' }))
      return { length, text: JSON.stringify({ schemas: [groupType.schema.id], displayName: 'G', members }) }
    }
    const read = ({ length, text }: { length: number; text: string }) =>
      expect(newResource(groupType, parseBody(text))['members']).toHaveLength(length)
    expect(await growth(read, ofMembers, { from: 5_000, factor: 4 })).toBeLessThan(8)
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
  test.each<[what: string, make: (size: number) => string]>([
    ['terms', (size) => 'a pr and '.repeat(size / 9)],
    ['one long name', (size) => 'a'.repeat(size)],
    ['colons', (size) => 'urn:a:'.repeat(size / 6)],
    ['dots', (size) => 'a.'.repeat(size / 2)],
    ['parentheses', (size) => '('.repeat(size)],
    ['not', (size) => 'not('.repeat(size / 4)],
    ['not, apart', (size) => 'not '.repeat(size / 4)],
    ['brackets', (size) => 'a['.repeat(size / 2)],
    ['spaces', (size) => ' '.repeat(size)],
    ['an endless string', (size) => `a eq "${'\\"'.repeat(size / 2)}`],
    ['quotes', (size) => '"'.repeat(size)],
    ['digits', (size) => `a eq ${'1'.repeat(size)}`],
    ['a number with many zeros', (size) => `a eq 0.${'0'.repeat(size)}x`],
  ])('without end are refused at once by their length, and without that limit linearly: %s', async (_name, make) => {
    const refused = (text: string, limits?: typeof loose) =>
      expect(refusalOf(() => parseFilter(text, limits))).toMatchObject({ scimType: 'invalidFilter' })
    const times = { from: 40_000, factor: 25, enough: 5 }
    expect(await growth((text: string) => refused(text), make, times)).toBeLessThan(5)
    expect(await growth((text: string) => refused(text, loose), make, { from: 40_000, factor: 4 })).toBeLessThan(8)
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

  const changing = (operations: (i: number) => JsonObject) => (length: number) =>
    Array.from({ length }, (_, i) => operations(i))

  test('removals from a large group take the time that their number takes', async () => {
    const removals = changing((i) => ({ op: 'remove', path: `members[value eq "u${i * 5}"]` }))
    expect(run(removals(1_000)).changes).toMatchObject([{ added: [], removed: { length: 1_000 } }])
    expect(await growth(run, removals, { from: 250, factor: 4 })).toBeLessThan(8)
  })

  test('additions to a large group take the time that their number takes', async () => {
    const additions = changing((i) => ({ op: 'add', path: 'members', value: [{ value: `v${i}` }] }))
    expect(run(additions(1_000)).changes).toMatchObject([{ added: { length: 1_000 }, removed: [] }])
    expect(await growth(run, additions, { from: 250, factor: 4 })).toBeLessThan(8)
  })

  test('a circle of everybody with everybody is planned in the time that its size takes', async () => {
    // Twice as many have four times as many members.
    const circle = (length: number) => {
      const all = Array.from({ length }, (_, i) => `bulkId:${i}`)
      const data = { displayName: 'G', members: all.map((value) => ({ value })) }
      const Operations = all.map((_, i) => ({ method: 'POST', path: '/Groups', bulkId: String(i), data }))
      return parseBulk({ schemas: [bulkRequestSchema], Operations }, { types: [groupType] })
    }
    expect(planBulk(circle(100))).toHaveLength(200)
    expect(await growth(planBulk, circle, { from: 50, factor: 2, enough: 6 })).toBeLessThan(6)
  })

  test.each(['"a",', ' ', 'W/', '"'])(
    'headers of nothing but %j are read in the time that their length takes',
    async (piece) => {
      const refused = (header: string) => {
        expect(refusalOf(() => checkWrite({ ifMatch: header }, 'W/"1"'))).toMatchObject({ status: 400 })
        if (header.trim() !== '') expect(refusalOf(() => negotiateMediaType(header))).toMatchObject({ status: 406 })
      }
      expect(await growth(refused, (count) => piece.repeat(count), { from: 25_000, factor: 4 })).toBeLessThan(8)
    },
  )
})
