import { bestPassage, type PassageFinder, passageFinder } from '@clew/text'
import type { Article, Passage } from '../knowledge.ts'

/** Part of an article, word for word, and where it stands. */
export type Quote = {
  slug: string
  title: string
  locale: Article['locale']
  section: string | undefined
  anchor: string | undefined
  updatedOn: string
  text: string
  steps: readonly string[]
}

/** The part of an article that answers the words best; its beginning if none does. */
export function quote(article: Article, words: string): Quote {
  const passage = bestPart(article, words) ?? article.passages[0]
  return {
    slug: article.slug,
    title: article.title,
    locale: article.locale,
    section: passage?.heading,
    anchor: passage?.anchor,
    updatedOn: article.updatedOn,
    text: quotable(passage?.text || article.description, words),
    steps: passage?.steps ?? [],
  }
}

type Part = { of: Passage; text: string; heading?: string }

/** Each article is read once; when it changes it is a new object. */
const finders = new WeakMap<Article, PassageFinder<Part>>()

export function bestPart(article: Article, question: string): Passage | undefined {
  const known = finders.get(article)
  const find = known ?? passageFinder(article.passages.map(partOf))
  if (!known) finders.set(article, find)
  return find(question)?.passage.of
}

const partOf = (of: Passage): Part => ({
  of,
  text: [of.text, ...of.steps].join('\n'),
  ...(of.heading === undefined ? {} : { heading: of.heading }),
})

const maxQuotedLength = 480

/** A quotation people read at a glance: of a long passage or a table, the paragraph or row that fits the words best. */
function quotable(passage: string, question: string): string {
  const parts = passage.split('\n').filter((line) => line.trim() !== '')
  if (passage.length <= maxQuotedLength || parts.length < 2) return passage
  const best = bestPassage(
    question,
    parts.map((line) => ({ heading: '', text: line })),
  )
  return best?.passage.text ?? parts[0] ?? passage
}
