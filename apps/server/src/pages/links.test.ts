import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CreatedCaptureLink } from '@clew/contract/captures'
import type { SsoConnection } from '@clew/contract/single-sign-on'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../domains/sign-in/use-cases/open-session.ts'
import { keyOf } from '../platform/http/kept-links.ts'
import { Browser, createPagedWorld, type PagedWorld } from '../testkit/paged-world.ts'

/** ASVS 14.2.1: what opens something stands in no address that is sent to a server. */

const root = join(import.meta.dirname, '../../../..')
const folders = ['apps/server/src', 'apps/workspace/src', 'apps/widget/src', 'packages/site/src', 'packages/client/src']
const sources = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|testkit|testing|generated/.test(name))
    .map((name) => [name.split('/').at(-1) ?? name, readFileSync(join(root, folder, name), 'utf8')] as const),
)

/** Addresses that are put together from what opens something, before a `#`. */
const madeOf = (source: string): string[] =>
  [...source.matchAll(/`[^`\n]*`/g)].flatMap(([made]) =>
    [...made.matchAll(/\$\{([^}]*)\}/g)].some(([part, of = ''], _index, parts) => {
      const before = made.slice(0, made.indexOf(part))
      return parts.length > 0 && /token|secret|password/i.test(of) && before.includes('/') && !before.includes('#')
    })
      ? [made]
      : [],
  )

/** Places in addresses for what opens something. */
const placesFor = (source: string): string[] =>
  [...source.matchAll(/['`][^'`\n]*\/:(?:token|secret|key|link)\b[^'`\n]*['`]/g)].map(([place]) => place.slice(1, -1))

/** What the rule lets pass, each for a reason. Whoever adds to this list weakens the promise in docs/security.md. */
const allowed: Readonly<Record<string, string>> = {
  'tell-followers.ts `${page}/unfollow/${token}`':
    'RFC 8058: a mail program posts to the address in List-Unsubscribe; it stops the mails of one incident, no more',
  'routes.ts `/api/v1/console/exports/archive/${keepLink(reply, token)}`': 'a key, which opens nothing by itself',
  'door.ts `/sso/setup/${keepLink(reply, token)}?attempt=${id}`': 'a key, which opens nothing by itself',
  'provisioning/api.ts': 'the id of a token',
  'share-pages.ts /share/:link': 'a key; or a token, by links that were made before',
  'share-pages.ts /share/:link/file': 'the same',
  'share-pages.ts /share/:link/look': 'the same',
  'sso-pages.ts /sso/setup/:link': 'a key; or a token, by links that were made before',
  'door.ts /sso/setup/:link/test': 'the same',
  'follow-pages.ts ${path}/follow/:link': 'a key; or a token, by links that were mailed before',
  'follow-pages.ts ${path}/unfollow/:link': 'a key; or the token of RFC 8058',
  'routes.ts /console/exports/archive/:link': 'a key',
  'authorization.matrix.ts GET /console/exports/archive/:link': 'a key',
}

const ofIds = /\/tokens\/\$\{tokenId\}/

describe('in the sources', () => {
  test('no address is put together with what opens something, nor has a place for it, unless it is listed', () => {
    const found = sources.flatMap(([name, source]) =>
      [...madeOf(source), ...placesFor(source)].filter((each) => !ofIds.test(each)).map((each) => `${name} ${each}`),
    )
    expect([...new Set(found)].filter((each) => !(each in allowed))).toEqual([])
  })

  test('what is listed is there', () => {
    const found = new Set(
      sources.flatMap(([name, source]) => [...madeOf(source), ...placesFor(source)].map((each) => `${name} ${each}`)),
    )
    expect(Object.keys(allowed).filter((each) => each !== 'provisioning/api.ts' && !found.has(each))).toEqual([])
  })

  test('the rule knows what it is to find', () => {
    expect(madeOf('`${base()}/my/enter?token=${token}`')).toHaveLength(1)
    expect(madeOf('`${base()}/share/${secret}/file`')).toHaveLength(1)
    expect(madeOf('`${base()}/my/enter#token=${token}`')).toEqual([])
    expect(placesFor("app.get('/share/:token/file', hide)")).toEqual(['/share/:token/file'])
  })

  test('and every mail with a link that opens something has it behind the #', () => {
    const made = sources.flatMap(([, source]) => [...source.matchAll(/`[^`\n]*#token=\$\{[^`\n]*`/g)].map(String))
    // Sign-in, reset, my cases, following and leaving, joining, asking to join, set-up of an installation and of SSO, shares.
    expect(made.length).toBeGreaterThanOrEqual(9)
  })
})

describe('a link', () => {
  let paged: PagedWorld
  let share: string
  let setup: string
  beforeAll(async () => {
    paged = await createPagedWorld()
    const { world } = paged
    const team = await world.supportTeam()
    const agent = await world.member(team, 'owner', 'Elena')
    const { token } = await world.clew.newCtx('test').transaction((tx) => openSession(tx, agent))
    const headers = { host: 'localhost', origin: 'http://localhost', cookie: `__Host-clew_session=${token}` }
    const contact = await world.contact()
    const fileId = crypto.randomUUID()
    await world.app.inject({
      method: 'POST',
      url: '/api/v1/widget/files',
      headers: { ...contact.headers, 'x-clew-file-id': fileId, 'x-clew-file-name': 'notes.txt' },
      payload: Buffer.from('plain notes'),
    })
    const api = async <T>(url: string, payload: object) =>
      (await world.app.inject({ method: 'POST', url: `/api/v1${url}`, headers, payload })).json<T>()
    share = (await api<CreatedCaptureLink>(`/files/${fileId}/links`, { expiresInDays: 1 })).url
    const { id } = await api<SsoConnection>('/console/sso/connections', {
      kind: 'saml',
      provider: 'okta',
      name: 'Okta',
    })
    setup = (await api<{ url: string }>(`/console/sso/connections/${id}/setup-link`, {})).url
  })
  afterAll(() => paged.close())

  const asOneGot = (): [string, string][] => [
    ['/share', share],
    ['/sso/setup', setup],
  ]
  const tokenOf = (url: string): string => new URL(url, 'http://localhost').hash.slice('#token='.length)

  test('has its token behind the #, and its page asks for nothing that stands there', async () => {
    for (const [path, url] of asOneGot()) {
      const { pathname, search } = new URL(url, 'http://localhost')
      expect([pathname, search, tokenOf(url).length >= 22]).toEqual([path, '', true])
      const page = await new Browser(paged.app).get(path)
      expect(page.statusCode).toBe(200)
      expect(page.body).toContain('link.js')
      expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    }
  })

  test('given over in a body it leads on by a key, which opens it in this browser and in no other', async () => {
    for (const [path, url] of asOneGot()) {
      const token = tokenOf(url)
      const browser = new Browser(paged.app)
      const given = await browser.post(path, { link: token })
      expect([given.statusCode, given.headers['location']]).toEqual([303, `${path}/${keyOf(token)}`])
      expect(String(given.headers['set-cookie'])).toMatch(/^__Host-clew_link_.*HttpOnly.*Secure/i)
      const opened = await browser.get(String(given.headers['location']))
      expect(opened.statusCode).toBe(200)
      // Nor does anything on it lead to an address with the token.
      expect(opened.body).not.toContain(token)
      expect((await new Browser(paged.app).get(String(given.headers['location']))).statusCode).toBe(404)
    }
  })

  test('pasted whole works without a script; what is no link is said to be none', async () => {
    for (const [path, url] of asOneGot()) {
      const browser = new Browser(paged.app)
      const given = await browser.post(path, { link: ` ${url}\n` })
      expect(given.statusCode).toBe(303)
      expect((await browser.get(String(given.headers['location']))).statusCode).toBe(200)
      expect((await browser.post(path, { link: 'a-link' })).statusCode).toBe(422)
    }
  })

  test('is not given over by a page of another site', async () => {
    const foreign = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
    for (const [path, url] of asOneGot())
      expect((await new Browser(paged.app).post(path, { link: tokenOf(url) }, foreign)).statusCode).toBe(403)
  })

  test('from before, with its token in the address, works until it ends', async () => {
    for (const [path, url] of asOneGot())
      expect((await new Browser(paged.app).get(`${path}/${tokenOf(url)}`)).statusCode).toBe(200)
  })

  test('to one’s cases takes the token from the form alone, also as the whole link', async () => {
    const page = await new Browser(paged.app).get('/en/my/enter')
    expect(page.body).toMatch(/data-link="wait"[\s\S]*data-link-field/)
    const browser = new Browser(paged.app)
    await browser.get('/en/my/enter')
    const refused = await browser.post('/en/my/enter', { token: 'https://help.example/en/my/enter#token=short' })
    expect(refused.headers['location']).toBe('/en/my?notice=link_invalid')
  })

  test.each(['follow', 'unfollow'])('to %s an incident leads on by a key too', async (what) => {
    const token = 'A'.repeat(43)
    const browser = new Browser(paged.app)
    expect((await browser.get(`/el/status/${what}/link`)).body).toContain('data-link="go"')
    const given = await browser.post(`/el/status/${what}/link`, { link: token })
    expect(given.headers['location']).toBe(`/el/status/${what}/${keyOf(token)}`)
  })
})
