import { expect, test } from 'vitest'
import { readerOf } from './guide.ts'

const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'

test.each([
  [
    'Chrome on Windows',
    `${windows} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36`,
    0,
    'chrome',
    'other',
    false,
  ],
  [
    'Edge',
    `${windows} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36 Edg/147.0.0.0`,
    0,
    'edge',
    'other',
    false,
  ],
  [
    'Firefox on Linux',
    'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    0,
    'firefox',
    'other',
    false,
  ],
  ['Safari', `${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15`, 0, 'safari', 'mac', false],
  [
    'Chrome on a Mac',
    `${mac} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36`,
    0,
    'chrome',
    'mac',
    false,
  ],
  [
    'an iPad, which says that it is a Mac',
    `${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15`,
    5,
    'safari',
    'mac',
    true,
  ],
  [
    'Chrome on Android',
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Mobile Safari/537.36',
    5,
    'chrome',
    'other',
    true,
  ],
  [
    'Firefox on an iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 FxiOS/140.0 Mobile/15E148 Safari/605.1.15',
    5,
    'firefox',
    'mac',
    true,
  ],
  [
    'a touch screen on Windows',
    `${windows} AppleWebKit/537.36 Chrome/147.0.0.0 Safari/537.36`,
    10,
    'chrome',
    'other',
    false,
  ],
  ['something else', 'Lynx/2.9', 0, undefined, 'other', false],
] as const)('recognises %s', (_, userAgent, maxTouchPoints, browser, platform, isHandheld) => {
  expect(readerOf({ userAgent, maxTouchPoints })).toEqual({ browser, platform, isHandheld })
})
