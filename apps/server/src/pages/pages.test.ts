import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ArticleId } from '@clew/contract/primitives'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loadFlows } from '../../content/load-flows.ts'
import type { LibraryHolder } from '../domains/articles/index.ts'
import { createLibrary } from '../domains/articles/library.ts'
import { readStarterFiles } from '../domains/articles/starter-files.ts'
import { settingsNow } from '../domains/organisations/model.settings.ts'
import { emptySnapshot } from '../domains/status/index.ts'
import { serverFolder } from '../folders.ts'
import { AppError } from '../platform/app-error.ts'
import { fixedClock } from '../platform/clock.ts'
import { createHttp, type HttpParts } from '../platform/http/server.ts'
import { createLog } from '../platform/log.ts'
import { createMetrics } from '../platform/metrics.ts'
import { nobody } from '../testkit/nobody.ts'
import type { OpenCase } from './contact-form.ts'
import { followDesk } from './follow-desk.ts'
import { registerPages } from './index.ts'
import type { DistDirs, Health, PageParts } from './parts.ts'

const clock = fixedClock('2026-11-25T09:00:00.000Z')
const html = { accept: 'text/html,application/xhtml+xml' }
const dist: DistDirs = { site: '', widget: '', workspace: '' }

const settings = settingsNow(
  { version: '', saved: {}, logo: undefined, savedKey: undefined },
  {
    brand: { name: 'Kyma', appHost: 'app.kyma.example', supportEmail: 'help@kyma.example' },
    timeZone: 'Europe/Athens',
    suggestions: { en: [], el: [] },
    model: undefined,
    modelHttpHosts: [],
  },
)

let app: FastifyInstance
let opened: OpenCase[] = []
let fails = false
let health: Health = { messages: true, files: true }

async function appWith(more: Partial<PageParts> = {}): Promise<FastifyInstance> {
  const { sections, articles } = await readStarterFiles(join(serverFolder, 'content'))
  const library = createLibrary(
    { version: 'v1', sections, articles: articles.map((row, i) => ({ ...row, id: `id-${i}` as ArticleId })) },
    {
      brand: 'Kyma',
      appHost: 'app.kyma.example',
      supportEmail: 'help@kyma.example',
      uploadLimitMb: 20,
      captureRetentionDays: 30,
    },
  )
  const log = createLog('silent')
  const parts: PageParts = {
    settings: { current: () => settings },
    config: {
      baseUrl: undefined,
      uploadLimitBytes: 20_000_000,
      sanitising: { policy: 'strict', keepBodiesOf: ['api.kyma.example'], rules: [] },
      maxCaptureBytes: 500_000_000,
    },
    library: { current: () => library } as LibraryHolder,
    status: { current: () => emptySnapshot },
    flows: { current: () => loadFlows(join(serverFolder, 'content')) },
    contact: {
      openCase: async (input) => {
        if (fails) throw new Error('no database')
        opened.push(input)
        return {
          reference: `C-${1000 + opened.length}`,
          progress: { score: 71, next: 'timestamps' },
          masked: ['api_key'],
        }
      },
      keepFile: async () => {
        throw new Error('no files here')
      },
      files: async () => [],
    },
    my: {} as PageParts['my'],
    health: async () => health,
    sharing: {
      view: async () => 'password_needed',
      enter: async () => 'wrong_password',
      open: async () => {
        throw new Error('no files here')
      },
      agentName: async () => undefined,
    },
    sso: {
      way: async () => ({ to: '/sso/refused?reference=SSO-0000-0000' }),
      open: async () => {
        throw new AppError('sso.link_invalid')
      },
      fillIn: async () => undefined,
    },
    following: followDesk({
      house: {} as never,
      newCtx: () => {
        throw new Error('no database here')
      },
    }),
    newCtx: () => {
      throw new Error('no database here')
    },
    log,
    clock,
    distDirs: dist,
    formSecret: () => 'secret',
    limitFactor: 1000,
    ...more,
  }
  return createHttp({
    config: { trustProxy: false, tls: undefined, rateLimitPerMinute: 600 },
    database: {} as HttpParts['database'],
    clock,
    log,
    metrics: createMetrics(),
    routes: [],
    authenticate: nobody,
    pages: (server) => registerPages(server, parts),
  })
}

/** What a build leaves behind, in small. */
function build(): void {
  for (const name of ['site', 'widget', 'workspace'] as const) dist[name] = mkdtempSync(join(tmpdir(), `clew-${name}-`))
  const names = [
    'site.css',
    'demo.css',
    'har-page.css',
    'site.js',
    'contact.js',
    'har.js',
    'har-worker.js',
    'my-cases.js',
    'status.js',
    'demo.js',
    'link.js',
  ]
  const files = Object.fromEntries(names.map((name) => [name, name.replace('.', '.AB12CD34.')]))
  writeFileSync(
    join(dist.site, 'manifest.json'),
    JSON.stringify({ files: { ...files, 'mark.svg': 'mark.svg' }, preloadFonts: { latin: [], greek: [] } }),
  )
  for (const file of Object.values(files)) writeFileSync(join(dist.site, file), `/* ${file} */`.padEnd(2000, ' '))
  writeFileSync(join(dist.site, 'har-offline.js'), '/* keeps the HAR page */')
  writeFileSync(join(dist.site, 'mark.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(dist.widget, 'clew.js'), 'loader')
  writeFileSync(join(dist.widget, 'panel-E6UXK7IV.js'), 'panel')
  writeFileSync(
    join(dist.widget, 'frame.html'),
    '<!doctype html><script type="module" src="/widget/frame-QJ4ZZY6J.js"></script>',
  )
  writeFileSync(
    join(dist.workspace, 'index.html'),
    '<!doctype html><meta name="clew-csp-nonce" content="__CSP_NONCE__"><div id="root"></div>',
  )
}

beforeAll(async () => {
  build()
  app = await appWith()
})
afterAll(async () => {
  await app.close()
  for (const folder of Object.values(dist)) rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  opened = []
  fails = false
  health = { messages: true, files: true }
})

const get = (url: string, headers: Record<string, string> = html) => app.inject({ method: 'GET', url, headers })

const pages = [
  '',
  '/sections/troubleshooting',
  '/articles/upload-failures',
  '/articles/capture-a-har',
  '/search?q=upload',
  '/contact',
  '/contact/sent?reference=C-7',
  '/har',
  '/status',
  '/my',
].flatMap((path) => [`/en${path}`, `/el${path}`])

describe('every page', () => {
  test.each(pages)('%s is whole, in its language, with nothing inline', async (url) => {
    const response = await get(url)
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(response.body).toContain(`<html lang="${url.slice(1, 3)}">`)
    const scripts = [...response.body.matchAll(/<script\b([^>]*)>([^<]*)/g)]
    for (const [, attributes = '', text = ''] of scripts)
      if (!attributes.includes('application/ld+json'))
        expect([attributes, text]).toEqual([expect.stringContaining('src='), ''])
    expect(response.body).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:|undefined|\[object/)
    const policy = String(response.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(response.headers['vary']).toContain('Accept-Encoding')
  })

  test('of the help centre is kept by the browser and checked', async () => {
    const first = await get('/en/articles/upload-failures', { ...html, 'accept-encoding': 'gzip, br' })
    expect(first.headers['content-encoding']).toBe('br')
    expect(first.headers['cache-control']).toBe('public, max-age=0, must-revalidate')
    const again = await get('/en/articles/upload-failures', { ...html, 'if-none-match': String(first.headers['etag']) })
    expect(again.statusCode).toBe(304)
    expect(again.body).toBe('')
    const refused = await get('/en/articles/upload-failures', { ...html, 'accept-encoding': 'br;q=0, gzip;q=0' })
    expect(refused.headers['content-encoding']).toBeUndefined()
  })

  test('answers a HEAD as a GET without its body', async () => {
    const response = await app.inject({ method: 'HEAD', url: '/en', headers: html })
    expect(response.statusCode).toBe(200)
    expect(response.body).toBe('')
  })

  test.each(['evil.example"><script>', 'a b', 'x/../y', 'évil'])('is not drawn for the host %j', async (host) => {
    const response = await app.inject({ method: 'GET', url: '/en/har', headers: { ...html, host } })
    expect(response.statusCode).toBe(400)
    expect(response.body).not.toContain('<script>')
  })
})

describe('short addresses', () => {
  test.each([
    ['/', 'el-GR,el;q=0.9,en;q=0.8', '/el'],
    ['/', 'de', '/en'],
    ['/har?from=chat', 'el', '/el/har?from=chat'],
    ['/status', 'en', '/en/status'],
    ['/contact?article=upload-failures&tried=a', 'el', '/el/contact?article=upload-failures&tried=a'],
    ['/my', 'en', '/en/my'],
  ])('%s for %s leads to %s', async (url, language, to) => {
    const response = await get(url, { ...html, 'accept-language': language })
    expect(response.statusCode).toBe(302)
    expect(response.headers['location']).toBe(to)
    expect(response.headers['vary']).toContain('Accept-Language')
  })

  test('with a slash at the end lead to the page, and never to another site', async () => {
    expect((await get('/en/har/?a=1')).headers['location']).toBe('/en/har?a=1')
    for (const url of ['/en//evil.example/', '/%5cevil.example/']) {
      const { statusCode, headers } = await get(url)
      expect([statusCode, headers['location']]).toEqual([404, undefined])
    }
  })
})

describe('what is not there', () => {
  test.each([
    '/en/articles/nothing',
    '/en/sections/nothing',
    '/en/nothing',
    '/nothing',
    '/en/contact/sent?reference=<b>',
  ])('%s is a page for people', async (url) => {
    const response = await get(url)
    expect(response.statusCode).toBe(404)
    expect(response.body).toContain('This page is not here')
  })

  test('is told in the language of the address, else of the browser', async () => {
    expect((await get('/el/nothing')).body).toContain('<html lang="el">')
    expect((await get('/nothing', { ...html, 'accept-language': 'el' })).body).toContain('<html lang="el">')
  })

  test('is a problem for programs, and below the API always', async () => {
    const program = await get('/en/nothing', { accept: 'application/json' })
    expect(program.headers['content-type']).toContain('application/problem+json')
    expect(program.json()).toMatchObject({ status: 404, code: 'route.not_found' })
    expect((await get('/api/v1/nothing')).json()).toMatchObject({ code: 'route.not_found' })
  })
})

test('an article in no other language is shown in the one it has, and says so', async () => {
  const { sections, articles } = await readStarterFiles(join(serverFolder, 'content'))
  const english = articles.filter(({ locale }) => locale === 'en')
  const library = createLibrary(
    { version: 'v2', sections, articles: english.map((row, i) => ({ ...row, id: `id-${i}` as ArticleId })) },
    { brand: 'Kyma', appHost: 'a.example', supportEmail: 'a@b.example', uploadLimitMb: 20, captureRetentionDays: 30 },
  )
  const other = await appWith({ library: { current: () => library } as LibraryHolder })
  const response = await other.inject({ method: 'GET', url: '/el/articles/capture-a-har', headers: html })
  expect(response.body).toContain('<h1 lang="en">')
  expect(response.body).toContain('rel="canonical" href="http://localhost/en/articles/capture-a-har"')
  const map = await other.inject({ method: 'GET', url: '/sitemap.xml' })
  expect(map.body).not.toContain('/el/articles/')
  await other.close()
})

describe('search', () => {
  test('marks the words, quotes the best answer and says how it read them', async () => {
    const { body } = await get('/en/search?q=uplaod+keeps+faling')
    expect(body).toContain('<mark>Upload</mark>')
    expect(body).toMatch(/searched for/)
    expect(body).toContain('/en/search?q=uplaod+keeps+faling&amp;exact=1')
  })

  test('as written reads nothing as something else', async () => {
    const { body } = await get('/en/search?q=uplaod&exact=1')
    expect(body).toContain('Nothing found for these words')
  })

  test.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '\u0000\u202e', 'x'.repeat(2000)])(
    'for %j shows it as text',
    async (words) => {
      const { statusCode, body } = await get(`/en/search?q=${encodeURIComponent(words)}`)
      expect(statusCode).toBe(200)
      expect(body).not.toMatch(/<script>|<img/)
    },
  )

  test('takes a parameter given twice, and none', async () => {
    expect((await get('/en/search?q=a&q=b')).statusCode).toBe(200)
    expect((await get('/en/search')).statusCode).toBe(200)
  })
})

describe('the contact form', () => {
  const origin = 'http://localhost'
  const good = { problem: 'My upload stops at 100 %', email: 'maria@company.example' }

  async function form(url = '/en/contact?kind=other'): Promise<{ csrf: string; cookie: string }> {
    const response = await get(url)
    const csrf = /name="csrf" value="([^"]+)"/.exec(response.body)?.[1] ?? ''
    const set = String(response.headers['set-cookie'])
    expect(set).toMatch(/^__Host-clew_form=[\w-]{43};.*Path=\/;.*HttpOnly; Secure; SameSite=Lax$/)
    expect(response.headers['cache-control']).toBe('private, no-store')
    return { csrf, cookie: set.split(';')[0] ?? '' }
  }

  const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: '/en/contact',
      headers: { ...html, host: 'localhost', origin, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(fields).toString(),
    })

  test('filled in opens a case, and says its number after a redirect', async () => {
    const { csrf, cookie } = await form()
    const response = await post(
      {
        ...good,
        csrf,
        kind: 'upload',
        steps: '1. Open Files\r\n2. Choose a file\r\n\r\n',
        date: '2026-11-24',
        time: '9:48',
        time_zone: 'Europe/Athens',
        request_id: 'req_1, req_2',
        plan: 'Team',
        environment: 'Firefox on Windows',
        snippet: '  indented\r\n',
        article: 'upload-failures',
        tried: 'reload-the-page,unknown!',
        q: 'upload stuck',
      },
      { cookie },
    )
    expect(response.statusCode).toBe(303)
    const sent = String(response.headers['location'])
    expect(sent).toBe('/en/contact/sent?reference=C-1001&score=71&next=timestamps&masked=api_key')
    const { body } = await get(sent)
    for (const part of ['C-1001', '71 %', 'Day, time and zone', 'an API key', 'replace it now', 'href="/en/my"'])
      expect(body, part).toContain(part)
    expect(opened).toMatchObject([
      {
        locale: 'en',
        ...good,
        kind: 'upload',
        steps: ['Open Files', 'Choose a file'],
        date: '2026-11-24',
        time: '9:48',
        timeZone: 'Europe/Athens',
        requestIds: ['req_1', 'req_2'],
        plan: 'team',
        environment: 'Firefox on Windows',
        browser: undefined,
        snippet: '  indented',
        articleSlug: 'upload-failures',
        tried: ['reload-the-page'],
        searchedFor: 'upload stuck',
      },
    ])
  })

  test('asks for the kind first, and then shows what matters for it', async () => {
    const first = (await get('/en/contact?q=stuck')).body
    expect(first).toContain('<form method="get" action="/en/contact" data-first-step')
    const second = (await get('/en/contact?kind=billing&q=stuck')).body
    expect(second).not.toContain('data-first-step')
    expect(second).toMatch(/value="billing"[^>]*checked|checked[^>]*value="billing"/)
    expect(second).toContain('name="q" value="stuck"')
  })

  test('with another kind shows its fields, with every word still there', async () => {
    const { csrf, cookie } = await form('/en/contact?kind=billing')
    const changed = await post({ csrf, kind: 'api_error', change: 'kind', problem: 'Kept' }, { cookie })
    expect(changed.statusCode).toBe(200)
    expect(changed.body).toContain('Kept</textarea>')
    expect(changed.body).not.toContain('role="alert"')
    expect(opened).toEqual([])
  })

  test('with the field that people do not see filled in is shown again, and not lost', async () => {
    const { csrf, cookie } = await form()
    const response = await post({ ...good, csrf, homepage: 'https://spam.example' }, { cookie })
    expect(response.statusCode).toBe(422)
    expect(response.body).toContain('If you are a person, please send again')
    expect(response.body).toContain('My upload stops at 100 %')
    expect(response.body).not.toContain('spam.example')
    expect(opened).toEqual([])
  })

  test('sends what the browser says of itself only when the box is ticked', async () => {
    const agent = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; rv:145.0) Gecko/20100101 Firefox/145.0' }
    const { csrf, cookie } = await form()
    await post({ ...good, csrf, send_browser: '1' }, { cookie, ...agent })
    expect(opened).toMatchObject([{ browser: 'Firefox 145, Windows' }])
    const page = await app.inject({ url: '/en/contact?kind=upload', headers: { ...html, host: 'localhost', ...agent } })
    expect(page.body).toContain('Send what this browser says of itself: Firefox 145, Windows')
  })

  test('sent twice is one case', async () => {
    const { csrf, cookie } = await form()
    const [first, second] = await Promise.all([
      post({ ...good, csrf }, { cookie }),
      post({ ...good, csrf }, { cookie }),
    ])
    expect(first.headers['location']).toBe(second.headers['location'])
    expect(opened).toHaveLength(1)
  })

  test.each([
    [{ email: good.email }, 'problem', 'Please fill this in.'],
    [{ ...good, email: 'maria' }, 'email', 'This does not look like an email address'],
    [{ ...good, problem: 'x'.repeat(5000) }, 'problem', 'This is too long.'],
    [{ ...good, plan: 'Gold' }, 'plan', 'Please choose one of the answers.'],
    [{ ...good, kind: '<script>' }, 'kind', 'Please choose one of the answers.'],
    [{ ...good, time_zone: 'Middle/Earth' }, 'time_zone', 'Please choose a zone from the list'],
    [{ ...good, date: 'soon' }, 'date', 'Please give the day'],
    [{ ...good, date: '2026-02-30' }, 'date', 'Please give the day'],
    [{ ...good, time: '25:00' }, 'time', 'Please give the time'],
    [{ ...good, date: '2026-12-24', time: '10:00', time_zone: 'UTC' }, 'date', 'has not come yet'],
  ])('with %j comes back with the words still in it', async (fields, field, sentence) => {
    const { csrf, cookie } = await form()
    const response = await post({ environment: 'My <own> "words"', ...fields, csrf }, { cookie })
    expect(response.statusCode).toBe(422)
    expect(response.body).toContain(`href="#${field}"`)
    expect(response.body).toContain(sentence)
    expect(response.body).toContain('value="My &lt;own> &quot;words&quot;"')
    expect(opened).toEqual([])
  })

  test('keeps the words when the case cannot be stored, and takes them the second time', async () => {
    const { csrf, cookie } = await form()
    fails = true
    const failed = await post({ ...good, csrf }, { cookie })
    expect(failed.statusCode).toBe(503)
    expect(failed.body).toContain('Your words are still here')
    expect(failed.body).toContain('My upload stops at 100 %')
    fails = false
    expect((await post({ ...good, csrf }, { cookie })).statusCode).toBe(303)
  })

  test('from another browser, made up or too old is shown again and not sent', async () => {
    const { csrf, cookie } = await form()
    const other = await form()
    for (const [token, jar] of [
      ['', cookie],
      ['made.up', cookie],
      [csrf, other.cookie],
      [`${csrf.split('.')[0]}.AAAA`, cookie],
    ] as const) {
      const response = await post({ ...good, csrf: token }, { cookie: jar })
      expect(response.statusCode).toBe(403)
      expect(response.body).toContain('The form was open for too long')
      expect(response.body).toContain('My upload stops at 100 %')
    }
    expect(opened).toEqual([])
  })

  test('from a page of another site is refused', async () => {
    const { csrf, cookie } = await form()
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const response = await post({ ...good, csrf }, { cookie, ...headers })
      expect(response.statusCode).toBe(403)
      expect(response.body).toContain('We could not read this request')
    }
    expect(opened).toEqual([])
  })

  test('without the cookie is taken over plain http by its origin, over https never', async () => {
    const { csrf } = await form()
    expect((await post({ ...good, csrf })).statusCode).toBe(303)
    const bare = await app.inject({
      method: 'POST',
      url: '/en/contact',
      headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...good, csrf }).toString(),
    })
    expect(bare.statusCode).toBe(403)
  })

  test('shows what the reader came with, and nothing that is not so', async () => {
    const { body } = await get('/en/contact?article=upload-failures&tried=reload-the-page,nonsense&q=%3Cb%3E')
    expect(body).toContain('<li>Reload the page</li>')
    expect(body).not.toContain('nonsense')
    expect(body).toContain('&lt;b>')
  })

  test('filled in too often is shown again with how long to wait', async () => {
    const strict = await appWith({ limitFactor: 1 })
    const send = () =>
      strict.inject({
        method: 'POST',
        url: '/en/contact',
        headers: { ...html, host: 'localhost', origin, 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'problem=Still+here',
      })
    for (let i = 0; i < 10; i += 1) await send()
    const response = await send()
    expect(response.statusCode).toBe(429)
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0)
    expect(response.body).toContain('Still here')
    await strict.close()
  })
})

describe('the state of the service', () => {
  test('is told to people and to programs', async () => {
    health = { messages: true, files: false }
    const other = await appWith()
    const page = await other.inject({ method: 'GET', url: '/en/status', headers: html })
    expect(page.body).toContain('Files: down. Everything else works.')
    const program = await other.inject({ method: 'GET', url: '/api/v1/status', headers: { 'accept-language': 'el' } })
    expect(program.headers['access-control-allow-origin']).toBe('*')
    expect(program.json()).toEqual({
      state: 'major',
      components: [
        { id: 'help_centre', name: 'Κέντρο βοήθειας', state: 'ok' },
        { id: 'messages', name: 'Μηνύματα', state: 'ok' },
        { id: 'files', name: 'Αρχεία', state: 'major' },
      ],
      checkedAt: '2026-11-25T09:00:00.000Z',
    })
    const home = await other.inject({ method: 'GET', url: '/en', headers: html })
    expect(home.body).toContain('Files: down.')
    await other.close()
  })

  test('on the front page comes with what changed this week', async () => {
    const { body } = await get('/en')
    expect(body).toContain('Everything works.')
    expect(body).toContain('16 articles changed this week')
  })

  test('that cannot be found out counts as down', async () => {
    const other = await appWith({ health: () => Promise.reject(new Error('gone')) })
    expect((await other.inject('/api/v1/status')).json()).toMatchObject({ state: 'major' })
    await other.close()
  })
})

describe('the demo', () => {
  test('is as strict a host as there can be', async () => {
    const first = await get('/demo', { ...html, 'accept-language': 'el' })
    const second = await get('/en/demo')
    const nonces = [first, second].map(
      ({ headers }) => /script-src 'nonce-([\w-]+)'/.exec(String(headers['content-security-policy']))?.[1],
    )
    expect(nonces[0]).not.toBe(nonces[1])
    expect(first.body).toContain('<html lang="el">')
    expect(first.headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
    for (const [tag] of first.body.matchAll(/<script[^>]*>/g)) expect(tag).toContain(`nonce="${nonces[0]}"`)
  })

  test('takes a small file and refuses a large one with its request id', async () => {
    const send = (bytes: number) =>
      app.inject({
        method: 'POST',
        url: '/demo/upload',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        payload: Buffer.alloc(bytes),
      })
    expect((await send(1000)).statusCode).toBe(200)
    const refused = await send(20_000_001)
    expect(refused.statusCode).toBe(413)
    expect(refused.json()).toMatchObject({ error: { code: 'file_too_large' } })
    expect(refused.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('the built files', () => {
  test.each([
    ['/assets/site/site.AB12CD34.js', 'public, max-age=31536000, immutable'],
    ['/assets/site/mark.svg', 'no-cache'],
    ['/widget/panel-E6UXK7IV.js', 'public, max-age=31536000, immutable'],
    ['/clew.js', 'public, max-age=300'],
  ])('%s is kept as %j', async (url, cache) => {
    const response = await get(url, { accept: '*/*' })
    expect(response.statusCode).toBe(200)
    expect(response.headers['cache-control']).toBe(cache)
    expect(response.headers['etag']).toMatch(/^"/)
  })

  test('of the bubble may be used by pages of other sites', async () => {
    for (const url of ['/clew.js', '/widget/panel-E6UXK7IV.js', '/widget/frame']) {
      const { headers } = await get(url)
      expect(headers['access-control-allow-origin']).toBe('*')
      expect(headers['cross-origin-resource-policy']).toBe('cross-origin')
    }
  })

  test('the worker that reads a capture reaches nothing at all', async () => {
    const { headers } = await get('/assets/site/har-worker.AB12CD34.js', { accept: '*/*' })
    expect(headers['content-security-policy']).toBe("default-src 'none'")
  })

  test('what keeps the HAR page without a network lies beside it, is always asked for, and may only fetch our own', async () => {
    for (const locale of ['en', 'el']) {
      const { statusCode, headers } = await get(`/${locale}/har-offline.js`, { accept: '*/*' })
      expect(statusCode).toBe(200)
      expect(headers['content-type']).toContain('text/javascript')
      expect(headers['cache-control']).toBe('no-cache')
      expect(headers['content-security-policy']).toBe("default-src 'none'; connect-src 'self'")
      expect((await get(`/${locale}/har`)).body).toContain(`data-offline="/${locale}/har-offline.js"`)
    }
  })

  test('the hidden frame may stand in every page, and reaches only its own files', async () => {
    const { headers } = await get('/widget/frame')
    expect(headers['x-frame-options']).toBeUndefined()
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; worker-src 'self'")
    expect(headers['content-security-policy']).toContain('frame-ancestors *')
  })

  test.each([
    '/widget/../../package.json',
    '/widget/..%2f..%2fpackage.json',
    '/widget/%2e%2e/secret.js',
    '/assets/site/.hidden.js',
    '/assets/site//etc/passwd',
    '/assets/site/site.AB12CD34.js%00',
    '/assets/site/nothing.js',
    '/app/assets/..%5c..%5cpackage.json',
  ])('%s is not among them', async (url) => {
    const response = await get(url, { accept: '*/*' })
    expect([400, 404]).toContain(response.statusCode)
    expect(response.headers['content-type']).toContain('application/problem+json')
  })
})

describe('the workspace', () => {
  test('gets a nonce of its own with every answer, at every address', async () => {
    const nonces = []
    for (const url of ['/app', '/app/conversations/1', '/app/setup']) {
      const response = await get(url)
      const nonce = /content="([\w-]{43})"/.exec(response.body)?.[1]
      expect(response.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`)
      expect(response.headers['cache-control']).toBe('private, no-store')
      nonces.push(nonce)
    }
    expect(new Set(nonces).size).toBe(3)
  })

  test('over plain http on another address says how to get TLS instead', async () => {
    for (const url of ['/app', '/en/har']) {
      const { body } = await get(url, { ...html, host: '10.0.0.5:3000' })
      expect(body).toContain('This address needs TLS')
      expect(body).toContain('CLEW_BASE_URL=https://10.0.0.5:3000')
    }
  })
})

test('robots are shown the map, and the map every page in both languages', async () => {
  expect((await get('/robots.txt')).body).toContain('Sitemap: http://localhost/sitemap.xml')
  const { body, headers } = await get('/sitemap.xml')
  expect(headers['content-type']).toBe('application/xml; charset=utf-8')
  expect([...body.matchAll(/<loc>/g)]).toHaveLength(2 * (1 + 5 + 16 + 3))
  expect(body).toContain('<loc>http://localhost/el/articles/capture-a-har</loc><lastmod>2026-11-24</lastmod>')
})

test('the page that cleans a HAR knows how the operator has it done', async () => {
  const { body } = await get('/en/har')
  const [, said = ''] = /data-operator="([^"]*)"/.exec(body) ?? []
  expect(JSON.parse(said.replaceAll('&quot;', '"'))).toEqual({
    sanitising: { policy: 'strict', keepBodiesOf: ['api.kyma.example'], rules: [] },
    maxCaptureBytes: 500_000_000,
  })
})

test('an operator’s own address is the one in links, whatever host was asked', async () => {
  const other = await appWith({
    config: {
      baseUrl: 'https://help.kyma.example',
      uploadLimitBytes: 1,
      sanitising: { policy: 'standard', keepBodiesOf: [], rules: [] },
      maxCaptureBytes: 1,
    },
  })
  const { body } = await other.inject({ method: 'GET', url: '/en', headers: { ...html, host: 'evil.example' } })
  expect(body).toContain('rel="canonical" href="https://help.kyma.example/en"')
  expect(body).not.toContain('evil')
  await other.close()
})

test('without a build every page says what to do', async () => {
  const other = await appWith({ distDirs: { site: '/nowhere', widget: '/nowhere', workspace: '/nowhere' } })
  for (const url of ['/en', '/app', '/clew.js', '/widget/frame', '/en/nothing']) {
    const response = await other.inject({ method: 'GET', url, headers: html })
    expect(response.statusCode).toBe(503)
    expect(response.body).toContain('npm run build')
  }
  await other.close()
})

describe('a flow on the page of its article', () => {
  const address = '/en/articles/upload-failures'
  test('is offered, walked by links, and kept out of search engines and caches', async () => {
    const offered = await get(address)
    const start = /href="([^"]*\?walk=[^"]*)#walk"/.exec(offered.body)?.[1] ?? ''
    expect(start).toBe(`${address}?walk=2`)
    const walked = await get(start)
    expect(walked.body).toContain('Check that the file is under 20 MB')
    expect(walked.headers).toMatchObject({ 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'private, no-store' })
    const next = await get(`${start}.under-limit`)
    expect([next.body.includes('Reload the page'), next.body.includes('One step back')]).toEqual([true, true])
    expect((await get(`${start}.made-smaller`)).body).toContain('Good that it works again.')
    expect((await get(`${start}.cannot-shrink`)).body).toContain('This is for a person.')
  })
  test('is not offered where the article has none, and an odd address is the article alone', async () => {
    expect((await get('/en/articles/status-and-incidents')).statusCode).toBe(200)
    const odd = await get(`${address}?walk=%3Cscript%3E`)
    expect([odd.statusCode, odd.body.includes('Find the cause step by step'), odd.body.includes('<script>')]).toEqual([
      200,
      true,
      false,
    ])
  })
})
