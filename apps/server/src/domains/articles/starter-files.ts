import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Locale } from '@clew/contract/primitives'
import { locales } from '@clew/i18n'
import { z } from 'zod'
import type { SectionRow, StarterArticle } from './model.ts'

export type StarterContent = { sections: readonly SectionRow[]; articles: readonly StarterArticle[] }

const Sections = z.array(
  z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,60}$/), order: z.int(), name: z.record(Locale, z.string()) }),
)

const Front = z.strictObject({
  title: z.string().min(1).max(200),
  description: z.string().min(1).max(400),
  section: z.string(),
  order: z.coerce.number().int(),
  updated: z.iso.date(),
  flow: z.string().optional(),
  keywords: z.string().default(''),
})

/** Reads the articles that come with the product: `sections.json` and `articles/<locale>/<slug>.md`. */
export async function readStarterFiles(folder: string): Promise<StarterContent> {
  const sections = Sections.parse(JSON.parse(await readFile(join(folder, 'sections.json'), 'utf8')))
  const articles = await Promise.all(locales.map((locale) => readLocale(folder, locale)))
  return {
    sections: sections.map(({ id, order, name }) => ({ id, place: order, names: name })),
    articles: articles.flat(),
  }
}

async function readLocale(folder: string, locale: Locale): Promise<StarterArticle[]> {
  const names = (await readdir(join(folder, 'articles', locale))).filter((name) => /^[a-z0-9-]+\.md$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const source = await readFile(join(folder, 'articles', locale, name), 'utf8')
      return readStarterArticle(source, { locale, slug: name.replace(/\.md$/, '') })
    }),
  )
}

/** Splits an article file into its front matter and its text. */
export function readStarterArticle(source: string, about: { locale: Locale; slug: string }): StarterArticle {
  const [, front = '', body = ''] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(source) ?? []
  const parsed = Front.safeParse(Object.fromEntries(front.split(/\r?\n/).map(entryOf)))
  if (!parsed.success)
    throw new Error(`the front matter of ${about.locale}/${about.slug}.md is not complete`, { cause: parsed.error })
  const { title, description, section, order, updated, flow, keywords } = parsed.data
  return {
    ...about,
    sectionId: section,
    place: order,
    title,
    description,
    keywords: keywords
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
    body: body.trim(),
    flowId: flow,
    updatedOn: updated,
    contentHash: createHash('sha256').update(source).digest('hex'),
  }
}

function entryOf(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
}
