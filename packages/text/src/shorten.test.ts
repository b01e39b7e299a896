import { expect, test } from 'vitest'
import { shorten } from './shorten.ts'

test.each([
  ['It fails', 8, 'It fails'],
  ['It fails.', 9, 'It fails.'],
  ['It fails now', 9, 'It fails…'],
  // One dot of a sentence and those of a pause would be four with the ellipsis.
  ['It fails. Why?', 10, 'It fails…'],
  ['It fails... why?', 12, 'It fails…'],
  ['It fails … why?', 11, 'It fails…'],
  ['Δεν ανεβαίνει. Γιατί;', 15, 'Δεν ανεβαίνει…'],
  ['One, two', 5, 'One…'],
  ['Why? It works', 5, 'Why?…'],
  ['😀😀😀😀', 3, '😀😀…'],
])('%j cut to %i characters is %j', (text, most, short) => expect(shorten(text, most)).toBe(short))
