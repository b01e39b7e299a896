import type { Source } from '@clew/contract/conversations'
import type { Locale } from '@clew/contract/primitives'
import { answerCoverage, bestPassage } from '@clew/text'
import { bestPart, type Library, type LibraryArticle, type LibraryHit } from '../articles/index.ts'

/** What the assistant can say to a question. `sources` are shown under every answer. */
export type Answer =
  | { kind: 'answer'; text: string; steps: string[]; sources: Source[]; article: LibraryArticle }
  | { kind: 'unsure'; closest: LibraryArticle[] }

/**
 * The port through which answers come. This one quotes the help centre word for word, so there is nothing to make up.
 * One with a model behind it fits the same shape; it is asked from a job, since nothing waits for a network inside a
 * transaction.
 */
export type Answerer = { answer(question: { text: string; locale: Locale }): Answer }

const closestCount = 3

export function quotingAnswerer(library: () => Library): Answerer {
  return {
    answer: ({ text, locale }) => {
      const hits = library().search(text, { locale, limit: closestCount })
      const best = hits[0]
      if (!best || best.coverage < answerCoverage) return { kind: 'unsure', closest: plausible(hits) }
      return quote(best.article, best.query || text)
    },
  }
}

/** Answers with the part of one article that fits the words best. */
export function quote(article: LibraryArticle, text: string): Answer {
  const passage = bestPart(article, text) ?? article.passages[0]
  const source: Source = {
    slug: article.slug,
    title: article.title,
    locale: article.locale,
    updatedOn: article.updatedOn,
    ...(passage?.heading === undefined ? {} : { section: passage.heading }),
    ...(passage?.anchor === undefined ? {} : { anchor: passage.anchor }),
  }
  return {
    kind: 'answer',
    text: quotable(passage?.text || article.description, text),
    steps: passage?.steps ?? [],
    sources: [source],
    article,
  }
}

const maxQuotedLength = 480

/** A quotation people read at a glance: of a long passage or a table, the paragraph or row that fits the words best. */
function quotable(passage: string, question: string): string {
  const parts = passage.split('\n').filter((line) => line.trim() !== '')
  if (passage.length <= maxQuotedLength || parts.length < 2) return passage
  return (
    bestPassage(
      question,
      parts.map((line) => ({ heading: '', text: line })),
    )?.passage.text ??
    parts[0] ??
    passage
  )
}

const plausible = (hits: readonly LibraryHit[]): LibraryArticle[] =>
  hits.filter(({ coverage }) => coverage >= answerCoverage / 2).map(({ article }) => article)
