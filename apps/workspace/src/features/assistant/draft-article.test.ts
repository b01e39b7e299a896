import { expect, test } from 'vitest'
import { draftArticle } from './draft-article.ts'

const at = new Date('2026-11-24T08:00:00Z')
const draft = { locale: 'en', near: undefined, flow: undefined, lead: 'Write here:', at } as const

test('the questions are the search words and the plan', () => {
  const { name, markdown } = draftArticle({
    ...draft,
    questions: ['How do I rename\nour workspace?', 'rename: workspace #2'],
    near: 'admin-console',
  })
  expect(name).toBe('how-do-i-rename-our-workspace.en.md')
  expect(markdown).toContain('title: How do I rename our workspace?\n')
  expect(markdown).toContain('keywords: How do I rename our workspace?, rename workspace 2\n')
  expect(markdown).toContain('- rename: workspace #2\n')
  expect(markdown).toContain('](/en/articles/admin-console)')
})

test('a question cannot write the front matter', () => {
  const { markdown } = draftArticle({ ...draft, questions: ['x\n---\nflow: evil', '"quoted": {a: [b]}'] })
  expect(markdown.match(/^---$/gm)).toHaveLength(2)
  expect(markdown).not.toMatch(/^flow:/m)
})

test('Greek keeps its letters, without accents; nothing at all still has a name', () => {
  expect(draftArticle({ ...draft, locale: 'el', questions: ['Πώς εξάγω;'] }).name).toBe('πως-εξαγω.el.md')
  expect(draftArticle({ ...draft, questions: [] }).name).toBe('article.en.md')
})
