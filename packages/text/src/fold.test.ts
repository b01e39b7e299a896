import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, foldMapped } from './fold.ts'

describe('fold', () => {
  test.each([
    ['ΛΟΓΑΡΙΑΣΜΟΣ', 'λογαριασμοσ'],
    ['λογαριασμός', 'λογαριασμοσ'],
    ['προϊόν', 'προιον'],
    ['ΐ', 'ι'],
    ['Ἀρχεῖον', 'αρχειον'],
    ['Crème BRÛLÉE', 'creme brulee'],
    ['ＦＵＬＬ', 'full'],
    ['ﬁle', 'file'],
    ['', ''],
  ])('%s becomes %s', (text, expected) => {
    expect(fold(text)).toBe(expected)
  })

  test('folding twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)),
      { seed: 1 },
    )
  })
})

describe('foldMapped', () => {
  test('quotes the original, with accents and decomposed letters', () => {
    const text = 'Χθες, ώρα Ελλάδας'.normalize('NFD')
    const { folded, original } = foldMapped(text)
    const start = folded.indexOf('ωρα')
    expect(original(start, start + 'ωρα ελλαδασ'.length).normalize('NFC')).toBe('ώρα Ελλάδας')
  })

  test('any stretch of the folded text leads to a stretch of the original', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), fc.nat(40), (text, start, length) => {
        return text.includes(foldMapped(text).original(start, start + length))
      }),
      { seed: 1 },
    )
  })
})
