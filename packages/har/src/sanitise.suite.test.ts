import { expect, test, vi } from 'vitest'
import { clean } from './test-support.ts'
import { DECOYS } from './testing/decoys.ts'
import { RECIPES } from './testing/recipes.ts'
import { emptyScore, plantGenerated, type Score, scoreInto, sharesOf } from './testing/score.ts'
import type { Treatment, TreatmentTable } from './treatments.ts'

/** The bars that the sanitiser has to reach, and what it reaches when a part of it is taken away. */

const SEEDS = [1, 2, 3, 4, 5]
const BARS = { credential: 0.995, token: 0.995, pii: 0.97, utility: 0.97, decoys: 0.98 }

type Clean = typeof clean

async function scoreOf(seeds: readonly number[], cleanWith: Clean = clean): Promise<Score> {
  const score = emptyScore()
  for (const seed of seeds) {
    const planted = plantGenerated(seed)
    scoreInto(score, planted, (await cleanWith(planted.har)).text)
  }
  return score
}

test('over a hundred kinds of place lose what is planted there, and what support needs stays', async () => {
  expect(new Set(RECIPES.map(({ id }) => id)).size).toBe(RECIPES.length)
  expect(RECIPES.length).toBeGreaterThan(150)
  expect(DECOYS.length).toBeGreaterThan(40)
  const score = await scoreOf(SEEDS)
  const shares = sharesOf(score)
  for (const [name, bar] of Object.entries(BARS)) {
    expect(
      shares[name as keyof typeof BARS],
      [name, ...score.leaks, ...score.lostDecoys].join('\n'),
    ).toBeGreaterThanOrEqual(bar)
  }
})

test('a capture that is not cleaned keeps everything: the suite sees each plant', async () => {
  const score = emptyScore()
  const planted = plantGenerated(1)
  scoreInto(score, planted, JSON.stringify(planted.har))
  expect(sharesOf(score)).toEqual({ credential: 0, token: 0, pii: 0, utility: 1, decoys: 1 })
})

test('a capture without any value is clean and useless: the suite sees that too', async () => {
  const score = emptyScore()
  const planted = plantGenerated(1)
  const bare = JSON.stringify(planted.har, (_, value: unknown) => (typeof value === 'string' ? '' : value))
  scoreInto(score, planted, bare)
  const { credential, token, utility, decoys } = sharesOf(score)
  expect([credential, token]).toEqual([1, 1])
  expect(utility).toBeLessThan(0.7)
  expect(decoys).toBeLessThan(0.1)
})

/** Loads the sanitiser anew with one of its modules changed. */
async function cleanWithout(
  module: string,
  change: (actual: Record<string, unknown>) => Record<string, unknown>,
): Promise<Clean> {
  vi.resetModules()
  vi.doMock(module, async (original) => ({
    ...(await original<Record<string, unknown>>()),
    ...change(await original<Record<string, unknown>>()),
  }))
  try {
    return (await import('./test-support.ts')).clean
  } finally {
    vi.doUnmock(module)
    // Nobody after this gets the changed ones.
    vi.resetModules()
  }
}

const same = (value: string): string => value

const PARTS: readonly (readonly [
  part: string,
  module: string,
  change: (actual: Record<string, unknown>) => Record<string, unknown>,
  tier: keyof typeof BARS,
])[] = [
  [
    'the walk of cookies',
    './cookies.ts',
    () => ({ cleanCookieHeader: same, cleanSetCookie: same, cleanCookies: (list: unknown) => list }),
    'credential',
  ],
  ['the walk of addresses', './url.ts', () => ({ cleanUrl: same }), 'token'],
  ['the walk of bodies', './bodies.ts', () => ({ cleanBody: same }), 'pii'],
  [
    'the treatment of comments',
    './treatments.ts',
    (actual) => ({ ENTRY: withTreatment(actual['ENTRY'] as TreatmentTable, 'comment', 'keep') }),
    'pii',
  ],
]

function withTreatment(table: TreatmentTable, name: string, treatment: Treatment): TreatmentTable {
  return new Map([...table, [name, treatment] as const])
}

test.each(PARTS)('without %s the suite fails', async (_, module, change, tier) => {
  const whole = await scoreOf([1])
  const less = await scoreOf([1], await cleanWithout(module, change))
  expect(less.leaks.length).toBeGreaterThan(whole.leaks.length)
  expect(sharesOf(less)[tier]).toBeLessThan(1)
  if (module !== './treatments.ts') expect(sharesOf(less)[tier]).toBeLessThan(BARS[tier])
})

test('with the keep-list of headers gone the suite fails on utility', async () => {
  const less = await scoreOf(
    [1],
    await cleanWithout('./header-treatments.ts', () => ({ headerTreatment: () => undefined })),
  )
  expect(sharesOf(less).utility).toBeLessThan(BARS.utility)
  expect(sharesOf(less).decoys).toBeLessThan(BARS.decoys)
})
