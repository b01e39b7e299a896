import { readdirSync, readFileSync } from 'node:fs'
import { fold } from '@clew/text'
import { describe, expect, test } from 'vitest'
import { acts, parsePhrases, type TrainingPhrase, topics } from '../src/training-phrases.ts'

const languages = ['en', 'el', 'greeklish'] as const

/** Enough for a linear model to learn from, for one act and topic together and for an act that needs no topic. */
const leastPerPair = { en: 32, el: 32, greeklish: 24 }
const leastPerAct = { en: 40, el: 40, greeklish: 28 }

const actsWithTopics = new Set(['problem', 'question'])
const questionTopics = topics.filter((topic) => topic !== '-')
const withoutFlow = new Set(['privacy', 'contact', 'request-id'])
const problemTopics = questionTopics.filter((topic) => !withoutFlow.has(topic))

/** A language may be spread over several files: `phrases.en.txt`, `phrases.en-more.txt`. */
function read(language: (typeof languages)[number]): TrainingPhrase[] {
  const ofLanguage = new RegExp(`^phrases\\.${language}(-.+)?\\.txt$`)
  return readdirSync(new URL('.', import.meta.url))
    .filter((name) => ofLanguage.test(name))
    .flatMap((name) => parsePhrases(readFileSync(new URL(name, import.meta.url), 'utf8')))
}

function tooFew(phrases: TrainingPhrase[], wanted: Map<string, number>, key: (phrase: TrainingPhrase) => string) {
  const counts = new Map<string, number>()
  for (const phrase of phrases) counts.set(key(phrase), (counts.get(key(phrase)) ?? 0) + 1)
  return [...wanted]
    .filter(([name, least]) => (counts.get(name) ?? 0) < least)
    .map(([name]) => `${name}: ${counts.get(name) ?? 0}`)
}

/** As the classifier sees it: case, accents and punctuation make no second phrase. */
function bare(text: string): string {
  return (
    fold(text)
      .replace(/[^\p{L}\p{N}\p{Extended_Pictographic}]+/gu, ' ')
      .trim() || text
  )
}

describe.each(languages)('training phrases, %s', (language) => {
  const phrases = read(language)

  test('no phrase stands twice', () => {
    const seen = new Map<string, string>()
    const twice: string[] = []
    for (const { act, topic, text } of phrases) {
      const key = bare(text)
      const earlier = seen.get(key)
      if (earlier !== undefined) twice.push(`${earlier} and ${act} ${topic}: ${text}`)
      seen.set(key, `${act} ${topic}`)
    }
    expect(twice).toEqual([])
  })

  test('every act and topic has enough of them', () => {
    const pairs = new Map<string, number>()
    for (const topic of problemTopics) pairs.set(`problem ${topic}`, leastPerPair[language])
    for (const topic of questionTopics) pairs.set(`question ${topic}`, leastPerPair[language])
    const plain = acts.filter((act) => !actsWithTopics.has(act))
    expect(tooFew(phrases, pairs, ({ act, topic }) => `${act} ${topic}`)).toEqual([])
    expect(tooFew(phrases, new Map(plain.map((act) => [act, leastPerAct[language]])), ({ act }) => act)).toEqual([])
  })

  test('a problem and a question always say what they are about', () => {
    expect(phrases.filter(({ act, topic }) => actsWithTopics.has(act) && topic === '-')).toEqual([])
  })
})

describe('parsePhrases', () => {
  test('reads blocks, skips blank lines and turns ⏎ into a line break', () => {
    expect(parsePhrases('# problem upload\n\nit stops⏎at 99 %\n# thanks -\nthank you\n')).toEqual([
      { act: 'problem', topic: 'upload', text: 'it stops\nat 99 %' },
      { act: 'thanks', topic: '-', text: 'thank you' },
    ])
  })

  test.each([
    ['# problem uploads\nx', 'Line 1'],
    ['# moan upload\nx', 'Line 1'],
    ['\n#thanks -\nx', 'Line 2'],
    ['thank you', 'before the first label'],
  ])('names the line of a mistake in %j', (text, message) => {
    expect(() => parsePhrases(text)).toThrow(message)
  })
})
