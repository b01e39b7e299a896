import { answerCoverage, createIndex, type Locale } from '@clew/text'
import { describe, expect, test } from 'vitest'
import { loadArticles, slugsOf } from './load-articles.ts'
import { outOfScope, type Question, questions } from './retrieval.questions.ts'
import { unseenOutOfScope, unseenQuestions } from './retrieval.unseen.ts'

const locales = ['en', 'el'] as const
const index = createIndex(locales.flatMap(loadArticles))

describe.each(locales)('retrieval over the starter articles in %s', (locale) => {
  const own = questions.filter((question) => question.locale === locale)

  test('at least five paraphrases of each article are asked', () => {
    for (const slug of slugsOf(locale)) {
      expect(own.filter((question) => question.slug === slug).length, slug).toBeGreaterThanOrEqual(5)
    }
  })

  test('the right article comes first for four questions in five, and nearly always among the first three', () => {
    const { first, third } = recall('tuned', own)
    expect(first).toBeGreaterThanOrEqual(0.8)
    expect(third).toBeGreaterThanOrEqual(0.93)
  })
})

test('harder questions that the articles were not written for still find their article among the first three', () => {
  const { first, third } = recall('hard', unseenQuestions)
  expect(first).toBeGreaterThanOrEqual(0.7)
  expect(third).toBeGreaterThanOrEqual(0.9)
})

test('a question about something else stays below the coverage that an answer needs', () => {
  const answered = [...outOfScope, ...unseenOutOfScope].filter((question) => coverageOf(question) >= answerCoverage)
  expect(answered).toEqual([])
})

test('few questions that have an answer are turned away by the same coverage', () => {
  const refused = questions.filter((question) => coverageOf(question) < answerCoverage)
  expect(refused.length / questions.length).toBeLessThanOrEqual(0.05)
})

test('coverage tells answerable questions from others', () => {
  const auroc = areaUnderCurve(
    [...questions, ...unseenQuestions].map(coverageOf),
    [...outOfScope, ...unseenOutOfScope].map(coverageOf),
  )
  console.info(`abstention AUROC ${auroc.toFixed(3)}`)
  expect(auroc).toBeGreaterThanOrEqual(0.95)
})

test('Greeklish is answered from the Greek articles and says how it was read', () => {
  const [hit] = index.search('den anevainei to arxeio', { locale: 'el' })
  expect(hit?.id).toBe('upload-failures')
  expect(hit?.matched).toEqual({ readAs: 'greeklish', query: 'δεν ανεβαίνει το αρχείο' })
})

test('a typo is repaired and the repaired query is shown', () => {
  const [hit] = index.search('uplod failures', { locale: 'en' })
  expect(hit?.id).toBe('upload-failures')
  expect(hit?.matched).toEqual({ readAs: 'typo', query: 'upload failures' })
})

function recall(name: string, own: readonly Question[]): { first: number; third: number } {
  const ranked = own.map((question) => ({ ...question, rank: rankOf(question) }))
  const first = ranked.filter(({ rank }) => rank === 1).length / own.length
  const third = ranked.filter(({ rank }) => rank !== undefined && rank <= 3).length / own.length
  const locale = own[0]?.locale === own.at(-1)?.locale ? (own[0]?.locale ?? '') : 'en+el'
  console.info(`${name} ${locale}: ${own.length} questions, R@1 ${first.toFixed(3)}, R@3 ${third.toFixed(3)}`)
  return { first, third }
}

function rankOf({ text, locale, slug }: Question): number | undefined {
  const position = index.search(text, { locale }).findIndex(({ id }) => id === slug)
  return position < 0 ? undefined : position + 1
}

function coverageOf({ text, locale }: { text: string; locale: Locale }): number {
  return index.search(text, { locale, limit: 1 })[0]?.coverage ?? 0
}

function areaUnderCurve(positives: readonly number[], negatives: readonly number[]): number {
  const wins = positives.flatMap((p) => negatives.map((n): number => (p > n ? 1 : p === n ? 0.5 : 0)))
  return wins.reduce((sum, win) => sum + win, 0) / wins.length
}
