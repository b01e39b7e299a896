import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldBytes, foldText, spellingsOf } from './folding.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

const FAMILIES: readonly string[][] = [
  ['ΠΑΠΑΔΟΠΟΥΛΟΣ', 'Παπαδόπουλος', 'παπαδοπουλος', 'ΠΑΠΑΔΌΠΟΥΛΟΣ'],
  ['ΑΪΤΉ', 'αϊτή', 'ΑΙΤΗ', 'αιτή'],
  ['Ёлка', 'ЁЛКА', 'елка'],
]

test.each(FAMILIES)('%s is one word in all its spellings', (...words) => {
  expect(new Set(words.map((word) => foldText(word))).size).toBe(1)
})

test('a letter whose plain form is ASCII keeps its accent, for it would grow shorter', () => {
  expect(foldText('ÉÜß aZ')).toBe('éüß aZ')
})

test('a folded text is as long as the text, and its bytes say the same', () => {
  const unit = fc.constantFrom('a', 'Z', 'Ύ', 'ς', 'ΐ', 'é', 'İ', 'Ж', 'й', 'א', '€', '😀', '"', '߿')
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
      const folded = foldText(text)
      expect(folded).toHaveLength(text.length)
      const bytes = foldBytes(encoder.encode(text))
      expect(bytes === undefined ? text : decoder.decode(bytes)).toBe(folded)
      const decomposed = foldBytes(encoder.encode(text.normalize('NFD')))
      if (!/[éİй]/.test(text) && decomposed !== undefined) expect(decoder.decode(decomposed)).toBe(folded)
    }),
  )
})

test('spellings are other ones, and each once', () => {
  const spellings = spellingsOf('Μαρία')
  expect(spellings).toEqual(
    expect.arrayContaining(['Μαρια', 'ΜΑΡΙΑ', 'μαρια', 'ΜΑΡΊΑ', 'μαρία', 'Μαρία'.normalize('NFD')]),
  )
  expect(spellings).not.toContain('Μαρία')
  expect(new Set(spellings).size).toBe(spellings.length)
})
