import { locales } from '@clew/i18n'
import { describe, expect, test } from 'vitest'
import { samplePages } from './testing/pages.ts'

const cases = locales.flatMap((locale) => Object.keys(samplePages).map((name) => ({ locale, name })))
const render = ({ locale, name }: (typeof cases)[number]) => samplePages[name]?.(locale) ?? ''
const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match[1] ?? '')

describe.each(cases)('the page "$name" in $locale', (page) => {
  const html = render(page)

  test('is a whole document in its language, with a title and a description', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="(en|el)">/)
    expect(html).toContain(`<html lang="${page.locale}">`)
    expect(all(html, /<title>([^<]+)<\/title>/g)).toHaveLength(1)
    expect(all(html, /<meta name="description" content="([^"]{10,})"/g)).toHaveLength(1)
  })

  test('needs no exception in a strict policy', () => {
    expect(html).not.toMatch(/\sstyle=/)
    expect(html).not.toMatch(/<style/)
    expect(html).not.toMatch(/\son[a-z]+=/)
    expect(html).not.toContain('javascript:')
    for (const tag of all(html, /<script([^>]*)>/g)) expect(tag).toMatch(/ src="|type="application\/ld\+json"/)
  })

  test('has one main landmark, one first heading, and skips no level', () => {
    expect(all(html, /<(main)\b/g)).toHaveLength(1)
    const levels = all(html, /<h([1-6])\b/g).map(Number)
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    levels.forEach((level, index) => expect(level).toBeLessThanOrEqual((levels[index - 1] ?? level) + 1))
  })

  test('gives each id once, and points only at ids that exist', () => {
    const ids = all(html, /\sid="([^"]+)"/g)
    expect(new Set(ids).size).toBe(ids.length)
    const pointers = [
      ...all(html, /\s(?:for|aria-labelledby)="([^"]+)"/g),
      ...all(html, /aria-describedby="([^"]+)"/g).flatMap((list) => list.split(' ')),
      ...all(html, /href="#([^"]+)"/g),
    ]
    for (const pointer of pointers) expect(ids).toContain(pointer)
  })

  test('shows no message key and no hole', () => {
    expect(html).not.toMatch(/\bsite(-live)?\.[a-z]+_/)
    expect(html).not.toMatch(/undefined|\[object |NaN|\uE000/)
  })
})

test('a page in Greek says nothing in English but names', () => {
  const english = /\b(the|and|your|search|help|open a case|sign in|updated)\b/i
  for (const name of ['home', 'contact', 'status', 'not-found', 'har']) {
    const text = (samplePages[name]?.('el') ?? '').replace(/<head>.*?<\/head>/s, '').replace(/<[^>]+>/g, ' ')
    expect(text.replace(/English/g, '')).not.toMatch(english)
  }
})
