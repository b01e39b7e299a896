import { type PassageFinder, passageFinder } from '@clew/text'
import type { LibraryArticle, Passage } from './model.ts'

type Part = { of: Passage; text: string; heading?: string }

/** Each article is read once; when it changes it is a new object. */
const finders = new WeakMap<LibraryArticle, PassageFinder<Part>>()

/** The part of an article that answers a question best, if any of it does. */
export function bestPart(article: LibraryArticle, question: string): Passage | undefined {
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
