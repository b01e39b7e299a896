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
  const nameOf = createAnchors()
  const parts: Part[] = [{ heading: undefined, minutes: undefined, body: [] }]
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]
    if (!token) continue
    const level = headingLevel(token)
    if (level !== undefined) setTag(token, `h${level}`)
    if (token.type !== 'heading_open') {
      parts.at(-1)?.body.push(token)
      continue
    }
    const title = plainInline(tokens[i + 1]?.children ?? null)
    const anchor = nameOf(title)
    token.attrs = [['id', anchor]]
    if (level !== 2 || token.level > 0) {
      parts.at(-1)?.body.push(token)
      continue
    }
    const heading = tokens.slice(i, i + 3)
    for (const each of heading) if (each.type === 'heading_close') setTag(each, 'h2')
    parts.push({ heading: { title, anchor, tokens: heading }, minutes: undefined, body: [] })
    i += 2
  }
  return parts.map(takeMinutes).filter(({ heading, body }) => heading !== undefined || body.length > 0)
}

/** A page has one heading of the first level already, and four levels are enough. */
function headingLevel({ type, tag }: Token): 2 | 3 | 4 | undefined {
  if (!/^heading_(open|close)$/.test(type)) return undefined
  const level = Number(tag.slice(1))
  if (level <= 2) return 2
  return level === 3 ? 3 : 4
}

function setTag(token: Token, tag: string): void {
  token.tag = tag
}

/** `{minutes: 2}` under a heading makes the part a step; the line itself is not shown. */
function takeMinutes(part: Part): Part {
  const [open, inline, close] = part.body
  const isParagraph = open?.type === 'paragraph_open' && inline?.type === 'inline' && close?.type === 'paragraph_close'
  const [, minutes] = /^\{minutes: (\d{1,3})\}$/.exec(isParagraph ? inline.content.trim() : '') ?? []
  return minutes === undefined ? part : { ...part, minutes: Number(minutes), body: part.body.slice(3) }
}

/** Inside a step, which has a heading of the third level, headings start at the fourth. */
const deeper = (tokens: readonly Token[]): Token[] =>
  tokens.map((token) => (headingLevel(token) === 3 ? Object.assign(Object.create(token), { tag: 'h4' }) : token))
