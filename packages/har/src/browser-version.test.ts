import { expect, test } from 'vitest'
import { browserOf } from './browser-version.ts'

const webkit = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)'

test.each([
  [`${webkit} Version/15.6 Safari/605.1.15`, 'safari', 15],
  [`${webkit} Chrome/120.0.0.0 Safari/537.36`, 'chrome', 120],
  [`${webkit} Chrome/120.0.0.0 Safari/537.36 Edg/121.0`, 'edge', 121],
  [`${webkit} Chrome/64.0 Safari/537.36 Edge/17.1`, 'edge', 17],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0', 'firefox', 102],
  ['Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko', 'ie', 11],
])('%s', (userAgent, name, version) => {
  expect(browserOf(userAgent)).toMatchObject({ name, version })
})

test.each([
  '',
  'curl/8.5',
  `${webkit} HeadlessChrome/61.0 Safari/537.36`,
  'Mozilla/5.0 (compatible; Examplebot/2.1)',
  `${webkit} Chrome/61 OPR/48`,
])('“%s” is nobody’s browser, or one with numbers of its own', (userAgent) => {
  expect(browserOf(userAgent)).toBeUndefined()
})
