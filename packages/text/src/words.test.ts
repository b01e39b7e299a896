import { growth } from '@clew/testkit/growth'
import { describe, expect, test } from 'vitest'
import { editDistance } from './edit-distance.ts'
import { fold } from './fold.ts'
import { plainText } from './plain-text.ts'
import { splitSections } from './sections.ts'
import { stem } from './stem.ts'
import { tokenise } from './tokenise.ts'

describe('stem', () => {
  test.each([
    ['upload uploads uploaded uploading'],
    ['invoice invoices'],
    ['charge charged charging charges'],
    ['cookie cookies'],
    ['company companies'],
    ['stopped stopping stops stop'],
    ['κωδικός κωδικό κωδικού κωδικών κωδικούς'],
    ['αρχείο αρχεία αρχείου αρχείων'],
    ['λογαριασμός λογαριασμό λογαριασμοί λογαριασμούς'],
    ['πρόβλημα προβλήματα προβλήματος προβλημάτων'],
    ['σύνδεση συνδέσεις σύνδεσης'],
    ['χρέωση χρεώσεις χρέωσης'],
    ['μεταφόρτωση μεταφορτώσεις μεταφόρτωσης'],
  ])('all of these meet: %s', (words) => {
    const stems = new Set(words.split(' ').map((word) => stem(fold(word))))
    expect([...stems]).toHaveLength(1)
  })

  test('different things stay apart', () => {
    expect(stem('policy')).not.toBe(stem('police'))
    expect(stem(fold('κωδικός'))).not.toBe(stem(fold('κώδικας ')))
    expect(stem('413')).toBe('413')
  })
})

describe('tokenise', () => {
  test('keeps the surface, folds, stems, and marks stop words', () => {
    expect(tokenise('Can’t upload τα ΑΡΧΕΊΑ!')).toEqual([
      { surface: 'Can’t', folded: 'cant', stem: 'cant', isStop: true },
      { surface: 'upload', folded: 'upload', stem: 'upload', isStop: false },
      { surface: 'τα', folded: 'τα', stem: 'τα', isStop: true },
      { surface: 'ΑΡΧΕΊΑ', folded: 'αρχεια', stem: 'αρχει', isStop: false },
    ])
  })

  test.each(['a', 'ing', 'ss', 'θ', 'ά', '1', "'a"])(
    'reads %j without end in the time that its length takes',
    async (piece) => {
      const ofLength = (length: number) => piece.repeat(length / piece.length)
      expect(await growth(tokenise, ofLength, { from: 10_000, factor: 4 })).toBeLessThan(8)
    },
  )

  test('has nothing to say about punctuation and pictures', () => {
    expect(tokenise('… ?! 🙂 ;')).toEqual([])
  })
})

test.each([
  ['upload', 'uplaod', 1],
  ['upload', 'upload', 0],
  ['fail', 'fails', 1],
  ['abc', 'xyz', 3],
  ['abcdefgh', 'xyz', 3],
])('from %s to %s is %i edits (3 means more than two)', (a, b, edits) => {
  expect(editDistance(a, b, 2)).toBe(edits)
})

test('plain text keeps the words of Markdown and drops its marks', () => {
  const markdown =
    '## Title\n{minutes: 1}\n\n1. Open **the** [page](page:har) of {{brand}}\n\n| A | B |\n|---|---|\n| `x-id` | c |'
  expect(plainText(markdown).replace(/\s+/g, ' ').trim()).toBe(
    'Title 1. Open the page of A B x-id c'.replace('1. ', ''),
  )
})

test('sections carry their heading, and the part before the first heading has none', () => {
  expect(splitSections('Intro.\n\n## One\n\nText.\n\n### Sub\n\nMore.\n\n## Two\nEnd.')).toEqual([
    { text: 'Intro.' },
    { heading: 'One', text: 'Text.\n\n### Sub\n\nMore.' },
    { heading: 'Two', text: 'End.' },
  ])
})
