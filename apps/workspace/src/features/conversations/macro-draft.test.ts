import { describe, expect, test } from 'vitest'
import { noExtras, putInto, slashTyped, withMacro } from './macro-draft.ts'

describe('the list of macros opens', () => {
  test.each([
    ['', '/', 1],
    ['a\n\nb', 'a\n/\nb', 3],
    ['a\n', 'a\n/', 3],
  ])('in %j by %j', (before, after, caret) =>
    expect(slashTyped(before, after, caret)).toEqual({ start: caret - 1, end: caret }),
  )

  test.each([
    ['a', 'a/', 2],
    ['b', '/b', 1],
    ['', '/x', 2],
    ['//', '/', 1],
    ['/', '/', 1],
    ['', 'x', 1],
  ])('not in %j by %j', (before, after, caret) => expect(slashTyped(before, after, caret)).toBeUndefined())
})

describe('what was chosen', () => {
  test('takes the place of the slash, and the caret stands behind it', () => {
    expect(putInto('a\n/\nb', { start: 2, end: 3 }, 'new')).toEqual({
      text: 'a\nnew\nb',
      selected: { start: 5, end: 5 },
    })
  })

  test('begins on a line of its own', () => {
    expect(putInto('Hello ', { start: 6, end: 6 }, 'new').text).toBe('Hello\n\nnew')
  })

  test('has selected what is to be filled in', () => {
    const { text, selected } = putInto('/', { start: 0, end: 1 }, 'of {{case.request_id}}.')
    expect(text.slice(selected.start, selected.end)).toBe('{{case.request_id}}')
  })
})

test('two macros in one reply add the tags of both, and resolve when one of them does', () => {
  const first = withMacro(noExtras, { tags: ['a', 'b'], resolves: true })
  expect(withMacro(first, { tags: ['b', 'c'], resolves: false })).toEqual({ tags: ['a', 'b', 'c'], resolves: true })
})
