import { expect, test } from 'vitest'
import { restSeconds } from './model.ts'

const now = new Date('2026-11-24T10:00:00Z')
const failures = (count: number, secondsAgo = 0) =>
  Array.from({ length: count }, () => new Date(now.getTime() - secondsAgo * 1000))

test.each([
  [0, 0],
  [7, 0],
  [8, 15],
  [9, 30],
  [12, 240],
  [13, 300],
  [1000, 300],
])('after %i failures just now the account rests %i seconds, never for ever', (count, seconds) => {
  expect(restSeconds(failures(count), now)).toBe(seconds)
})

test('a rest ends, and failures of a quarter of an hour ago do not count', () => {
  expect(restSeconds(failures(8, 15), now)).toBe(0)
  expect(restSeconds(failures(50, 15 * 60), now)).toBe(0)
})
