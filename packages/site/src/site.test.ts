import { expect, test } from 'vitest'
import { createAssets, createPaths } from './site.ts'

test('paths keep the folder of the base address', () => {
  const paths = createPaths('https://company.example/help/')
  expect(paths.home('el')).toBe('/help/el')
  expect(paths.absolute(paths.article('en', 'upload-failures'))).toBe(
    'https://company.example/help/en/articles/upload-failures',
  )
  expect(paths.api('/widget/conversations')).toBe('/help/api/v1/widget/conversations')
})

test('what people typed is escaped in an address', () => {
  const paths = createPaths('https://help.northlight.example')
  expect(paths.search('en', { q: 'a&b=c #1' })).toBe('/en/search?q=a%26b%3Dc+%231')
  expect(paths.search('en', { q: 'x', asWritten: true })).toBe('/en/search?q=x&exact=1')
  expect(paths.article('en', '../admin')).toBe('/en/articles/..%2Fadmin')
  expect(paths.contact('en', { article: 'a', tried: ['s1', 's2'] })).toBe('/en/contact?article=a&tried=s1%2Cs2')
  expect(paths.contact('en', { tried: [] })).toBe('/en/contact')
})

test('an asset that was not built is an error, not a broken link', () => {
  const assets = createAssets(
    { files: { 'site.css': 'site.AB.css' }, preloadFonts: { latin: ['a.woff2'], greek: [] } },
    '/assets/',
  )
  expect(assets.url('site.css')).toBe('/assets/site.AB.css')
  expect(assets.preloadFonts.latin).toEqual(['/assets/a.woff2'])
  expect(() => assets.url('har.js')).toThrow('har.js')
})
