import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detectAssignments } from './assignments.ts'
import { isPlainWords, Marks } from './marks.ts'
import { classifyName, TELLING_WORDS } from './names.ts'
import { DETECTORS } from './redact-text.ts'

test.each([
  'GR16 0110 1250 0000 0001 2300 695',
  'MT84 MALT 0110 0001 2345 MTLC AST0 01S',
  'call 210 1234567 now',
  'from 1.5.1.1 on',
  'aa-bb-cc-dd-ee-ff',
  'Bearer a1b2c3d4',
  'eyJabcde.ab',
  '-----BEGIN PRIVATE KEY-----',
  'jane@customer.example',
  'pw=x',
  '4111 1111 1111 1111',
  'fe80::1',
])('%s is more than plain words', (text) => {
  expect(isPlainWords(text)).toBe(false)
})

test.each(['', 'Settings were saved.', 'chapter 12, page 7', 'Ο λογαριασμός μου', "it's (nearly) done!"])(
  '"%s" is plain words',
  (text) => {
    expect(isPlainWords(text)).toBe(true)
  },
)

const PIECES =
  'a e J eyJ yJ GR MT 1 12 2024 7.5 1.2 . .. - -- ----- BEGIN KEY bearer token basic abc word Word WORD \u03b1 ( ) + , ! / _ 00'.split(
    ' ',
  )

test('no detector finds anything in plain words', () => {
  const pieces = fc.array(fc.constantFrom(...PIECES, ' ', '\t'), { maxLength: 24 }).map((list) => list.join(''))
  fc.assert(
    fc.property(
      fc.oneof(pieces, fc.string({ maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 40 })),
      (text) => {
        fc.pre(isPlainWords(text))
        for (const [, , detect] of DETECTORS) expect(detect(text, new Marks(text))).toEqual([])
      },
    ),
    { numRuns: 5_000 },
  )
})

test('a telling name is read in every way of writing it', () => {
  const words = TELLING_WORDS.filter((word) => word.length > 1)
  for (const word of [...words, 'api_key', 'X-Api-Key', 'signing.key', 'user[email]', 'j_password', 'e-mail']) {
    for (const name of [word, word.toUpperCase(), `my_${word}`, `x-${word}`]) {
      if (classifyName(name) === undefined) continue
      expect(detectAssignments(`{ "${name}": "Qx7vR2" }`), name).toHaveLength(1)
      expect(detectAssignments(`a;${name}=Qx7vR2;b`), name).toHaveLength(1)
    }
  }
})
