import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ArticleId } from '@clew/contract/primitives'
import { answerCoverage } from '@clew/text'
import { beforeAll, describe, expect, test } from 'vitest'
import { createLibrary, type HelpCentre } from './library.ts'
import { readStarterFiles, type StarterContent } from './starter-files.ts'

const contentDir = join(import.meta.dirname, '../../../content')
const settings = {
  brand: 'Kyma *Cloud*',
  appHost: 'app.kyma.example',
  supportEmail: 'help@kyma.example',
  uploadLimitMb: 25,
  captureRetentionDays: 30,
}

let content: StarterContent
let library: HelpCentre

const libraryOf = ({ sections, articles }: StarterContent): HelpCentre =>
  createLibrary(
    { version: 'v1', sections, articles: articles.map((row, i) => ({ ...row, id: `id-${i}` as ArticleId })) },
    settings,
  )

beforeAll(async () => {
  content = await readStarterFiles(contentDir)
  library = libraryOf(content)
})

test.each(['en', 'el'] as const)('the starter library in %s has sixteen articles, each in a section', (locale) => {
  expect(library.list(locale)).toHaveLength(16)
  const listed = library.sections(locale).flatMap(({ articles }) => articles)
  expect(listed).toHaveLength(16)
})

test('the settings stand in the text, and what they hold is never markup', () => {
  const all = JSON.stringify(library.list('en').concat(library.list('el')))
  expect(all).not.toMatch(/\{\{|Northlight/)
  expect(all).toContain('app.kyma.example')
  expect(all).toContain('Kyma *Cloud*')
})

test('the parts with minutes are steps; the others are text before and after them', () => {
  const article = library.read('en', 'upload-failures')
  expect(article?.steps.map(({ minutes }) => minutes)).toEqual([1, 1, 2, 2, 1, 3])
  expect(article?.introHtml).toMatch(/^<p>Most uploads/)
  expect(article?.steps[2]?.html).toContain('<ol>')
  expect(article?.restHtml).toMatch(/^<h2 id="what-the-message-means">/)
  expect(article?.toc.map(({ id }) => id)).toEqual(['what-the-message-means', 'if-none-of-the-checks-helped'])
  expect(article?.html).not.toContain('{minutes')
})

test('links between articles and to pages are paths in the same language', () => {
  expect(library.read('el', 'upload-failures')?.html).toContain('href="/el/articles/capture-a-har"')
  expect(library.read('en', 'upload-failures')?.html).toContain('href="/en/status"')
})

test('Greek headings get ids in Latin letters', () => {
  const ids = library.read('el', 'upload-failures')?.steps.map(({ id }) => id) ?? []
  expect(ids).toHaveLength(6)
  for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+$/)
})

test('passages quote sentences and steps as plain text', () => {
  const { passages = [] } = library.find('en', 'upload-failures') ?? {}
  expect(passages[0]?.heading).toBeUndefined()
  const cache = passages.find(({ heading }) => heading === 'Clear cache and cookies for this site')
  expect(cache?.steps[0]).toBe('Open the icon beside the address of app.kyma.example.')
  expect(cache?.text).toBe(
    'Old data in the browser can stand in the way of an upload. Remove it for this site only:\nOther sites are not touched.',
  )
  const table = passages.find(({ anchor }) => anchor === 'what-the-message-means')
  expect(table?.text).toContain('- 413 Payload Too Large: The file is over the limit · Size of the file')
  expect(table?.text).not.toContain('Message: Cause')
  for (const { text } of library.list('en').flatMap((article) => article.passages))
    expect(text.length).toBeLessThan(1500)
})

describe('search', () => {
  test.each([
    ['en', 'my file wont upload', 'upload-failures', undefined],
    ['en', 'my file wont uplaod', 'upload-failures', 'typo'],
    ['el', 'δεν ανεβαινει το αρχειο', 'upload-failures', undefined],
    ['el', 'den anevainei to arxeio', 'upload-failures', 'greeklish'],
    ['el', 'ΠΩΣ ΚΑΤΑΓΡΑΦΩ ΕΝΑ ΑΡΧΕΙΟ HAR', 'capture-a-har', undefined],
  ] as const)('in %s finds %j', (locale, query, slug, readAs) => {
    const [best] = library.search(query, { locale, limit: 5 })
    expect(best?.article.slug).toBe(slug)
    expect(best?.readAs).toBe(readAs)
    expect(best?.coverage).toBeGreaterThan(answerCoverage)
  })

  test('of nothing, of signs only and of a very long text answers with a list', () => {
    for (const query of ['', '   ', '!!!', '\u0000', 'x'.repeat(100_000)])
      expect(library.search(query, { locale: 'en', limit: 5 })).toBeInstanceOf(Array)
  })

  test('lists only what is near the best, and nothing for what is not there', () => {
    expect(library.search('my pdf wont upload', { locale: 'en', limit: 20 }).length).toBeLessThan(5)
    expect(library.search('pizza', { locale: 'en', limit: 20 })).toEqual([])
    expect(library.search('καιρός αύριο', { locale: 'el', limit: 20 })).toEqual([])
  })

  test.each(['en', 'el'] as const)(
    'of which no word is known in %s finds nothing, and of a beginning what begins so',
    (locale) => {
      for (const query of ['xyzzyqwv', '"><script>', 'blorf', 'wombat'])
        expect(library.search(query, { locale, limit: 20 }), query).toEqual([])
      const begun = locale === 'en' ? 'invoi' : 'τιμολ'
      expect(library.search(begun, { locale, limit: 5 })[0]?.article.slug).toBe('account-sign-in-and-billing')
    },
  )

  test('finds an article that has no translation, in the language that it has', () => {
    const partial = libraryOf({
      ...content,
      articles: content.articles.filter(({ locale, slug }) => locale === 'en' || slug !== 'capture-a-har'),
    })
    const hits = partial.search('capture a HAR file', { locale: 'el', limit: 5 })
    expect(hits.map(({ article }) => `${article.locale}/${article.slug}`)).toContain('en/capture-a-har')
    expect(hits.filter(({ article }) => article.locale === 'en')).toHaveLength(1)
  })
})

test('tells the language of a message', () => {
  expect(library.detect('kalimera, den mporo na anevaso arxeio')).toMatchObject({ language: 'el', greeklish: true })
  expect(library.detect('I cannot upload my file')).toMatchObject({ language: 'en' })
})

test('front matter that is not complete is refused with the name of the file', async () => {
  const { readStarterArticle } = await import('./starter-files.ts')
  const good = readFileSync(join(contentDir, 'articles/en/upload-failures.md'), 'utf8')
  expect(() => readStarterArticle(good.replace(/^title: .*\n/m, ''), { locale: 'en', slug: 'x' })).toThrow(/en\/x\.md/)
})
