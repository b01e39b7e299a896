import type { Macro } from '@clew/contract/macros'
import { expect, test } from 'vitest'
import { contentOf, draftOf, emptyDraft, isSame, problemOf } from './draft.ts'

const draft = { ...emptyDraft, name: 'Ask', en: 'When?', tags: 'time, two words;  ,β' }

test('a draft becomes what the server takes, and a macro the same draft again', () => {
  const content = contentOf(draft)
  expect(content).toEqual({
    name: 'Ask',
    bodies: { en: 'When?', el: '' },
    tags: ['time', 'two-words', 'β'],
    resolves: false,
  })
  const macro = { ...content, bodies: { en: 'When?' } } as Macro
  expect(draftOf(macro)).toEqual({ ...draft, tags: 'time, two-words, β' })
  expect(isSame(draft, { ...draft })).toBe(true)
  expect(isSame(draft, { ...draft, resolves: true })).toBe(false)
})

test.each([
  [{}, undefined],
  [{ name: ' ' }, { code: 'name' }],
  [{ en: ' ' }, { code: 'body' }],
  [{ el: 'Γεια {{όνομα}}' }, { code: 'placeholder', placeholder: '{{όνομα}}' }],
  [{ tags: 'a, #b' }, { code: 'tag', tag: '#b' }],
  [{ tags: 'a,b,c,d,e,f,g,h,i,j,k' }, { code: 'tags' }],
])('with %j it lacks %j', (more, problem) => expect(problemOf({ ...draft, ...more })).toEqual(problem))
