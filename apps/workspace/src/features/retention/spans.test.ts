import { expect, test } from 'vitest'
import { choicesWith } from './spans.ts'

test('the present time is among the choices, in its place, and for ever comes last', () => {
  expect(choicesWith(45).slice(0, 4)).toEqual([7, 30, 45, 60])
  expect(choicesWith(30).filter((each) => each === 30)).toEqual([30])
  expect(choicesWith(null).at(-1)).toBeNull()
})
