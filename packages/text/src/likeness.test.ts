import { expect, test } from 'vitest'
import { gramVectors, groupAlike } from './likeness.ts'

const english = [
  'how do I export my chat history',
  'can I export the history of my chats?',
  'exporting chat histroy',
  'change the name of our workspace',
  'rename workspace',
  'our workspace needs a new name, how do I rename it',
  'is there a dark mode',
]

const groupsOf = (texts: readonly string[], locale: 'en' | 'el') =>
  groupAlike(gramVectors(texts, locale), 0.3).map((places) => places.map((place) => texts[place]))

const sorted = (texts: readonly (string | undefined)[]) => [...texts].sort((a = '', b = '') => a.localeCompare(b))

test('the same thing in other words is one group, typing errors included', () => {
  const groups = groupsOf(english, 'en').map((group) => sorted(group))
  expect(groups).toHaveLength(3)
  expect(groups).toContainEqual(sorted(english.slice(0, 3)))
  expect(groups).toContainEqual(sorted(english.slice(3, 6)))
  expect(groups).toContainEqual(['is there a dark mode'])
})

test('Greek, without accents and in Latin letters, is one group', () => {
  const texts = [
    'πώς εξάγω το ιστορικό συνομιλιών',
    'πως εξαγω ιστορικο συνομιλιων',
    'pws exagw istoriko synomiliwn',
    'θέλω σκούρο θέμα',
  ]
  expect(groupsOf(texts, 'el').map(({ length }) => length)).toEqual([3, 1])
})

test('nothing in, nothing out; words without meaning are still a text', () => {
  expect(groupAlike(gramVectors([], 'en'), 0.3)).toEqual([])
  const places = groupAlike(gramVectors(['', '?'], 'en'), 0.3).flat()
  expect(new Set(places)).toEqual(new Set([0, 1]))
})
