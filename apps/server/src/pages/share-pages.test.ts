import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { CreatedCaptureLink } from '@clew/contract/captures'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startConversation } from '../domains/conversations/index.ts'
import { openSession } from '../domains/sign-in/use-cases/open-session.ts'
import { createHttp } from '../platform/http/server.ts'
import { createLog } from '../platform/log.ts'
import { createMetrics } from '../platform/metrics.ts'
import { nobody } from '../testkit/nobody.ts'
import { createWorld, type World } from '../testkit/world.ts'
import { registerPages } from './index.ts'
import { pageParts } from './parts.ts'

let world: World
let pages: FastifyInstance
let cookie: string
let captureId: string
const siteDir = mkdtempSync(join(tmpdir(), 'clew-share-'))
const html = { accept: 'text/html' }

beforeAll(async () => {
  world = await createWorld()
  const files = Object.fromEntries(
    ['site.css', 'site.js', 'mark.svg', 'contact.js', 'har.js', 'demo.css'].map((name) => [name, name]),
  )
  writeFileSync(join(siteDir, 'manifest.json'), JSON.stringify({ files, preloadFonts: { latin: [], greek: [] } }))
  const { clew, config, clock } = world
  const log = createLog('silent')
  const parts = pageParts({ ...clew, config, clock, log })
  pages = await createHttp({
    config,
    database: clew.database,
    clock,
    log,
    metrics: createMetrics(),
    routes: [],
    authenticate: nobody,
    limitFactor: 1000,
    pages: (app) => registerPages(app, { ...parts, limitFactor: 1000, distDirs: { ...parts.distDirs, site: siteDir } }),
  })
  await signIn()
  captureId = await capture()
})
afterAll(async () => {
  await pages.close()
  await world.close()
  rmSync(siteDir, { recursive: true, force: true })
})

async function signIn() {
  const agent = await world.agent('Elena')
  cookie = `__Host-clew_session=${(await world.clew.newCtx('test').transaction((tx) => openSession(tx, agent))).token}`
}

const secret = 'sid-7f3c9a1be24d55aa90'
async function capture(): Promise<string> {
  const contact = await world.contact()
  const opening = {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'it fails',
    fileIds: [],
    locale: 'en' as const,
  }
  const { started } = await startConversation(contact.ctx, opening)
  const fileId = randomUUID()
  const entry = {
    startedDateTime: '2026-11-24T08:00:00.000Z',
    time: 100,
    request: {
      method: 'GET',
      url: 'https://app.northlight.example/api/reports?<script>=1',
      headers: [{ name: 'cookie', value: `session=${secret}` }],
      cookies: [],
    },
    response: { status: 503, headers: [{ name: 'x-request-id', value: 'req_7Kd93hVb2Q' }], content: { size: 0 } },
    timings: {},
  }
  await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/files',
    headers: { ...contact.headers, 'x-clew-file-id': fileId, 'x-clew-file-name': encodeURIComponent('<b>α"β.har') },
    payload: Buffer.from(JSON.stringify({ log: { version: '1.2', creator: { name: 't' }, entries: [entry] } })),
  })
  const attached = await world.app.inject({
    method: 'POST',
    url: `/api/v1/widget/conversations/${started.conversation.id}/captures`,
    headers: contact.headers,
    payload: { clientMessageId: randomUUID(), fileId, removed: [] },
  })
  const { id } = attached.json<{ capture: { id: string } }>().capture
  for (let tries = 0; tries < 500; tries += 1) {
    const [row] = await world.rows('SELECT state FROM captures WHERE id = $1', [id])
    if (row?.['state'] === 'analysed') return id
    await pause(30)
  }
  throw new Error('the capture was not read')
}

const api = (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) =>
  world.app.inject({ method, url: `/api/v1${path}`, headers: { cookie }, ...(payload ? { payload } : {}) })
/** As links had it that were made before: what lies behind a link is the same by both. */
const pathOf = (url: string): string => url.replace(/^.*\/share#token=/, '/share/')
async function share(options: object = {}) {
  const made = await api('POST', `/captures/${captureId}/links`, options)
  expect(made.statusCode).toBe(201)
  const { link, url } = made.json<CreatedCaptureLink>()
  return { link, path: pathOf(url) }
}
const visit = (path: string, more: { cookie?: string; remoteAddress?: string; range?: string } = {}) =>
  pages.inject({
    url: path,
    headers: { ...html, ...(more.cookie ? { cookie: more.cookie } : {}), ...(more.range ? { range: more.range } : {}) },
    ...(more.remoteAddress ? { remoteAddress: more.remoteAddress } : {}),
  })
const enter = (path: string, password: string, remoteAddress = '203.0.113.9') =>
  pages.inject({
    method: 'POST',
    url: path,
    remoteAddress,
    headers: {
      ...html,
      'content-type': 'application/x-www-form-urlencoded',
      // As a browser sends it from a page without a referrer.
      origin: 'null',
      'sec-fetch-site': 'same-origin',
    },
    payload: `password=${encodeURIComponent(password)}`,
  })
const linksNow = async () =>
  (await api('GET', `/captures/${captureId}/links`)).json<{ links: CreatedCaptureLink['link'][] }>()

describe('a view-only link', () => {
  test('shows what was found and the requests, to be kept by nobody', async () => {
    const { path } = await share()
    expect(path).toMatch(/^\/share\/[\w-]{22}$/)
    const page = await visit(path)
    expect(page.statusCode).toBe(200)
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': expect.stringContaining('noindex'),
    })
    expect(page.headers['content-security-policy']).toContain("script-src 'self'")
    expect(page.body).toContain('req_7Kd93hVb2Q')
    expect(page.body).toContain('app.northlight.example')
    expect(page.body).not.toContain(secret)
    expect(page.body).not.toMatch(/<b>α|<script>=/)
    expect(page.body).not.toMatch(/\/file"/)
    expect((await visit(`${path}/file`)).statusCode).toBe(404)
  })

  test('is stored as a hash only', async () => {
    const { path } = await share()
    const token = path.split('/').at(-1) ?? ''
    const rows = JSON.stringify(await world.rows('SELECT * FROM capture_links'))
    expect(rows).not.toContain(token)
  })

  test('logs each view with its moment, who it was, and an address that cannot be told', async () => {
    const { path, link } = await share()
    await visit(path, { remoteAddress: '203.0.113.7' })
    await visit(path, { remoteAddress: '203.0.113.7' })
    world.clock.advance(1000)
    await visit(path, { remoteAddress: '203.0.113.8', cookie })
    const found = (await linksNow()).links.find(({ id }) => id === link.id)
    expect(found?.views).toBe(3)
    const [latest, second, first] = found?.uses ?? []
    expect([latest?.agentName, second?.agentName]).toEqual(['Elena', undefined])
    expect(second?.addressHash).toBe(first?.addressHash)
    expect(latest?.addressHash).not.toBe(first?.addressHash)
    expect(JSON.stringify(found)).not.toContain('203.0.113')
    expect(latest?.at).toBe(world.clock.now().toISOString())
  })

  test('lets download only where it says so, and logs it', async () => {
    const { path, link } = await share({ mayDownload: true })
    expect((await visit(path)).body).toContain(`${path}/file`)
    world.clock.advance(1000)
    const file = await visit(`${path}/file`)
    expect(file.statusCode).toBe(200)
    expect(file.headers['content-disposition']).toMatch(/^attachment; /)
    expect(file.headers['content-security-policy']).toBe("default-src 'none'; sandbox")
    expect(JSON.parse(file.body).log.entries).toHaveLength(1)
    expect(file.body).not.toContain(secret)
    const found = (await linksNow()).links.find(({ id }) => id === link.id)
    expect(found?.uses.map(({ kind }) => kind)).toEqual(['downloaded', 'viewed'])
  })

  test('leads nowhere when it was revoked, has expired, or never was', async () => {
    const revoked = await share()
    expect((await api('DELETE', `/captures/${captureId}/links/${revoked.link.id}`)).statusCode).toBe(204)
    expect((await api('DELETE', `/captures/${captureId}/links/${revoked.link.id}`)).statusCode).toBe(204)
    const gone = await visit(revoked.path)
    expect([gone.statusCode, gone.body.includes('It may have expired or been revoked.')]).toEqual([404, true])
    expect(gone.body).not.toContain('type="search"')
    for (const path of ['/share/AAAAAAAAAAAAAAAAAAAAAA', '/share/x', "/share/'%20OR%201=1", '/share/..%2f..%2fetc'])
      expect((await visit(path)).statusCode, path).toBe(404)
    const short = await share({ expiresInDays: 1 })
    expect((await visit(short.path)).statusCode).toBe(200)
    world.clock.advance(86_400_000 + 1000)
    await signIn()
    expect((await visit(short.path)).statusCode).toBe(404)
  })

  test('can be made and seen by the team only', async () => {
    const contact = await world.contact()
    for (const method of ['GET', 'POST'] as const) {
      const refused = await world.app.inject({
        method,
        url: `/api/v1/captures/${captureId}/links`,
        headers: contact.headers,
        ...(method === 'POST' ? { payload: {} } : {}),
      })
      expect(refused.statusCode).toBe(401)
    }
    expect((await api('POST', `/captures/${captureId}/links`, { expiresInDays: 400 })).statusCode).toBe(400)
    expect((await api('POST', `/captures/${captureId}/links`, { password: 'short' })).statusCode).toBe(400)
    expect((await api('POST', `/captures/${randomUUID()}/links`, {})).statusCode).toBe(404)
    const { link } = await share()
    expect((await api('DELETE', `/captures/${randomUUID()}/links/${link.id}`)).statusCode).toBe(404)
  })
})

describe('a link with a password', () => {
  const password = 'ο μίτος της Αριάδνης'

  test('shows nothing before it was given, and then for an hour in this browser', async () => {
    const { path, link } = await share({ password })
    const asked = await visit(path)
    expect(asked.statusCode).toBe(200)
    expect(asked.body).toContain('type="password"')
    expect(asked.body).not.toContain('northlight.example/')
    expect(asked.body).not.toContain('req_7Kd93hVb2Q')
    const entered = await enter(path, password)
    expect([entered.statusCode, entered.headers.location]).toEqual([303, path])
    const given = String(entered.headers['set-cookie'])
    expect(given).toMatch(
      /^__Host-clew_share_[0-9a-f]{16}=[^;]+; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    const kept = given.split(';')[0] ?? ''
    const [name] = kept.split('=')
    expect((await visit(path, { cookie: kept })).body).toContain('req_7Kd93hVb2Q')
    expect((await visit(path, { cookie: `${name}=9999999999999.AAAA` })).body).toContain('type="password"')
    const other = await share({ password })
    expect((await visit(other.path, { cookie: kept })).body).toContain('type="password"')
    world.clock.advance(3_600_001)
    expect((await visit(path, { cookie: kept })).body).toContain('type="password"')
    const found = (await linksNow()).links.find(({ id }) => id === link.id)
    expect(found?.uses.map(({ kind }) => kind)).toEqual(['viewed'])
  })

  test('is not guessed: after five wrong ones an address has to wait, and another does not', async () => {
    const { path } = await share({ password })
    const tries = await Promise.all(Array.from({ length: 12 }, (_, n) => enter(path, `wrong ${n}`, '203.0.113.66')))
    const statuses = tries.map(({ statusCode }) => statusCode)
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(7)
    const refused = await enter(path, password, '203.0.113.66')
    expect([refused.statusCode, Number(refused.headers['retry-after'])]).toEqual([429, expect.any(Number)])
    expect(refused.body).toContain('Too many wrong passwords. You can try again in 15 minutes.')
    expect(refused.body).toContain('type="password"')
    expect((await enter(path, password, '203.0.113.67')).statusCode).toBe(303)
    world.clock.advance(15 * 60_000 + 1000)
    expect((await enter(path, password, '203.0.113.66')).statusCode).toBe(303)
  })

  test('does not take a password that another site sends', async () => {
    const { path } = await share({ password })
    for (const from of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-site' },
    ]) {
      const foreign = await pages.inject({
        method: 'POST',
        url: path,
        headers: { ...html, ...from, 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'password=x',
      })
      expect(foreign.statusCode).toBe(403)
    }
  })
})

describe('a link that was made by itself', () => {
  const b64 = (text: string): string => Buffer.from(text).toString('base64')
  const upload = async (kind: 'capture' | 'film', length: number) => {
    const contact = await world.contact()
    const opening = { clientConversationId: randomUUID(), clientMessageId: randomUUID(), body: 'see', fileIds: [] }
    const { started } = await startConversation(contact.ctx, { ...opening, locale: 'en' as const })
    const id = randomUUID()
    const metadata = [`filename ${b64(kind === 'film' ? 'screen.webm' : 'large.har')}`, `id ${b64(id)}`]
    if (kind === 'film') metadata.push(`kind ${b64('file')}`, `filetype ${b64('video/webm')}`)
    await world.app.inject({
      method: 'POST',
      url: '/api/v1/widget/uploads',
      headers: {
        ...contact.headers,
        'tus-resumable': '1.0.0',
        'upload-length': String(length),
        'upload-metadata': metadata.join(),
      },
    })
    return { contact, id, conversation: `/api/v1/widget/conversations/${started.conversation.id}` }
  }
  const pathTo = async (of: string): Promise<string> => {
    await world.settle()
    const { links } = (await api('GET', `/${of}/links`)).json<{ links: { url?: string }[] }>()
    return pathOf(links[0]?.url ?? '')
  }

  test('to a capture that is still on its way says so', async () => {
    await signIn()
    const { contact, id, conversation } = await upload('capture', 26_000_000)
    const attached = await world.app.inject({
      method: 'POST',
      url: `${conversation}/captures`,
      headers: contact.headers,
      payload: { clientMessageId: randomUUID(), fileId: id, removed: [] },
    })
    const path = await pathTo(`captures/${attached.json<{ capture: { id: string } }>().capture.id}`)
    const { statusCode, body } = await visit(path)
    expect([statusCode, body.includes('still on its way'), body.includes('large.har')]).toEqual([200, true, true])
  })

  test('to a film plays it on its page, by stretches, and gives nothing to keep', async () => {
    await signIn()
    const content = Buffer.alloc(26_000_000, 'film ')
    Buffer.from([0x1a, 0x45, 0xdf, 0xa3]).copy(content)
    const { contact, id, conversation } = await upload('film', content.length)
    const pieces = { ...contact.headers, 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' }
    await world.app.inject({
      method: 'PATCH',
      url: `/api/v1/widget/uploads/${id}`,
      headers: { ...pieces, 'upload-offset': '0' },
      payload: content,
    })
    await world.app.inject({
      method: 'POST',
      url: `${conversation}/messages`,
      headers: contact.headers,
      payload: { clientMessageId: randomUUID(), body: '', fileIds: [id] },
    })
    const path = await pathTo(`files/${id}`)
    const page = await visit(path)
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain(`<source src="${path}/look" type="video/webm"`)
    expect(String(page.headers['content-security-policy'])).toContain("media-src 'self'")
    expect(page.body).not.toContain(`${path}/file`)

    const part = await visit(`${path}/look`, { range: 'bytes=2097150-2097160' })
    expect(part.statusCode).toBe(206)
    expect(part.headers).toMatchObject({
      'content-type': 'video/webm',
      'content-range': 'bytes 2097150-2097160/26000000',
      'cache-control': 'no-store',
    })
    expect(part.rawPayload).toEqual(content.subarray(2_097_150, 2_097_161))
    expect((await visit(`${path}/file`)).statusCode).toBe(404)
    const { links } = (await api('GET', `/files/${id}/links`)).json<{ links: { views: number }[] }>()
    expect(links[0]?.views).toBe(1)
  })
})
