import { readdirSync, readFileSync } from 'node:fs'
import type { Locale, SearchDocument } from '@clew/text'
import { fillIn } from '../src/domains/articles/model.ts'

export type StarterArticle = SearchDocument & { description: string; head: Record<string, string> }

/** The starter articles as files, for checking them; the server has its own reader that also validates and stores. */
export function loadArticles(locale: Locale): StarterArticle[] {
  return slugsOf(locale).map((slug) => {
    const source = readFileSync(new URL(`articles/${locale}/${slug}.md`, import.meta.url), 'utf8')
    const [, front = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? []
    const head = Object.fromEntries(front.split('\n').map((line) => splitOnce(line)))
    const { title = '', description = '', keywords = '' } = head
    return { id: slug, locale, title, description, body, keywords: keywords.split(', '), head }
  })
}

/** Of the made-up operator, for reading the starter articles without an installation. */
export const exampleSettings = {
  brand: 'Northlight',
  appHost: 'app.northlight.example',
  supportEmail: 'help@northlight.example',
  uploadLimitMb: 20,
  captureRetentionDays: 30,
}

/** As people read them: with the settings filled in. */
export const loadFilledArticles = (locale: Locale): StarterArticle[] =>
  loadArticles(locale).map((article) => ({ ...article, body: fillIn(article.body, exampleSettings) }))

export function slugsOf(locale: Locale): string[] {
  return readdirSync(new URL(`articles/${locale}/`, import.meta.url))
    .map((name) => name.replace(/\.md$/, ''))
    .sort()
}

function splitOnce(line: string): [string, string] {
  const colon = line.indexOf(': ')
  return [line.slice(0, colon), line.slice(colon + 2)]
}
