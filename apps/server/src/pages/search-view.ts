import { bestPart } from '@clew/assistant'
import type { Locale } from '@clew/contract/primitives'
import type { SearchResult, SearchView, TextPart } from '@clew/site'
import { answerCoverage, tokenise } from '@clew/text'
import { type HelpCentre, type LibraryArticle, type LibraryHit, type Passage } from '../domains/articles/index.ts'
import { atNoon } from './words.ts'

const mostResults = 20
const snippetLength = 240

export type Search = { query: string; locale: Locale; asWritten: boolean }

/** What a search finds, with the words marked and one answer quoted word for word. */
export function searchView(library: HelpCentre, search: Search): SearchView {
  const { query, locale, asWritten } = search
  const hits = asWritten ? literalHits(library, search) : library.search(query, { locale, limit: mostResults })
  const read = hits[0]
  return {
    query,
    total: hits.length,
    ...(read?.readAs && read.query !== query ? { readAs: { kind: read.readAs, text: read.query } } : {}),
    results: hits.map((hit, place) => resultOf(hit, { library, locale, isBest: place === 0 && answers(hit) })),
  }
}

const answers = ({ coverage }: LibraryHit): boolean => coverage >= answerCoverage

function resultOf(
  { article, query }: LibraryHit,
  { library, locale, isBest }: { library: HelpCentre; locale: Locale; isBest: boolean },
): SearchResult {
  const stems = stemsOf(query)
  const section = library.sections(locale).find(({ id }) => id === article.sectionId)
  const passage = isBest ? bestPart(article, query) : undefined
  return {
    slug: article.slug,
    title: marked(article.title, stems),
    snippet: marked(passage ? quoted(passage) : article.description, stems),
    section: section?.title ?? '',
    updatedOn: atNoon(article.updatedOn),
    ...(passage?.heading !== undefined && passage.anchor !== undefined
      ? { part: { id: passage.anchor, title: passage.heading } }
      : {}),
    ...(isBest ? { best: true } : {}),
    ...(article.locale === locale ? {} : { onlyIn: article.locale }),
  }
}

/** Whole sentences, as many as fit; of a part that is a list only, its items. */
export function quoted({ text, steps }: Pick<Passage, 'text' | 'steps'>): string {
  const all = text ? asOneLine(text) : steps.join(' ')
  if (all.length <= snippetLength) return all
  const cut = all.slice(0, snippetLength)
  const sentence = /^[\s\S]*(?:[.;:!]|(?<!\s)·)(?=\s)/.exec(cut)?.[0] ?? ''
  return sentence.length > snippetLength / 3 ? sentence : `${cut.replace(/[\s·]+[^\s·]*$/, '')}…`
}

/** The lines of a passage one after another; the items of its lists stay apart. */
function asOneLine(text: string): string {
  const lines = text.trim().split(/\s*\n\s*/)
  return lines.reduce((all, line, at) => {
    const isAfterItem = lines[at - 1]?.startsWith('- ') === true && !/[.;:!?·…]$/u.test(all)
    return `${all}${at === 0 ? '' : isAfterItem ? ' · ' : ' '}${line.replace(/^- /, '')}`
  }, '')
}

const stemsOf = (text: string): ReadonlySet<string> =>
  new Set(
    tokenise(text)
      .filter(({ isStop }) => !isStop)
      .map(({ stem }) => stem),
  )

/** Marks the words that were searched for, in whatever form they stand here. */
export function marked(text: string, stems: ReadonlySet<string>): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const { surface, stem } of tokenise(text)) {
    const at = text.indexOf(surface, from)
    if (!stems.has(stem) || at < 0) continue
    if (at > from) parts.push({ text: text.slice(from, at) })
    parts.push({ text: surface, match: true })
    from = at + surface.length
  }
  if (from < text.length) parts.push({ text: text.slice(from) })
  return parts
}

/** Articles that hold the very words, by how many of them; nothing is read as something else. */
function literalHits(library: HelpCentre, { query, locale }: Search): LibraryHit[] {
  const wanted = [...stemsOf(query)]
  if (wanted.length === 0) return []
  const coverageOf = (article: LibraryArticle): number => {
    const texts = article.passages.flatMap(({ heading = '', text, steps }) => [heading, text, ...steps])
    const held = stemsOf([article.title, article.description, ...texts].join(' '))
    return wanted.filter((stem) => held.has(stem)).length / wanted.length
  }
  return library
    .list(locale)
    .map((article) => ({ article, coverage: coverageOf(article), readAs: undefined, query }))
    .filter(({ coverage }) => coverage > 0)
    .sort((a, b) => b.coverage - a.coverage)
    .slice(0, mostResults)
}
