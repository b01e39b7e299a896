import { expect, test } from 'vitest'
import { mended, packLexicon, readLexicon } from './lexicon.ts'

const known = readLexicon(packLexicon({ roots: ['invoic'], words: ['invoice', 'upload', 'sindesi', 'workspace'] }))

test('words and roots are known apart', () => {
  expect(known.word('invoice')).toBe(true)
  expect(known.root('invoic')).toBe(true)
  expect(known.root('invoice')).toBe(false)
  expect(known.word('invoic')).toBe(false)
})

test.each([
  ['two letters changed places', 'invocie', 'invoice'],
  ['one is there twice', 'uploaad', 'upload'],
  ['a wrong one', 'invouce', 'invoice'],
  ['one was left out', 'workpace', 'workspace'],
  ['the last one was left out', 'uploa', 'upload'],
  ['a sound of Greek', 'sindsei', 'sindesi'],
])('%s', (_what, typed, meant) => {
  expect(mended(typed, known.word)).toBe(meant)
})

test.each(['invoice', 'banana', 'uplod1', 'up', 'nvoice', 'a'.repeat(5000)])('%.20s is left as it is', (word) => {
  expect(mended(word, known.word)).toBe(word)
})

test('of words that nobody uses hardly any is taken for one that is known', () => {
  const words = Array.from({ length: 12_000 }, (_, place) => `w${(place * 7919).toString(36)}`)
  const packed = readLexicon(packLexicon({ roots: words, words }))
  expect(words.every((word) => packed.word(word))).toBe(true)
  const others = Array.from({ length: 20_000 }, (_, place) => `x${(place * 104_729).toString(36)}`)
  expect(others.filter((word) => packed.word(word)).length).toBeLessThan(20)
})
