import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadArticles, slugsOf } from './load-articles.ts'
import { loadFlows } from './load-flows.ts'

const locales = ['en', 'el'] as const
const flows = loadFlows(import.meta.dirname)
const fields = ['title', 'description', 'section', 'order', 'updated', 'keywords']
const sections: { id: string }[] = JSON.parse(readFileSync(new URL('sections.json', import.meta.url), 'utf8'))
const linkTarget = /\]\(([^)]+)\)/g
const stepHeading = /^## (.+)\n\{minutes: (\d+)\}$/gm

test('both languages have the same articles', () => {
  expect(slugsOf('el')).toEqual(slugsOf('en'))
})

describe.each(locales.flatMap(loadArticles))('$locale/$id', ({ id, locale, head, body }) => {
  test('has complete front matter and a known section', () => {
    expect(Object.keys(head).filter((name) => name !== 'flow')).toEqual(fields)
    expect(Object.values(head).every((value) => value.trim() !== '')).toBe(true)
    expect(sections.map((section) => section.id)).toContain(head['section'])
    expect(head['updated']).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  })

  test('links only to articles and pages that exist', () => {
    const targets = [...body.matchAll(linkTarget)].map((match) => match[1] ?? '')
    for (const target of targets) {
      const [, kind, name = ''] = /^(article|page):([a-z0-9-]+)(?:#[\w-]+)?$/.exec(target) ?? []
      const known = kind === 'article' ? slugsOf(locale) : ['har', 'contact', 'status', 'my']
      expect(known, target).toContain(name)
    }
  })

  test('uses only the placeholders that the server fills in', () => {
    const placeholders = [...body.matchAll(/\{\{(.*?)\}\}/g)].map((match) => match[1])
    for (const name of placeholders)
      expect(['brand', 'app_host', 'support_email', 'upload_limit_mb', 'capture_retention_days']).toContain(name)
    expect(body).not.toContain('Northlight')
  })

  test('shows the same sections and tables as its translation', () => {
    const other = loadArticles(locale === 'en' ? 'el' : 'en').find((article) => article.id === id)
    const shape = (text = ''): string[] => text.match(/^(?:##|\d+\.|\||>|```\w*|\{minutes: \d+\})/gm) ?? []
    expect(shape(other?.body)).toEqual(shape(body))
  })

  test('shows the steps of its flow, in the same order and with the same minutes', () => {
    if (head['flow'] === undefined) {
      expect([...body.matchAll(stepHeading)]).toEqual([])
      return
    }
    const flow = flows.find(head['flow'])
    expect(flow?.id).toBe(head['flow'])
    expect(flow?.article).toBe(id)
    const minutes = [...body.matchAll(stepHeading)].map((match) => Number(match[2]))
    const own = flow?.steps.flatMap((step) => (step.kind === 'do' && step.minutes !== undefined ? [step.minutes] : []))
    expect(minutes).toEqual(own)
  })
})

test('every article that a flow shows is there', () => {
  const shown = flows.all.flatMap(({ article, steps }) => [
    article,
    ...steps.map((step) => ('article' in step ? step.article : undefined)),
  ])
  for (const slug of shown) if (slug !== undefined) expect(slugsOf('en')).toContain(slug)
})
