import { expect, test } from 'vitest'
import { at, capture, clean, entry } from './test-support.ts'
import type { SanitiseOptions } from './types.ts'

/** Which segments of a path go, and which an engineer still reads. */

const APP = 'https://app.northlight.example'
const TOKEN = 'Rv7kQ2xWz9LmT4bNc1Hd'

async function pathOf(path: string, options: SanitiseOptions = {}): Promise<{ path: string; header: string }> {
  const { har, text } = await clean(
    capture([entry({ url: APP + path, requestHeaders: { ':path': path } }), entry()]),
    options,
  )
  expect((await clean(text)).text, 'cleaned again').toBe(text)
  const url = String(at(har.log.entries, 0, 'request', 'url'))
  return { path: url.slice(APP.length), header: String(at(har.log.entries, 0, 'request', 'headers', 0, 'value')) }
}

const HIDDEN: readonly [path: string, clean: RegExp][] = [
  [`/share/${TOKEN}.pdf`, /^\/share\/\[[^\]]+\]\.pdf$/],
  [`/reset-password/${TOKEN}.html`, /^\/reset-password\/\[[^\]]+\]\.html$/],
  [`/hooks/${TOKEN}.json`, /^\/hooks\/\[[^\]]+\]\.json$/],
  [`/feeds/${TOKEN}.xml`, /^\/feeds\/\[[^\]]+\]\.xml$/],
  [`/feeds/${TOKEN}.PHP`, /^\/feeds\/\[[^\]]+\]\.PHP$/],
  ['/share/Kq3xLw8Zb.jpg', /^\/share\/\[token[^\]]+\]\.jpg$/],
  ['/share/9f8e7d6c5b4a.js', /^\/share\/\[token[^\]]+\]\.js$/],
  ['/users/48213377.json', /^\/users\/\[id[^\]]+\]\.json$/],
  ['/users/7.json', /^\/users\/\[id[^\]]+\]\.json$/],
  ['/users/eleni.papadaki.json', /^\/users\/\[id[^\]]+\]\.json$/],
  ['/users/eleni.jpg', /^\/users\/\[id[^\]]+\]\.jpg$/],
  ['/users/48213377.js', /^\/users\/\[id[^\]]+\]\.js$/],
  ['/by-email/eleni', /^\/by-email\/\[id[^\]]+\]$/],
  ['/u/ZWxlbmlAY3VzdG9tZXIuZXhhbXBsZQ.json', /^\/u\/\[[^\]]+\]\.json$/],
  ['/files/eleni%40customer.example.pdf', /^\/files\/\[email[^\]]+\]$/],
  ['/invoices/48213377.pdf', /^\/invoices\/\[id[^\]]+\]\.pdf$/],
  ['/share/kxqvbzmwtrpd', /^\/share\/\[token[^\]]+\]$/],
  ['/share/wupqajezofik', /^\/share\/\[token[^\]]+\]$/],
  ['/reset/blue-river-candle-seven', /^\/reset\/\[token[^\]]+\]$/],
  ['/otp/4821', /^\/otp\/\[id[^\]]+\]$/],
  [`/_next/static/${TOKEN}x/share/${TOKEN}`, /^\/_next\/static\/[^/]+\/share\/\[[^\]]+\]$/],
  ['/@eleni.papadaki/posts', /^\/\[id[^\]]+\]\/posts$/],
  ['/ssh/eleni@10.0.0.1', /^\/ssh\/\[[^\]]+\]$/],
]

test.each(HIDDEN)('of %s what stands for somebody goes, the extension stays', async (path, expected) => {
  for (const policy of ['standard', 'strict'] as const) {
    const clean = await pathOf(path, { policy })
    expect(clean.path).toMatch(expected)
    expect(clean.header).toBe(clean.path)
  }
})

const KEPT: readonly string[] = [
  '/users/list.json',
  '/users/index.php',
  '/account/ChangePlan.aspx',
  '/customers/vendors.min.js',
  '/profile/main.8f3a2c1d9e4b7a60.js',
  '/s/player.8f3a2c1d.css',
  '/share/dialog',
  '/share/app-loader.js',
  '/webhooks/stripe',
  '/verify/two-factor',
  '/reset/password',
  '/session/refresh',
  '/download/2026/report.pdf',
  '/assets/index-BqX9k2Lm.js',
  '/img/hero.5f3a2c1d9e0b1234.webp',
  '/docs/getting-started.html',
  '/api/report.json',
  '/invoices/[id]/lines/[...rest]',
  '/users/{user_id}/keys',
  '/_next/static/Kq3xLw8Zb2VtYn5Rm_12/_buildManifest.js',
  '/_next/data/Kq3xLw8Zb2VtYn5Rm_12/en/home.json',
  '/npm/@northlight/charts@1.2.3/dist/charts.min.js',
  '/npm/charts@3.0.0-beta.2/charts.css',
  '/charts@latest/index.js',
]

test.each(KEPT)('the path %s is kept', async (path) => {
  expect((await pathOf(path)).path).toBe(path)
})
