import { expect, test } from 'vitest'
import { createPseudonymiser, isPlaceholder } from './pseudonym.ts'

const KEY = new Uint8Array(16).fill(3)

test('two of many values never share a tag, and the first ones have short tags', () => {
  const pseudonyms = createPseudonymiser(new Uint8Array(KEY))
  const tags = Array.from({ length: 120_000 }, (_, i) => pseudonyms.tag('token', `value ${i}`))
  expect(new Set(tags).size).toBe(tags.length)
  expect(tags[0]).toHaveLength(4)
  expect(new Set(tags.map((tag) => tag.length))).toEqual(new Set([4, 6, 8, 16]))
})

test('a value has the same tag whatever it is called, and whoever asks with the same key', () => {
  const key = new Uint8Array(KEY)
  const first = createPseudonymiser(key)
  const others = Array.from({ length: 2_000 }, (_, i) => first.tag('token', `value ${i}`))
  const second = createPseudonymiser(key)
  expect(Array.from({ length: 2_000 }, (_, i) => second.tag('cookie', `value ${1_999 - i}`)).reverse()).toEqual(others)
})

test('another key gives other tags', () => {
  const tags = [1, 2, 3].map((n) => createPseudonymiser(new Uint8Array(16).fill(n)).tag('token', 'value'))
  expect(new Set(tags).size).toBe(3)
})

test('a placeholder of every length is known as one', () => {
  for (const tag of ['3f9a', '3f9a12', '3f9a1234', '3f9a123456789abc']) {
    expect(isPlaceholder(`[cookie:${tag}, 64 chars]`)).toBe(true)
    expect(isPlaceholder(`[cookie:${tag},64chars]`)).toBe(true)
  }
  expect(isPlaceholder('[cookie:3f9a123456789abcd, 64 chars]')).toBe(false)
})
