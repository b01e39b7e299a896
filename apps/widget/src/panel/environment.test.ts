import { describe, expect, test } from 'vitest'
import { environmentFact, readEnvironment } from './environment.ts'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const edge =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36 Edg/146.0.3.1'
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'
const ipad =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15'
const pixel =
  'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Mobile Safari/537.36'

describe('what the browser says of itself', () => {
  test.each([
    [firefox, 0, { browser: 'Firefox', browserVersion: '145', os: 'Linux', device: 'desktop' }],
    [edge, 0, { browser: 'Microsoft Edge', browserVersion: '146', os: 'Windows', device: 'desktop' }],
    [iphone, 5, { browser: 'Safari', browserVersion: '18.5', os: 'iOS', osVersion: '18.5', device: 'phone' }],
    [ipad, 5, { browser: 'Safari', browserVersion: '18.5', os: 'iPadOS', device: 'tablet' }],
    [ipad, 0, { browser: 'Safari', browserVersion: '18.5', os: 'macOS', device: 'desktop' }],
    [pixel, 5, { browser: 'Chrome', browserVersion: '146', os: 'Android', osVersion: '16', device: 'phone' }],
    ['curl/8', 0, { device: 'desktop' }],
  ])('is read from %s', async (userAgent, maxTouchPoints, expected) => {
    expect(await readEnvironment({ userAgent, maxTouchPoints })).toEqual(expected)
  })

  test('is taken from client hints where there are any, with the true version of Windows', async () => {
    const userAgentData = {
      brands: [{ brand: 'Not)A;Brand', version: '8' }],
      mobile: false,
      platform: 'Windows',
      getHighEntropyValues: async () => ({
        platformVersion: '15.0.0',
        fullVersionList: [
          { brand: 'Chromium', version: '146.0.1.2' },
          { brand: 'Not)A;Brand', version: '8.0' },
          { brand: 'Google Chrome', version: '146.0.1.2' },
        ],
      }),
    }
    expect(await readEnvironment({ userAgent: edge, userAgentData })).toEqual({
      browser: 'Google Chrome',
      browserVersion: '146',
      os: 'Windows',
      osVersion: '11',
      device: 'desktop',
    })
  })

  test('becomes a fact together with what the person adds, and nothing that was not said', () => {
    const found = { browser: 'Firefox', device: 'desktop' as const }
    expect(environmentFact(found, { vpn: false })).toEqual({
      field: 'environment',
      value: { browser: 'Firefox', device: 'desktop' },
      source: 'browser',
    })
    expect(environmentFact(found, { network: 'home', vpn: true }).value).toEqual({
      browser: 'Firefox',
      device: 'desktop',
      network: 'home',
      vpn: true,
    })
  })
})
