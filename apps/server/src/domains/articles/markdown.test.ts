import type { ArticleId } from '@clew/contract/primitives'
import { growth } from '@clew/testkit/growth'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseArticle, type ReadableArticle } from './parse-article.ts'

const settings = {
  brand: 'Kyma',
  appHost: 'app.kyma.example',
  supportEmail: 'help@kyma.example',
  uploadLimitMb: 20,
  captureRetentionDays: 30,
}

const read = (body: string): ReadableArticle =>
  parseArticle(
    {
      id: 'id' as ArticleId,
      slug: 'one',
      locale: 'en',
      sectionId: 's',
      place: 1,
      title: 'One',
      description: 'About one',
      keywords: [],
      body,
      flowId: undefined,
      updatedOn: '2026-11-24',
    },
    { settings, exists: (slug) => slug === 'two' },
  )

const allowedTag =
  /^<\/?(?:h[2-4]|p|ul|ol|li|blockquote|hr|br|pre|code|strong|em|a|table|thead|tbody|tr|th|td)(?: (?:id="[a-z0-9-]+"|href="(?:https:\/\/|mailto:|\/)[^"<>]*"))? ?\/?>$/

/** Everything between angle brackets is a tag on the list, with no attribute but an id of ours or a harmless address. */
function expectHarmless(html: string): void {
  for (const [tag] of html.matchAll(/<[^>]*>?/g)) expect(tag).toMatch(allowedTag)
}

const allHtml = ({ html, introHtml, restHtml, steps }: ReadableArticle): string =>
  [html, introHtml, restHtml, ...steps.map((step) => step.html)].join('\n')

const hostileBits = [
  '< > " \' ` ]( [ ! ( ) | |-| <!-- --> ``` \\ &lt; &#x6a; javascript: data: <script> onerror= {{brand}} article:two'.split(
    ' ',
  ),
  ['\n', '\n\n', '## ', '* ', '1. ', '> ', '{minutes: 1}', 'https://a.example', '\u0000', '\u202e', 'ά'],
].flat()

describe('hostile Markdown', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '![x](https://evil.example/track.gif)',
    '![x](x "onerror=alert(1)")',
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](java\u0000script:alert(1))',
    '[a](&#106;avascript:alert(1))',
    '[a](javascript&colon;alert(1))',
    '[a](data:text/html;base64,PHNjcmlwdD4=)',
    '[a](vbscript:x)',
    '[a](file:///etc/passwd)',
    '[a](//evil.example)',
    '[a](/app)',
    '[a](http://plain.example)',
    '<javascript:alert(1)>',
    '[a]: javascript:alert(1)\n\n[a]',
    '[a](https://x.example/"onmouseover="alert(1))',
    '[a](https://x.example "\\" onmouseover=\\"alert(1)")',
    '`<script>`\n\n```html\n<script>alert(1)</script>\n```',
    '```"><script>alert(1)</script>\nx\n```',
    '## <b onclick=x>Title</b>\n{minutes: 1}\n\n<iframe src=//evil.example>',
    '## "><svg onload=alert(1)>',
    '| a |\n|:-:|\n| <style>*{}</style> |',
    '<style>@import "//evil.example"</style>',
    '<!-- --!> <script>x</script> -->',
    '<a href="https://x.example" style="position:fixed" target=_blank>x</a>',
    '[article](article:../../app)',
    '[page](page:constructor)',
    '[page](page:__proto__)',
  ])('%j leaves nothing that could act', (body) => {
    expectHarmless(allHtml(read(body)))
  })

  test('of any kind leaves nothing that could act', () => {
    const bits = fc.constantFrom(...hostileBits)
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string({ maxLength: 4 })), { maxLength: 40 }), (parts) => {
        expectHarmless(allHtml(read(parts.join(''))))
      }),
      { numRuns: 300 },
    )
  })

  test.each<[what: string, make: (count: number) => string, from: number]>([
    ['quotes', (count) => '> '.repeat(count), 1250],
    ['lists', (count) => Array.from({ length: count }, (_, i) => `${'  '.repeat(i)}- x`).join('\n'), 125],
    ['brackets', (count) => '['.repeat(count), 5000],
    ['emphasis', (count) => '*_'.repeat(count), 5000],
    ['code marks', (count) => '`'.repeat(count), 5000],
    ['links', (count) => '[a](https://a.example)'.repeat(count), 1250],
    ['length', (count) => 'word '.repeat(count), 10_000],
  ])('made of endless %s is read in the time that its length takes', async (_name, make, from) => {
    expectHarmless(read(make(from)).html)
    expect(await growth(read, make, { from, factor: 4 })).toBeLessThan(8)
  })
})

test('headings get ids of their own, never one that the page around them uses', () => {
  const { html } = read('## Steps\n\nx\n\n## Steps\n\ny\n\n### Main\n\n## Βήματα αναπαραγωγής\n\n## 日本\n')
  expect([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)).toEqual([
    'steps-2',
    'steps-3',
    'main-2',
    'vimata-anaparagogis',
    'part',
  ])
})

test('headings inside a step are one level deeper on the page, and as written in the whole text', () => {
  const article = read('## Do\n{minutes: 2}\n\nx\n\n### Detail\n\ny')
  expect(article.steps[0]?.html).toContain('<h4 id="detail">Detail</h4>')
  expect(article.html).toContain('<h3 id="detail">Detail</h3>')
})

test('what is linked exists; a link to nothing is only its words', () => {
  expect(read('[a](article:two#part) [b](article:gone) [c](page:har) [d](https://x.example)').html).toBe(
    '<p><a href="/en/articles/two#part">a</a> b <a href="/en/har">c</a> <a href="https://x.example">d</a></p>\n',
  )
})

test('settings are filled in as text, in code as well', () => {
  expect(
    read('On **{{app_host}}** or `{{app_host}}`, {{support_email}}, {{upload_limit_mb}} MB, {{unknown}}').html,
  ).toBe(
    '<p>On <strong>app.kyma.example</strong> or <code>app.kyma.example</code>, help@kyma.example, 20 MB, {{unknown}}</p>\n',
  )
})
