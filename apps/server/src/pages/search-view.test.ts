import { expect, test } from 'vitest'
import { quoted } from './search-view.ts'

const ofText = (text: string): string => quoted({ text, steps: [] })

test('a list is quoted without its dashes, its items apart', () => {
  expect(ofText('- Cookies and tokens\n- Passwords\nSome browsers remove a few.')).toBe(
    'Cookies and tokens · Passwords · Some browsers remove a few.',
  )
  expect(ofText('A recording holds:\n- Cookies.\n- Passwords')).toBe('A recording holds: Cookies. Passwords')
})

test('what is too long ends with a sentence, or with a word and a mark', () => {
  const sentence = `${'a word and '.repeat(12)}an end.`
  expect(ofText(`${sentence} ${sentence}`)).toBe(sentence)
  expect(ofText(`- ${'an item\n- '.repeat(60)}`)).toMatch(/ an item…$/)
})
