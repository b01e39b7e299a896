import { describe, expect, test } from 'vitest'
import { readDataOptions, resolveLocale } from './options.ts'

describe('what the page says', () => {
  test('on the script tag is taken only when it is one of the words we know', () => {
    expect(readDataOptions({ locale: 'el', theme: 'dark', article: 'upload-failures' })).toEqual({
      locale: 'el',
      theme: 'dark',
      articleSlug: 'upload-failures',
    })
    expect(readDataOptions({ side: 'left', accent: '#0b5cad' })).toEqual({ side: 'left', accent: '#0b5cad' })
    expect(readDataOptions({ locale: 'fr', theme: 'pink', article: '' })).toEqual({})
  })

  test('about its language is followed down to the browser, then English', () => {
    expect(resolveLocale(undefined, 'el-GR', 'en-GB')).toBe('el')
    expect(resolveLocale(undefined, '', 'EL')).toBe('el')
    expect(resolveLocale('en', 'el', 'el')).toBe('en')
    expect(resolveLocale(undefined, 'fr', 'de')).toBe('en')
  })
})
