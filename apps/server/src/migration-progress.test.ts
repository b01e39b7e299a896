import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { migrationProgress } from './migration-progress.ts'

const step = (at: number) => ({ name: `000${at}_some.sql`, at, of: 5 })

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

test('of quick steps the first is told and the end; of slow ones where they are, each second', () => {
  const told: string[] = []
  const progress = migrationProgress((text) => told.push(text))
  progress.step(step(1))
  progress.step(step(2))
  progress.step(step(3))
  vi.advanceTimersByTime(1_000)
  progress.step(step(4))
  progress.step(step(5))
  progress.end(5)
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual([
    'Preparing the database, step 1 of 5: 0001_some.sql',
    'Preparing the database, step 3 of 5: 0003_some.sql',
    'The database is prepared (5 steps).',
  ])
})

test('where there is nothing to do nothing is said', () => {
  const told: string[] = []
  migrationProgress((text) => told.push(text)).end(0)
  expect(told).toEqual([])
})
