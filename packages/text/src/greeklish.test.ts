import { describe, expect, test } from 'vitest'
import { fold } from './fold.ts'
import { skeleton, skeletonVariants } from './skeleton.ts'
import { transliterate } from './transliterate.ts'

describe('skeleton', () => {
  test.each([
    ['αρχείο', ['arxeio', 'archeio', 'arheio', 'arxio']],
    ['λογαριασμός', ['logariasmos', 'LOGARIASMOS']],
    ['θέλω', ['thelo', '8elw', 'thelw']],
    ['ξέχασα', ['xexasa', '3exasa', 'ksexasa', 'xehasa']],
    ['χρέωση', ['xreosi', 'xrewsh', 'chreosi', 'hreosi']],
    ['αυτό', ['afto', 'auto', 'ayto', 'avto']],
    ['ευχαριστώ', ['efxaristo', 'euxaristw', 'eyxaristw', 'efharisto']],
    ['ανεβαίνει', ['anevainei', 'anebainei', 'aneveni']],
    ['ουρανός', ['ouranos', 'uranos', 'oyranos']],
    ['σύνδεση', ['syndesi', 'sindesi', 'sundesh', 'syndesh']],
    ['κωδικός', ['kwdikos', 'kodikos']],
    ['προϊόν', ['proion']],
    ['μπάλα', ['mpala', 'bala']],
  ])('%s is found under every common spelling', (greek, spellings) => {
    const key = skeleton(greek)
    for (const spelling of spellings) expect(skeletonVariants(fold(spelling)), spelling).toContain(key)
  })

  test.each(['phonetic', 'visual'] as const)('text transliterated in the %s habit keeps its key', (habit) => {
    const greek = 'Δεν ανεβαίνει το αρχείο και θέλω να εξοφλήσω τον λογαριασμό'
    for (const word of greek.split(' ')) {
      expect(skeletonVariants(fold(transliterate(word, habit))), word).toContain(skeleton(word))
    }
  })

  test('never has more than twelve readings', () => {
    expect(skeletonVariants('xhubxhubxhub').length).toBeLessThanOrEqual(12)
  })

  test('leaves numbers alone', () => {
    expect(skeletonVariants('413')).toEqual(['413'])
  })
})

test.each([
  ['Ξέχασα τον κωδικό μου;', 'phonetic', 'Ksechasa ton kodiko mou;'],
  ['Ξέχασα τον κωδικό', 'visual', '3exasa ton kwdiko'],
  ['Θέλω HAR', 'visual', '8elw HAR'],
] as const)('%s in the %s habit is %s', (text, habit, expected) => {
  expect(transliterate(text, habit)).toBe(expected)
})
