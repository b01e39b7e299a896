import { growth } from '@clew/testkit/growth'
import { describe, expect, test } from 'vitest'
import { paragraphsOf, partsOf } from './message-text.ts'

describe('what a person wrote', () => {
  test('empty lines part paragraphs, single line breaks stay', () => {
    expect(paragraphsOf('one\ntwo\n\n\nthree')).toEqual([
      [{ type: 'text', text: 'one\ntwo' }],
      [{ type: 'text', text: 'three' }],
    ])
  })

  test('an address becomes a link without the full stop after it', () => {
    expect(paragraphsOf('See https://help.northlight.example/en/a?b=1. Thanks')).toEqual([
      [
        { type: 'text', text: 'See ' },
        {
          type: 'link',
          text: 'https://help.northlight.example/en/a?b=1',
          href: 'https://help.northlight.example/en/a?b=1',
        },
        { type: 'text', text: '. Thanks' },
      ],
    ])
  })

  test('what stands between fences keeps its form and holds no links', () => {
    expect(partsOf('I ran\n```\n$ curl https://a.example\n\n  413\n```\nand `x`')).toEqual([
      { type: 'paragraph', pieces: [{ type: 'text', text: 'I ran' }] },
      { type: 'lines', text: '$ curl https://a.example\n\n  413' },
      {
        type: 'paragraph',
        pieces: [
          { type: 'text', text: 'and ' },
          { type: 'code', text: 'x' },
        ],
      },
    ])
  })

  test('code keeps its text', () => {
    expect(paragraphsOf('via `proxy-ath2` only')[0]?.[1]).toEqual({ type: 'code', text: 'proxy-ath2' })
  })

  test.each(['javascript:alert(1)', 'data:text/html,<script>', 'vbscript:x', 'JAVASCRIPT://https%0aalert(1)'])(
    '%s is text',
    (hostile) =>
      expect(
        paragraphsOf(hostile)
          .flat()
          .every((piece) => piece.type === 'text'),
      ).toBe(true),
  )

  test('markup stays text, and nothing is lost', () => {
    const hostile = '<img src=x onerror=alert(1)> http://a.example/<b> `x`'
    const pieces = paragraphsOf(hostile).flat()
    expect(pieces.map((piece) => (piece.type === 'code' ? `\`${piece.text}\`` : piece.text)).join('')).toBe(hostile)
  })

  test('a very long line without spaces is split in the time that its length takes, and nothing is lost', async () => {
    const line = (length: number) => `https://${'a'.repeat(length)}`
    const pieces = paragraphsOf(line(200_000)).flat()
    expect(pieces.map((piece) => piece.text).join('')).toBe(line(200_000))
    expect(await growth(paragraphsOf, line, { from: 50_000, factor: 4 })).toBeLessThan(8)
  })
})
