import type { SafeHtml } from '@clew/site'
import { createAnchors } from './anchors.ts'
import { linksOf } from './links.ts'
import { parseMarkdown, plainInline, renderMarkdown, type Token } from './markdown.ts'
import { type ArticleRow, fillIn, type LibraryArticle, type LibrarySettings } from './model.ts'
import { passageText } from './passages.ts'

/** An article that can be shown, whole or in its parts. */
export type ReadableArticle = LibraryArticle & {
  place: number
  /** Reading time. */
  minutes: number
  /** Everything, for reading in one piece. */
  html: SafeHtml
  /** What stands before the steps; without steps, nothing. */
  introHtml: SafeHtml | undefined
  steps: readonly ReadableStep[]
  /** What follows the steps; without steps, everything. */
  restHtml: SafeHtml | undefined
  toc: readonly { id: string; title: string; level: 2 | 3 }[]
}

export type ReadableStep = { id: string; title: string; minutes: number; html: SafeHtml }

type Part = {
  heading: { title: string; anchor: string; tokens: Token[] } | undefined
  minutes: number | undefined
  body: Token[]
}

const wordsPerMinute = 200

/** Reads a stored article. `exists` tells which others it may link to. */
export function parseArticle(
  row: ArticleRow,
  { settings, exists }: { settings: LibrarySettings; exists: (slug: string) => boolean },
): ReadableArticle {
  const fill = (text: string): string => fillIn(text, settings)
  const tokens = parseMarkdown(row.body, { resolveLink: linksOf(row.locale, exists), fill })
  const parts = partsOf(tokens)
  const passages = parts.map(({ heading, body }) => ({
    heading: heading?.title,
    anchor: heading?.anchor,
    ...passageText(body),
  }))
  return {
    slug: row.slug,
    locale: row.locale,
    title: fill(row.title),
    description: fill(row.description),
    sectionId: row.sectionId,
    updatedOn: row.updatedOn,
    flowId: row.flowId,
    passages: passages.filter(({ text, steps }) => text !== '' || steps.length > 0),
    place: row.place,
    minutes: Math.max(1, Math.round(row.body.split(/\s+/).length / wordsPerMinute)),
    html: renderMarkdown(parts.flatMap(wholePart)),
    ...layOut(parts),
  }
}

/** Steps come in one run; what is around them is text. */
function layOut(parts: readonly Part[]): Pick<ReadableArticle, 'introHtml' | 'steps' | 'restHtml' | 'toc'> {
  const first = parts.findIndex(isStep)
  const intro = first < 0 ? [] : parts.slice(0, first)
  const steps = parts.filter(isStep)
  const rest = parts.slice(Math.max(0, first)).filter((part) => !isStep(part))
  return {
    introHtml: htmlOf(intro),
    steps: steps.map(({ heading, minutes, body }) => ({
      id: heading.anchor,
      title: heading.title,
      minutes,
      html: renderMarkdown(deeper(body)),
    })),
    restHtml: htmlOf(rest),
    toc: rest.flatMap(({ heading }) => (heading ? [{ id: heading.anchor, title: heading.title, level: 2 }] : [])),
  }
}

type Step = Part & { heading: NonNullable<Part['heading']>; minutes: number }

const isStep = (part: Part): part is Step => part.heading !== undefined && part.minutes !== undefined

const wholePart = ({ heading, body }: Part): Token[] => [...(heading?.tokens ?? []), ...body]

function htmlOf(parts: readonly Part[]): SafeHtml | undefined {
  return parts.length === 0 ? undefined : renderMarkdown(parts.flatMap(wholePart))
}

/** Cuts an article at its headings of the second level, and gives every heading an id. */
function partsOf(tokens: readonly Token[]): Part[] {
  const titles = nameHeadings(tokens)
  const cuts = tokens.flatMap(({ type, tag, level }, at) =>
    type === 'heading_open' && tag === 'h2' && level === 0 ? [at] : [],
  )
  const parts = [0, ...cuts].map((from, n): Part => {
    const body = tokens.slice(from, cuts[n])
    const heading = n === 0 ? undefined : titles.get(from)
    return takeMinutes({
      heading: heading && { ...heading, tokens: body.slice(0, headingLength) },
      minutes: undefined,
      body: heading ? body.slice(headingLength) : body,
    })
  })
  return parts.filter(({ heading, body }) => heading !== undefined || body.length > 0)
}

/** A heading is opened, has its words, and is closed. */
const headingLength = 3

/** Levels and ids of all headings, by where they stand. A page has one heading of the first level already. */
function nameHeadings(tokens: readonly Token[]): Map<number, { title: string; anchor: string }> {
  const nameOf = createAnchors()
  const titles = new Map<number, { title: string; anchor: string }>()
  for (const [at, token] of tokens.entries()) {
    if (!isHeading(token)) continue
    token.tag = `h${Math.min(4, Math.max(2, Number(token.tag.slice(1))))}`
    if (token.type !== 'heading_open') continue
    const title = plainInline(tokens[at + 1]?.children ?? null)
    const anchor = nameOf(title)
    token.attrs = [['id', anchor]]
    titles.set(at, { title, anchor })
  }
  return titles
}

const isHeading = ({ type }: Token): boolean => type === 'heading_open' || type === 'heading_close'

/** `{minutes: 2}` under a heading makes the part a step; the line itself is not shown. */
function takeMinutes(part: Part): Part {
  const [open, inline, close] = part.body
  const isParagraph = open?.type === 'paragraph_open' && inline?.type === 'inline' && close?.type === 'paragraph_close'
  const [, minutes] = /^\{minutes: (\d{1,3})\}$/.exec(isParagraph ? inline.content.trim() : '') ?? []
  return minutes === undefined ? part : { ...part, minutes: Number(minutes), body: part.body.slice(3) }
}

/** Inside a step, which has a heading of the third level, headings start at the fourth. */
const deeper = (tokens: readonly Token[]): Token[] =>
  tokens.map((token) => (isHeading(token) ? Object.assign(Object.create(token), { tag: 'h4' }) : token))
