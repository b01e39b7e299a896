import { describe, expect, test } from 'vitest'
import { readCapture } from './capture.ts'
import { hostOf, inferOwnSites, isIdentityHost, isTrackerHost, siteOf } from './hosts.ts'
import { capture, entry, page } from './test-support.ts'
import type { JsonValue } from './types.ts'

test.each([
  ['app.northlight.example', 'northlight.example'],
  ['app.northlight.example:8443', 'northlight.example'],
  ['www.shop.co.uk', 'shop.co.uk'],
  ['www.shop.com.gr', 'shop.com.gr'],
  ['shop.gr', 'shop.gr'],
  ['localhost:3000', 'localhost'],
  ['192.168.1.20:80', '192.168.1.20'],
  ['[::1]:80', '[::1]'],
])('the site of %s is %s', (host, site) => {
  expect(siteOf(host)).toBe(site)
})

test.each([
  ['https://user:pw@App.example:8443/x?y#z', 'app.example:8443'],
  ['//app.example/x', 'app.example'],
  ['/x', ''],
  ['', ''],
  ['mailto:a@b.example', ''],
])('the host of %s is %s', (address, host) => {
  expect(hostOf(address)).toBe(host)
})

test('hosts that sign people in, and trackers, are known by their names', () => {
  for (const host of ['northlight.okta.com', 'login.northlight.example', 'sso.idp.example', 'id2.idp.example'])
    expect(isIdentityHost(host)).toBe(true)
  for (const host of ['app.northlight.example', 'authors.example', 'video.example'])
    expect(isIdentityHost(host)).toBe(false)
  for (const host of [
    'www.google-analytics.com',
    'stats.g.doubleclick.net',
    'browser.sentry-cdn.example',
    'o1.ingest.sentry.io',
  ])
    expect([host, isTrackerHost(host)]).toEqual([host, !host.startsWith('browser.')])
  expect(isTrackerHost('statistics-office.example')).toBe(false)
})

describe('our own site, when nobody names it', () => {
  const own = (entries: JsonValue[]): string[] => inferOwnSites(readCapture(JSON.stringify(capture(entries))).entries)
  const api = entry({
    url: 'https://api.northlight.example/x',
    requestHeaders: { origin: 'https://app.northlight.example' },
  })

  test('is that of the page', () =>
    expect(own([page(), api, entry({ url: 'https://cdn.example/x' })])).toEqual(['northlight.example']))

  test('is not the one that signs people in, a tracker’s frame, or where they came from', () => {
    expect(own([page({ url: 'https://login.idp.example/' }), page()])).toEqual(['northlight.example'])
    expect(own([page({ url: 'https://ads.doubleclick.net/' }), page()])).toEqual(['northlight.example'])
    expect(own([page({ url: 'https://search.example/' }), page(), api, api])).toEqual(['northlight.example'])
  })

  test('is where calls came from when no page was recorded, and else what was asked most', () => {
    expect(own([entry({ url: 'https://x.example/' }), api])).toEqual(['northlight.example'])
    const plain = ['a.one.example', 'b.two.example', 'c.two.example'].map((host) => entry({ url: `https://${host}/` }))
    expect(own(plain)).toEqual(['two.example'])
    expect(own([])).toEqual([])
  })
})
