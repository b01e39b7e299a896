import { describe, expect, test } from 'vitest'
import { type EntryFilter, facetsOf, isFiltering, noFilter, selectEntries } from './filter.ts'
import { createWaterfall } from './model.ts'
import { testEntries } from './test-entries.ts'

const waterfall = createWaterfall(
  testEntries(6, {
    1: { status: 413, method: 'POST', path: '/v1/uploads', timings: { send: 4000 }, sizeBytes: 250_000 },
    2: { requestIds: ['req_7KQ4'], host: 'cdn.northlight.example', mediaType: 'image/png' },
    3: { status: 0, error: 'net::ERR_CONNECTION_RESET' },
    4: { status: 302, resourceType: 'document' },
    5: { timings: { wait: 1200, total: 1200 } },
  }),
  [{ severity: 'medium', entries: [2] }],
)
const found = (filter: Partial<EntryFilter>) => [...selectEntries(waterfall, { ...noFilter, ...filter })]

describe('words', () => {
  test.each([
    ['7kq4', [2]],
    ['POST uploads', [1]],
    ['get uploads', []],
    ['err_connection', [3]],
    ['-host:cdn -status:none', [0, 1, 4, 5]],
    ['host:cdn', [2]],
    ['status:4xx', [1]],
    ['status:30', [4]],
    ['status:none', [3]],
    ['type:image', [2]],
    ['method:post', [1]],
    ['id:req_', [2]],
    ['slower:2s', [1]],
    ['larger:200k', [1]],
    ['slower:soon', []],
    ['constructor:x', []],
    ['host:', [0, 1, 2, 3, 4, 5]],
    ['-', [0, 1, 2, 3, 4, 5]],
    ['   ', [0, 1, 2, 3, 4, 5]],
  ])('%s', (text, expected) => expect(found({ text })).toEqual(expected))
})

describe('choices', () => {
  test.each([
    [{ only: 'failing' }, [1, 3]],
    [{ only: 'found' }, [2]],
    [{ only: 'slow' }, [5]],
    [{ hosts: ['cdn.northlight.example'] }, [2]],
    [{ kinds: ['image', 'document'] }, [2, 4]],
    [{ statuses: ['4xx', 'none'] }, [1, 3]],
    [{ statuses: ['4xx'], hosts: ['cdn.northlight.example'] }, []],
  ] as const)('%o', (filter, expected) => expect(found(filter)).toEqual(expected))

  test('a time keeps what was under way in it, also what had begun before', () => {
    expect(found({ range: { fromMs: 310, toMs: 420 } })).toEqual([1, 3, 4])
  })

  test('say whether they ask for anything', () => {
    expect(isFiltering({ ...noFilter, text: '  ' })).toBe(false)
    expect(isFiltering({ ...noFilter, statuses: ['5xx'] })).toBe(true)
  })
})

test('what can be chosen is counted, the busiest host first, and nothing that does not occur', () => {
  expect(facetsOf(waterfall)).toEqual({
    hosts: [
      { host: 'app.northlight.example', count: 5, failing: 2 },
      { host: 'cdn.northlight.example', count: 1, failing: 0 },
    ],
    kinds: [
      { kind: 'document', count: 1 },
      { kind: 'data', count: 4 },
      { kind: 'image', count: 1 },
    ],
    statuses: [
      { status: '2xx', count: 3 },
      { status: '3xx', count: 1 },
      { status: '4xx', count: 1 },
      { status: 'none', count: 1 },
    ],
    only: { all: 6, failing: 2, found: 1, slow: 1 },
  })
})
