import { growth } from '@clew/testkit/growth'
import { describe, expect, test } from 'vitest'
import { type ArticleNode, parseArticle, safeHref } from './article-html.ts'
import { parseRichText, withMasks } from './rich-text.ts'

describe('a message', () => {
  test('says in words where a secret was', () => {
    expect(withMasks('Mine is [secret:one_time_code], hers [secret:password].', '[masked]')).toBe(
      'Mine is [masked], hers [masked].',
    )
    expect(withMasks('See [secret: of it]', '[masked]')).toBe('See [secret: of it]')
  })

  test('is read as paragraphs, lists, addresses and code', () => {
    expect(parseRichText('Hi\nthere\n\nTry:\n- one\n- two `x`\n\nSee https://a.example/b?c=d.')).toEqual([
      { kind: 'paragraph', lines: [[{ kind: 'text', text: 'Hi' }], [{ kind: 'text', text: 'there' }]] },
      { kind: 'paragraph', lines: [[{ kind: 'text', text: 'Try:' }]] },
      {
        kind: 'list',
        isOrdered: false,
        items: [
          [{ kind: 'text', text: 'one' }],
          [
            { kind: 'text', text: 'two ' },
            { kind: 'code', text: 'x' },
          ],
        ],
      },
      {
        kind: 'paragraph',
        lines: [
          [
            { kind: 'text', text: 'See ' },
            { kind: 'link', text: 'https://a.example/b?c=d' },
            { kind: 'text', text: '.' },
          ],
        ],
      },
    ])
  })

  test('keeps the form of code and of a log that was pasted', () => {
    expect(parseRichText('It says:\n```\n- a\n    b  c\n```\n- one')).toEqual([
      { kind: 'paragraph', lines: [[{ kind: 'text', text: 'It says:' }]] },
      { kind: 'lines', text: '- a\n    b  c' },
      { kind: 'list', isOrdered: false, items: [[{ kind: 'text', text: 'one' }]] },
    ])
  })

  test('makes no link of anything but a web address', () => {
    const kinds = parseRichText('javascript:alert(1) data:text/html,x <a href="https://x">').flatMap((block) =>
      block.kind === 'paragraph' ? block.lines.flat().map(({ kind }) => kind) : [],
    )
    expect(kinds.filter((kind) => kind === 'link')).toHaveLength(0)
  })

  test.each(['`', 'https://', '- '])('of nothing but %j is read in the time that its length takes', async (piece) => {
    const least = { from: 20_000, factor: 4 }
    expect(await growth(parseRichText, (count) => piece.repeat(count), least)).toBeLessThan(8)
  })
})

const flatten = (nodes: ArticleNode[]): string =>
  nodes
    .map((node) =>
      typeof node === 'string'
        ? node
        : `<${node.tag}${node.href ? ` ${node.href}` : ''}>${flatten(node.children)}</${node.tag}>`,
    )
    .join('')

describe('an article', () => {
  const base = 'https://help.example/en/articles/one'

  test('keeps its structure, its links and its letters', () => {
    const html =
      '<h2 id="step-1">Step &amp; more</h2>\n<p>See <a href="/en/x">that</a> &#8211; it&nbsp;works<br/>well</p>'
    expect(flatten(parseArticle(html, base))).toBe(
      '<h2>Step & more</h2>\n<p>See <a https://help.example/en/x>that</a> – it\u00a0works<br></br>well</p>',
    )
    expect(parseArticle(html, base)[0]).toMatchObject({ id: 'step-1' })
  })

  test.each([
    ['<script>alert(1)</script>after', 'after'],
    ['<style>p{}</style>after', 'after'],
    ['<img src=x onerror=alert(1)>', ''],
    ['<svg><a href="javascript:alert(1)">x</a></svg>', '<a>x</a>'],
    ['<a href="&#106;avascript:alert(1)">x</a>', '<a>x</a>'],
    ['<a href=" java\tscript:alert(1)" onclick="x()">x</a>', '<a>x</a>'],
    ['<p><b>x</p></p></div>', '<p>x</p>'],
    ['<iframe src="https://evil.example"></iframe><p>t', '<p>t</p>'],
    ['a < b <!-- <p>no</p> --> c', 'a < b  c'],
    ['<p title="<script>">t</p>', '" >t'],
  ])('of hostile HTML %j builds only what is on the list', (html, expected) => {
    const flat = flatten(parseArticle(html, base))
    expect(flat).not.toMatch(/<(script|style|img|svg|iframe)|javascript|onclick/)
    if (expected !== '" >t') expect(flat).toBe(expected)
  })

  test('nested beyond reason does not overflow', () => {
    expect(() => flatten(parseArticle('<ul><li>'.repeat(50_000), base))).not.toThrow()
  })

  test('has no link that could run something', () => {
    for (const href of ['javascript:x', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'http://[']) {
      expect(safeHref(href, base)).toBeUndefined()
    }
    expect(safeHref('mailto:help@northlight.example', base)).toBe('mailto:help@northlight.example')
  })
})
