import { describe, expect, test } from 'vitest'
import { renderArticlePage, renderHomePage, renderSearchPage } from './index.ts'
import { trustSanitised } from './safe-html.ts'
import { samplePages } from './testing/pages.ts'
import { sampleArticle } from './testing/sample-article.ts'
import { sampleHome, sampleSite } from './testing/samples.ts'

const origin = 'https://help.northlight.example'
const linksOf = (html: string) =>
  [...html.matchAll(/<link rel="(canonical|alternate)"(?: hreflang="([^"]+)")? href="([^"]+)"/g)].map(
    ([, rel, hreflang, href]) => [hreflang ?? rel, href],
  )
const jsonLdOf = (html: string): unknown[] =>
  [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, text]) => JSON.parse(text ?? ''))

describe('addresses', () => {
  test('a page names itself, its translations and a default, and so does each translation', () => {
    const article = (locale: 'en' | 'el') => linksOf(renderArticlePage(sampleArticle(locale), sampleSite(locale)))
    const alternates = [
      ['en', `${origin}/en/articles/upload-failures`],
      ['el', `${origin}/el/articles/upload-failures`],
      ['x-default', `${origin}/en/articles/upload-failures`],
    ]
    expect(article('en')).toEqual([['canonical', `${origin}/en/articles/upload-failures`], ...alternates])
    expect(article('el')).toEqual([['canonical', `${origin}/el/articles/upload-failures`], ...alternates])
  })

  test('an article without a translation still names itself', () => {
    const { translations: _, ...alone } = sampleArticle('en')
    const html = renderArticlePage(alone, sampleSite('en'))
    const self = `${origin}/en/articles/upload-failures`
    expect(linksOf(html)).toEqual([
      ['canonical', self],
      ['en', self],
      ['x-default', self],
    ])
    expect(html).not.toContain('Ελληνικά')
  })

  test('a text shown for want of a translation points at its source and marks its language', () => {
    const html = renderArticlePage(
      { ...sampleArticle('en'), fallbackFrom: 'en', translations: { en: '/en/articles/upload-failures' } },
      sampleSite('el'),
    )
    expect(linksOf(html)).toEqual([['canonical', `${origin}/en/articles/upload-failures`]])
    expect(html).toContain('<h1 lang="en">')
    expect(html).toContain('Το διαβάζετε στη γλώσσα: <b>English</b>')
  })

  test.each(['search', 'my-cases', 'not-found', 'first-run', 'insecure', 'demo'])(
    '"%s" is kept out of search engines',
    (name) => {
      const html = samplePages[name]?.('en') ?? ''
      expect(html).toContain('<meta name="robots" content="noindex"')
      expect(linksOf(html)).toEqual([])
    },
  )
})

describe('hostile text', () => {
  const hostile = '</script><script>alert(1)</script>"\' onload=x \u2028 <img src=x onerror=alert(1)>'

  test('a title cannot leave its element, its attribute or its script', () => {
    const html = renderArticlePage(
      { ...sampleArticle('en'), title: hostile, description: hostile, section: { slug: '"><x', title: hostile } },
      sampleSite('en', { brand: { name: hostile } }),
    )
    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('<img src=x')
    expect(html).not.toContain('"><x')
    expect(html.match(/<script/g)).toHaveLength(4)
  })

  test('structured data reads back as what was written', () => {
    const [crumbs, article] = jsonLdOf(renderArticlePage({ ...sampleArticle('en'), title: hostile }, sampleSite('en')))
    expect(article).toMatchObject({ '@type': 'TechArticle', headline: hostile, inLanguage: 'en', timeRequired: 'PT4M' })
    expect(crumbs).toMatchObject({
      '@type': 'BreadcrumbList',
      itemListElement: [{}, {}, { position: 3, name: hostile }],
    })
  })

  test('a search for markup is shown as words', () => {
    const html = renderSearchPage(
      {
        query: hostile,
        total: 1,
        readAs: { kind: 'typo', text: hostile },
        results: [
          {
            slug: 'a/../b',
            title: [{ text: hostile }],
            snippet: [{ text: hostile, match: true }],
            section: hostile,
            updatedOn: new Date(0),
          },
        ],
      },
      sampleSite('en'),
    )
    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('<img src=x')
    expect(html).toContain('href="/en/articles/a%2F..%2Fb"')
  })
})

test('the front page tells search engines how to search', () => {
  const [site] = jsonLdOf(renderHomePage(sampleHome('el'), sampleSite('el')))
  expect(site).toMatchObject({
    '@type': 'WebSite',
    inLanguage: 'el',
    potentialAction: { target: { urlTemplate: `${origin}/el/search?q={search_term_string}` } },
  })
})

test('a nonce goes on each script that runs', () => {
  const html = renderHomePage(sampleHome('en'), sampleSite('en', { nonce: 'n-1' }))
  const running = [...html.matchAll(/<script([^>]*src=[^>]*)>/g)].map(([, attributes]) => attributes)
  expect(running).toHaveLength(2)
  for (const attributes of running) expect(attributes).toContain('nonce="n-1"')
})

test('Greek readers alone get a preload of the Greek fonts', () => {
  expect(renderHomePage(sampleHome('el'), sampleSite('el'))).toContain('/assets/greek.woff2')
  expect(renderHomePage(sampleHome('en'), sampleSite('en'))).not.toContain('/assets/greek.woff2')
})

test('what was not computed is not shown', () => {
  const { facts: _, changes: __, now: ___, ...bare } = sampleHome('en')
  const html = renderHomePage(bare, sampleSite('en'))
  expect(html).not.toMatch(/class="facts|changed this week|A person answers/i)
  const { feedback: _____, ...plain } = sampleArticle('en')
  expect(renderArticlePage({ ...plain, feedback: {} }, sampleSite('en'))).not.toContain('people who answered')
})

test('a name or an id in a table may break where its parts meet, one in a sentence or a listing stays whole', () => {
  const body = trustSanitised(
    '<p><code>ERR_IN_TEXT</code></p><table><tbody><tr><td><code>ERR_IN_CELL</code></td><td>as_typed</td><td><code>chatcmpl-9xYz_12 -k</code></td></tr></tbody></table>',
  )
  const html = renderArticlePage({ ...sampleArticle('el'), introHtml: body }, sampleSite('el'))
  expect(html).toContain('<code>ERR_<wbr>IN_<wbr>CELL</code></td><td>as_typed')
  expect(html).toContain('<code>chatcmpl-<wbr>9xYz_<wbr>12 -k</code>')
  expect(html).toContain('<code>ERR_IN_TEXT</code>')
})

test('a table that is too wide for a phone scrolls by itself, with a finger or with the keys', () => {
  const body = trustSanitised('<table><tbody><tr><td>1</td></tr></tbody></table>')
  const html = renderArticlePage({ ...sampleArticle('el'), introHtml: body }, sampleSite('el'))
  expect(html).toContain(
    '<div class="sideways" role="group" aria-label="Πίνακας" tabindex="0"><table><tbody><tr><td>1</td></tr></tbody></table></div>',
  )
})
