import type { Locale } from '@clew/contract/primitives'

export type Draft = {
  locale: Locale
  questions: readonly string[]
  /** An article that is near already, to begin from or to mend. */
  near: string | undefined
  flow: string | undefined
  lead: string
  at: Date
}

const mostWords = 8

/** An article to be written, in the form of the content folder: the questions are its search words and its plan. */
export function draftArticle({ locale, questions, near, flow, lead, at }: Draft): { name: string; markdown: string } {
  const [first = ''] = questions.map(oneLine)
  const title = first.split(' ').slice(0, mostWords).join(' ')
  const front = [
    '---',
    `title: ${plain(title)}`,
    `description: ${plain(first)}`,
    'section: troubleshooting',
    `updated: ${at.toISOString().slice(0, 10)}`,
    ...(flow === undefined ? [] : [`flow: ${flow}`]),
    `keywords: ${plain(questions.map(oneLine).join(', '))}`,
    '---',
  ]
  const plan = [lead, '', ...questions.map((question) => `- ${oneLine(question)}`)]
  const nearby = near === undefined ? [] : ['', `[${near}](/${locale}/articles/${near})`]
  return { name: `${slugOf(title)}.${locale}.md`, markdown: `${[...front, '', ...plan, ...nearby].join('\n')}\n` }
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 200)

/** Nothing that YAML would read as more than words. */
const plain = (text: string): string =>
  text
    .replaceAll(/["'`{}[\]#&*!|>%@:\\]/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()

const slugOf = (title: string): string =>
  title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '') || 'article'

export function download({ name, markdown }: { name: string; markdown: string }): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([markdown], { type: 'text/markdown;charset=utf-8' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
