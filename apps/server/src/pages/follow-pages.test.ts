import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IncidentId } from '@clew/contract/primitives'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openIncident } from '../domains/status/use-cases/open-incident.ts'
import { postUpdate } from '../domains/status/use-cases/post-update.ts'
import { sweepFollowers, tellFollowers } from '../domains/status/use-cases/tell-followers.ts'
import { createHttp } from '../platform/http/server.ts'
import { createLog } from '../platform/log.ts'
import { createMetrics } from '../platform/metrics.ts'
import { nobody } from '../testkit/nobody.ts'
import { createWorld, type World } from '../testkit/world.ts'
import { registerPages } from './index.ts'
import { pageParts } from './parts.ts'

let world: World
let pages: FastifyInstance
let agent: Awaited<ReturnType<World['agent']>>
const siteDir = mkdtempSync(join(tmpdir(), 'clew-follow-'))

beforeAll(async () => {
  const names = ['site.css', 'site.js', 'mark.svg', 'contact.js', 'har.js', 'demo.css', 'status.js']
  const files = Object.fromEntries(names.map((name) => [name, name]))
  writeFileSync(join(siteDir, 'manifest.json'), JSON.stringify({ files, preloadFonts: { latin: [], greek: [] } }))
  world = await createWorld({ config: { baseUrl: 'https://help.example' } })
  agent = await world.agent()
  const { clew, clock } = world
  const log = createLog('silent')
  const parts = pageParts({ ...clew, log, clock })
  pages = await createHttp({
    config: { trustProxy: false, tls: undefined, rateLimitPerMinute: 6000 },
    database: clew.database,
    clock,
    log,
    metrics: createMetrics(),
    routes: [],
    limitFactor: 1000,
    authenticate: nobody,
    pages: (app) => registerPages(app, { ...parts, limitFactor: 1000, distDirs: { ...parts.distDirs, site: siteDir } }),
  })
})
afterAll(async () => {
  await pages.close()
  await world.close()
  rmSync(siteDir, { recursive: true, force: true })
})

const open = async (title = 'Slower uploads') =>
  (
    await openIncident(agent.ctx, {
      clientIncidentId: randomUUID(),
      titles: { en: title, el: '' },
      impact: 'minor',
      status: 'investigating',
      components: [],
      bodies: { en: 'We are looking into it.', el: '' },
    })
  ).incident
const say = async (id: IncidentId, status: 'identified' | 'resolved', en: string) => {
  const posted = await postUpdate(agent.ctx, id, { clientUpdateId: randomUUID(), status, bodies: { en, el: '' } })
  await world.settle()
  return posted.incident.updates[0]?.id ?? ''
}

const form = 'application/x-www-form-urlencoded'
const post = (url: string, payload = '', type = form) =>
  pages.inject({ method: 'POST', url, headers: { 'content-type': type, accept: 'text/html' }, payload })
const get = (url: string) => pages.inject({ method: 'GET', url, headers: { accept: 'text/html' } })
const ask = (incident: string, email: string, more = '', locale = 'en') =>
  post(`/${locale}/status/follow`, `incident=${incident}&email=${encodeURIComponent(email)}${more}`)

type Mail = { subject: string; text: string; headers: string }
/** The mails to an address, as they left; those that tell of an update come last. */
const mailsTo = async (address: string, count: number): Promise<Mail[]> => {
  const ids = () =>
    world.rows(`SELECT id FROM mails WHERE recipient = $1 AND state = 'kept' ORDER BY created_at, id`, [address])
  await expect.poll(async () => (await ids()).length, { timeout: 20_000 }).toBe(count)
  const folder = join(world.config.dataDir, 'mail')
  expect(readdirSync(folder).length).toBeGreaterThan(0)
  const mails = (await ids()).map(({ id }) => {
    const raw = readFileSync(join(folder, `${String(id)}.eml`), 'utf8')
    const [head = '', ...body] = raw.split('\n\n')
    const headers = head.replaceAll(/\n[ \t]+/g, ' ')
    const coded = body.join('\n\n')
    const text = /quoted-printable/i.test(headers) ? coded.replaceAll('=\n', '').replaceAll('=3D', '=') : coded
    return { headers, text, subject: /^Subject: (.*)$/m.exec(headers)?.[1] ?? '' }
  })
  return mails.sort((a, b) => Number(a.text.includes('/unfollow/')) - Number(b.text.includes('/unfollow/')))
}
/** As a link had it that was mailed before: what lies behind it is the same by both. */
const linkIn = ({ text }: Mail, part: string): string =>
  new RegExp(`https://help\\.example(/\\S*/${part})/link#token=([\\w-]{43})`).exec(text)?.slice(1).join('/') ??
  'no link'

const followed = async (incident: IncidentId, email: string, more = '') => {
  await ask(incident, email, more)
  const [mail] = await mailsTo(email, 1)
  if (!mail) throw new Error('no mail')
  await post(linkIn(mail, 'follow'))
}

describe('following by mail', () => {
  test('is asked on the status page, confirmed by a button, and told when it is over, once', async () => {
    const incident = await open()
    await world.settle()
    const page = await get('/en/status')
    expect(page.body).toContain(`name="incident" value="${incident.id}"`)

    const asked = await ask(incident.id, 'Maria@Customer.example ')
    expect([asked.statusCode, asked.headers.location]).toEqual([303, '/en/status/follow/sent'])
    const [mail] = await mailsTo('maria@customer.example', 1)
    if (!mail) throw new Error('no mail')
    expect(mail.headers).not.toContain('List-Unsubscribe')
    const link = linkIn(mail, 'follow')

    // Programs that look at mails open every link: nothing happens by that.
    const shown = await get(link)
    expect(shown.body).toContain('<form method="post">')
    expect(shown.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    expect(await world.rows('SELECT 1 FROM status_followers WHERE confirmed_at IS NOT NULL')).toEqual([])
    for (let n = 0; n < 2; n += 1) expect((await post(link)).body).toContain('You follow this incident')

    await say(incident.id, 'identified', 'A gateway is broken.')
    const updateId = await say(incident.id, 'resolved', 'A gateway was added.')
    const settings = { brand: () => 'Northlight', baseUrl: () => 'https://help.example' }
    const system = world.as({ type: 'system', job: 'test' })
    await Promise.all([1, 2, 3].map(() => tellFollowers(system, { incidentId: incident.id, updateId }, settings)))
    const [, told, ...more] = await mailsTo('maria@customer.example', 2)
    expect(more).toEqual([])
    expect(told?.subject).toBe('Over: Slower uploads')
    expect(told?.text).toContain('A gateway was added.')
    expect(told?.headers).toMatch(/^List-Unsubscribe: <https:\/\/help\.example\/en\/status\/unfollow\/[\w-]{43}>$/m)
    expect(told?.headers).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m)
    // Neither words nor tokens stay.
    expect(
      await world.rows(`SELECT 1 FROM mails WHERE state = 'kept' AND (body <> '' OR unsubscribe_url <> '')`),
    ).toEqual([])
  })

  test('tells every update to who asked for every one', async () => {
    const incident = await open()
    await followed(incident.id, 'every@customer.example', '&every=1')
    await say(incident.id, 'identified', 'Found.')
    await say(incident.id, 'resolved', 'Mended.')
    const mails = await mailsTo('every@customer.example', 3)
    expect(
      mails
        .slice(1)
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(['Found: Slower uploads', 'Over: Slower uploads'])
  })

  test('is answered alike for known and unknown addresses, for what is over and what is not there', async () => {
    const incident = await open()
    await followed(incident.id, 'known@customer.example')
    const over = await open()
    await say(over.id, 'resolved', 'Mended.')
    const answers = await Promise.all([
      ask(incident.id, 'known@customer.example'),
      ask(incident.id, 'unknown@customer.example'),
      ask(over.id, 'late@customer.example'),
      ask(randomUUID(), 'nowhere@customer.example'),
    ])
    const told = answers.map(({ statusCode, headers, body }) => [statusCode, headers.location, body])
    expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(1)
    const known = await mailsTo('known@customer.example', 2)
    expect(known.filter(({ text }) => text.includes('/status/follow/'))).toHaveLength(1)
    expect(known.filter(({ text }) => text.includes('followed already'))).toHaveLength(1)
    expect(await mailsTo('late@customer.example', 0)).toEqual([])
  })

  test('sends five mails a day to one address at most, however it is typed, also when all come at once', async () => {
    const incidents = await Promise.all(Array.from({ length: 3 }, (_, n) => open(`Incident ${n}`)))
    const spellings = ['five@customer.example', 'FIVE@customer.example', 'Five@Customer.Example']
    const asked = await Promise.all(
      Array.from({ length: 12 }, (_, n) => ask(incidents[n % 3]?.id ?? '', spellings[n % 3] ?? '')),
    )
    expect(new Set(asked.map(({ statusCode }) => statusCode))).toEqual(new Set([303]))
    await mailsTo('five@customer.example', 5)
    world.clock.advance(24 * 3_600_000 + 1000)
    await ask(incidents[0]?.id ?? '', 'five@customer.example')
    await mailsTo('five@customer.example', 6)
  })

  test('is confirmed by the latest mail alone, and within two days', async () => {
    const incident = await open()
    await ask(incident.id, 'twice@customer.example')
    await ask(incident.id, 'twice@customer.example')
    const [first, second] = (await mailsTo('twice@customer.example', 2)).map((mail) => linkIn(mail, 'follow'))
    const works = await Promise.all([first, second].map(async (link) => (await get(link ?? '')).statusCode))
    expect(works.filter((status) => status === 200)).toHaveLength(1)
    expect(works).toContain(404)
    world.clock.advance(48 * 3_600_000 + 1000)
    for (const link of [first, second]) expect((await post(link ?? '')).statusCode).toBe(404)
    await sweepFollowers(world.as({ type: 'system', job: 'test' }))
    expect(await world.rows(`SELECT 1 FROM status_followers WHERE email = 'twice@customer.example'`)).toEqual([])
  })

  test('is left by one click of a mail program, or by a page that asks', async () => {
    const incident = await open()
    await followed(incident.id, 'leaves@customer.example', '&every=1')
    await say(incident.id, 'identified', 'Found.')
    const [, mail] = await mailsTo('leaves@customer.example', 2)
    if (!mail) throw new Error('no mail')
    const link = linkIn(mail, 'unfollow')
    // One who reads a list together with others must not leave for all of them by opening a link.
    expect((await get(link)).body).toContain('<form method="post">')
    const oneClick = await post(link, 'List-Unsubscribe=One-Click')
    expect(oneClick.statusCode).toBe(200)
    const boundary = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    expect((await post(link, boundary, 'multipart/form-data; boundary=x')).statusCode).toBe(200)
    await say(incident.id, 'resolved', 'Mended.')
    await mailsTo('leaves@customer.example', 2)
    // And comes back by asking again.
    const other = await open()
    await followed(other.id, 'back@customer.example')
    await post(
      linkIn((await mailsTo('back@customer.example', 1))[0] as Mail, 'follow').replace('/follow/', '/unfollow/'),
    )
    await ask(other.id, 'back@customer.example')
    const again = (await mailsTo('back@customer.example', 2)).map((each) => linkIn(each, 'follow'))
    const opened = await Promise.all(
      again.map(async (each) => ((await get(each)).statusCode === 200 ? each : undefined)),
    )
    expect((await post(opened.find((each) => each !== undefined) ?? '')).body).toContain('You follow this incident')
  })

  test('speaks Greek to Greek readers', async () => {
    const incident = await open()
    await ask(incident.id, 'eleni@customer.example', '', 'el')
    const [mail] = await mailsTo('eleni@customer.example', 1)
    const row = await world.rows(`SELECT subject FROM mails WHERE recipient = 'eleni@customer.example'`)
    expect(row[0]?.['subject']).toBe('Θέλετε ενημερώσεις για «Slower uploads»;')
    expect(mail?.headers).toContain('To: eleni@customer.example')
  })

  test.each([
    ['two addresses', 'incident=IN&email=a@b.example,c@d.example', 422],
    ['a line break', 'incident=IN&email=a@b.example%0d%0aBcc:c@d.example', 422],
    ['no incident', 'incident=x&email=a@b.example', 400],
  ])('%s is refused, and no mail goes out', async (_, payload, status) => {
    const { id } = await open()
    const before = await world.rows('SELECT count(*)::int AS n FROM mails')
    expect((await post('/en/status/follow', payload.replace('IN', id))).statusCode).toBe(status)
    expect(await world.rows('SELECT count(*)::int AS n FROM mails')).toEqual(before)
  })

  test.each([
    ['en', 'This does not look like an email address'],
    ['el', 'Δεν μοιάζει με διεύθυνση email'],
  ] as const)('no address brings the form back in %s, with the words at the field', async (locale, words) => {
    const { id } = await open()
    const before = await world.rows('SELECT count(*)::int AS n FROM mails')
    const answer = await post(`/${locale}/status/follow`, `incident=${id}&email=%22ann%40&every=1`)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([422, 'text/html; charset=utf-8'])
    const field = /<input[^>]*name="email"[^>]*>/.exec(answer.body)?.[0] ?? ''
    expect(field).toContain('value="&quot;ann@"')
    expect(field).toContain('aria-invalid="true"')
    const error = /aria-describedby="([^"]+)"/.exec(field)?.[1]
    expect(answer.body).toMatch(new RegExp(`<p class="error major" id="${error}">.*${words}`))
    expect(answer.body).toContain(`name="incident" value="${id}"`)
    expect(/<input[^>]*name="every"[^>]*>/.exec(answer.body)?.[0]).toContain('checked')
    expect(await world.rows('SELECT count(*)::int AS n FROM mails')).toEqual(before)
  })

  test('another site cannot ask for somebody', async () => {
    const { id } = await open()
    const foreign = await pages.inject({
      method: 'POST',
      url: '/en/status/follow',
      headers: { 'content-type': form, origin: 'https://evil.example' },
      payload: `incident=${id}&email=a@b.example`,
    })
    expect(foreign.statusCode).toBe(403)
  })
})
