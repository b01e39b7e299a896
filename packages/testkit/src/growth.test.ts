import { expect, test } from 'vitest'
import { costRatio, growth } from './growth.ts'

const words = (count: number): string => 'word '.repeat(count)

test('what looks once at each place grows with the size', async () => {
  const lengths = (text: string): number[] => text.split(' ').map((word) => word.length)
  expect(await growth(lengths, words, { from: 40_000, factor: 4 })).toBeLessThan(8)
})

const toTheEnd = (text: string): number => {
  let seen = 0
  for (let from = 0; from < text.length; from += 1)
    for (let at = from; at < text.length; at += 1) seen ^= text.charCodeAt(at)
  return seen
}

test('what looks from each place to the end grows with its square', async () => {
  expect(await growth(toTheEnd, words, { from: 400, factor: 4 })).toBeGreaterThan(8)
})

test('what is slow at first only does not hide it', async () => {
  let runs = 0
  const slowAtFirst = (text: string): number => toTheEnd(runs++ < 3 ? words(1600) : text)
  expect(await growth(slowAtFirst, words, { from: 400, factor: 4 })).toBeGreaterThan(8)
})

test('of two inputs it says how many times as much the second takes', async () => {
  expect(await costRatio(toTheEnd, [words(400), words(800)], 6)).toBeLessThan(6)
  expect(await costRatio(toTheEnd, [words(400), words(1600)], 6)).toBeGreaterThan(6)
})

test('what the work throws comes through', async () => {
  const refuse = (): never => {
    throw new RangeError('too long')
  }
  await expect(growth(refuse, words, { from: 10, factor: 4 })).rejects.toThrow('too long')
})
