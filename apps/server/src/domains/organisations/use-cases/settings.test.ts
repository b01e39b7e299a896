import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import type { OrganisationId } from '@clew/contract/primitives'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { senderOf } from '../../../look.ts'
import type { Actor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import { tryModel } from '../../../platform/model-provider/index.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { openSession } from '../../sign-in/use-cases/open-session.ts'
import { SettingsHolder } from '../settings-holder.ts'
import { inviteMember } from './invite-member.ts'
import { readSettings, readSettingsChanges } from './read-settings.ts'
import { saveSettings } from './save-settings.ts'
import { uploadLogo } from './store-logo.ts'
import { testModelSettings } from './test-model.ts'

let world: World
let owner: Awaited<ReturnType<World['agent']>>
let holder: SettingsHolder
beforeEach(async () => {
  world = await createWorld()
  owner = await world.agent('Elena', 'owner')
  holder = world.clew.house.settings
})
afterEach(() => world.close())

const loader = { url: 'https://help.example/clew.js', integrity: undefined }
const denied = new AppError('permission.denied')
const saveName = (name: string, version: number, ctx = owner.ctx) =>
  saveSettings(ctx, { group: 'brand', version, value: { name } }, holder)
const events = () => world.rows(`SELECT payload FROM events WHERE name = 'settings.changed' ORDER BY id`)

describe('saving', () => {
  test('acts at once, and says who it was', async () => {
    await saveName('Kyma', 0)
    expect(holder.current().brand.name).toBe('Kyma')
    const { brand, mayChange } = await readSettings(owner.ctx, holder, loader)
    expect({ brand, mayChange }).toMatchObject({
      mayChange: true,
      brand: { version: 1, saved: { name: 'Kyma' }, operator: { name: 'Northlight' }, updatedBy: 'Elena' },
    })
    expect(await events()).toEqual([{ payload: { group: 'brand', version: 1, agentId: owner.id } }])
  })

  test('is for owners; an agent reads and changes nothing', async () => {
    const agent = await world.agent('Petros')
    await expect(saveName('Kyma', 0, agent.ctx)).rejects.toThrow(denied)
    await expect(uploadLogo(agent.ctx, Readable.from([Buffer.from('x')]))).rejects.toThrow(denied)
    await expect(testModelSettings(agent.ctx, { value: {} }, { holder, tryModel })).rejects.toThrow(denied)
    expect((await readSettings(agent.ctx, holder, loader)).mayChange).toBe(false)
    expect(holder.current().brand.name).toBe('Northlight')
  })

  test('is refused to another organisation and to contacts', async () => {
    const elsewhere = { ...owner.actor, organisationId: '00000000-0000-7000-8000-000000000009' as OrganisationId }
    await expect(saveName('Kyma', 0, world.as(elsewhere as Actor))).rejects.toThrow(denied)
    await expect(readSettings(world.as(elsewhere as Actor), holder, loader)).rejects.toThrow(denied)
    await expect(readSettingsChanges(world.as(elsewhere as Actor), 'brand')).rejects.toThrow(denied)
    const { ctx } = await world.contact()
    await expect(readSettings(ctx, holder, loader)).rejects.toThrow(denied)
  })

  test('the same once more changes nothing, even from the old version', async () => {
    await saveName('Kyma', 0)
    await saveName('Kyma', 0)
    expect(await events()).toHaveLength(1)
  })

  test('over a change that was not seen is refused, with the name of who made it', async () => {
    const other = await world.agent('Dora', 'owner')
    await saveName('Kyma', 0, other.ctx)
    await expect(saveName('Halcyon', 0)).rejects.toMatchObject({ code: 'settings.conflict', params: { name: 'Dora' } })
    await saveName('Halcyon', 1)
    expect(holder.current().brand.name).toBe('Halcyon')
  })

  test('by two at once lets one through', async () => {
    const other = await world.agent('Dora', 'owner')
    const results = await Promise.allSettled([saveName('One', 0), saveName('Two', 0, other.ctx)])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await events()).toHaveLength(1)
  })

  test('without a field gives it back to the operator', async () => {
    await saveName('Kyma', 0)
    await saveSettings(owner.ctx, { group: 'brand', version: 1, value: {} }, holder)
    expect(holder.current().brand.name).toBe('Northlight')
  })

  test('leaves a record of before and after', async () => {
    await saveName('Kyma', 0)
    await saveName('Halcyon', 1)
    const { changes } = await readSettingsChanges(owner.ctx, 'brand')
    expect(changes.map(({ by, fields }) => ({ by, fields }))).toEqual([
      { by: 'Elena', fields: [{ field: 'name', before: 'Kyma', after: 'Halcyon' }] },
      { by: 'Elena', fields: [{ field: 'name', before: null, after: 'Kyma' }] },
    ])
  })
})

test('another process sees a change within seconds of being used', async () => {
  const other = new SettingsHolder({
    newCtx: (job) => world.as({ type: 'system', job }),
    clock: world.clock,
    operator: holder.operator,
    seal: holder.seal,
  })
  await other.open()
  await saveName('Kyma', 0)
  expect(other.current().brand.name).toBe('Northlight')
  world.clock.advance(6000)
  other.current()
  await other.settled()
  expect(other.current().brand.name).toBe('Kyma')
})

test('the brand is in the articles and in mail', async () => {
  await saveSettings(
    owner.ctx,
    { group: 'brand', version: 0, value: { name: 'Kyma "X"', supportEmail: 'hi@kyma.example' } },
    holder,
  )
  const { library } = world.clew.house
  // Who reads first makes the library look; the next one sees it.
  library.current()
  await library.settled()
  const article = JSON.stringify(library.current().find('en', 'contacting-support'))
  expect(article).toContain('hi@kyma.example')
  expect(article).not.toContain('support@northlight.example')
  await inviteMember(
    owner.ctx,
    { email: 'new@team.example', role: 'agent', locale: 'en' },
    { brand: () => holder.current().brand.name, baseUrl: () => '', hasMailServer: false },
  )
  expect((await world.rows('SELECT subject FROM mails'))[0]?.['subject']).toContain('Kyma "X"')
  expect(senderOf(world.config.mailFrom, holder.current())).toBe('"Kyma  X " <support@localhost>')
})

describe('a logo', () => {
  const drawing = () =>
    Readable.from([Buffer.from('<svg viewBox="0 0 9 9"><path d="M0 0h9"/><script>alert(1)</script></svg>')])
  test('is made safe, and shows once it is saved', async () => {
    const logo = await uploadLogo(owner.ctx, drawing())
    expect(holder.current().brand.logo).toBeUndefined()
    await saveSettings(owner.ctx, { group: 'brand', version: 0, value: { logo } }, holder)
    expect(holder.current().brand.logo?.bytes.toString()).not.toContain('script')
  })
  test('that is too large, or that nobody uploaded, is refused', async () => {
    const large = Readable.from([Buffer.alloc(150_000), Buffer.alloc(60_000)])
    await expect(uploadLogo(owner.ctx, large)).rejects.toThrow(new AppError('settings.logo_unusable'))
    const logo = { hash: '0'.repeat(32), type: 'png' as const }
    await expect(saveSettings(owner.ctx, { group: 'brand', version: 0, value: { logo } }, holder)).rejects.toThrow(
      new AppError('settings.logo_not_found'),
    )
  })
})

describe('the key of a model', () => {
  const key = 'sk-very-secret-000000004f2a'
  const value = { kind: 'openai' as const, url: 'https://models.example/v1', model: 'm' }
  const save = (more: object, version: number) =>
    saveSettings(owner.ctx, { group: 'model', version, value, ...more }, holder)

  test('is sealed, never told, and known to who asks the model', async () => {
    await save({ key }, 0)
    expect(holder.modelProvider()).toMatchObject({ ...value, apiKey: key, timeBudgetMs: 8000 })
    const told = JSON.stringify([
      await readSettings(owner.ctx, holder, loader),
      await readSettingsChanges(owner.ctx, 'model'),
      await world.rows('SELECT value, secret::text FROM settings'),
      await world.rows('SELECT * FROM settings_changes'),
      await world.rows('SELECT payload FROM events'),
    ])
    expect(told).not.toContain(key)
    expect(told).not.toContain(Buffer.from(key).toString('hex'))
    expect((await readSettings(owner.ctx, holder, loader)).model.key).toEqual({
      state: 'set',
      source: 'workspace',
      endsIn: '4f2a',
    })
    const agent = await world.agent()
    expect((await readSettings(agent.ctx, holder, loader)).model.key).toEqual({ state: 'set', source: 'workspace' })
  })

  test('stays with its address, and goes when the address is another', async () => {
    await save({ key }, 0)
    await save({ value: { ...value, model: 'n' } }, 1)
    expect(holder.modelProvider()).toMatchObject({ model: 'n', apiKey: key })
    await save({ value: { ...value, url: 'https://evil.example/v1' } }, 2)
    expect(holder.modelProvider()).toMatchObject({ apiKey: undefined })
    const [change] = (await readSettingsChanges(owner.ctx, 'model')).changes
    expect(change?.fields).toContainEqual({ field: 'key', before: null, after: 'removed' })
  })

  test.each(['http://10.0.0.7/v1', 'https://169.254.169.254/v1', 'http://metadata.google.internal/'])(
    'is not sent to %s',
    async (url) => {
      await expect(save({ value: { ...value, url } }, 0)).rejects.toMatchObject({ code: 'settings.address_refused' })
      expect(await testModelSettings(owner.ctx, { value: { ...value, url }, key }, { holder, tryModel })).toMatchObject(
        {
          ok: false,
          error: 'address',
        },
      )
    },
  )
})

describe('the test of a model', () => {
  let server: Server
  let seen: { path: string | undefined; authorization: string | undefined }[]
  let answer: { status: number; body: string }
  beforeEach(async () => {
    seen = []
    const choice = { index: 0, delta: { content: '{"answer":" ready "}' }, finish_reason: 'stop' }
    answer = { status: 200, body: `data: ${JSON.stringify({ id: 'c', choices: [choice] })}\n\ndata: [DONE]\n\n` }
    server = createServer((request, response) => {
      seen.push({ path: request.url, authorization: request.headers.authorization })
      response.writeHead(answer.status, { location: 'http://169.254.169.254/' }).end(answer.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => new Promise((resolve) => server.close(resolve)))
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  const ask = () => testModelSettings(owner.ctx, { value: { url: url(), model: 'm' }, key: 'k' }, { holder, tryModel })

  test('makes one real call', async () => {
    expect(await ask()).toMatchObject({ ok: true, answer: 'ready' })
    expect(seen).toEqual([{ path: '/v1/chat/completions', authorization: 'Bearer k' }])
  })
  test.each([
    [401, '{}', 'key'],
    [404, '{}', 'model'],
    [429, '{}', 'limit'],
    [500, '{}', 'refused'],
    [302, '', 'refused'],
    [200, 'not json', 'not_understood'],
    [200, '{"choices":[]}', 'not_understood'],
  ])('an answer %i %j is %s', async (status, body, error) => {
    answer = { status, body }
    expect(await ask()).toMatchObject({ ok: false, error })
    expect(seen).toHaveLength(1)
  })
  test('nobody there is said to be so', async () => {
    const gone = url()
    await new Promise((resolve) => server.close(resolve))
    const asked = await testModelSettings(owner.ctx, { value: { url: gone, model: 'm' } }, { holder, tryModel })
    expect(asked).toMatchObject({ ok: false, error: 'unreachable' })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
})

describe('over HTTP', () => {
  const put = async (group: string, payload: object) => {
    const session = await world.clew.newCtx('test').transaction((tx) => openSession(tx, owner))
    return world.app.inject({
      method: 'PUT',
      url: `/api/v1/settings/${group}`,
      headers: { cookie: `__Host-clew_session=${session.token}` },
      payload,
    })
  }
  const widget = (origin?: string, url = '/api/v1/widget/settings?locale=en&timeZone=America/New_York') =>
    world.app.inject({ method: 'GET', url, headers: origin === undefined ? {} : { origin } })

  test('a conflict is 409, and nonsense is 400', async () => {
    expect((await put('brand', { version: 0, value: { name: 'Kyma' } })).statusCode).toBe(200)
    expect((await put('brand', { version: 0, value: { name: 'Other' } })).statusCode).toBe(409)
    for (const value of [{ accent: 'red' }, { appHost: 'https://x' }, { supportEmail: 'x' }, { unknown: 1 }])
      expect((await put('brand', { version: 1, value })).statusCode).toBe(400)
    expect((await put('languages', { version: 0, value: { offered: [] } })).statusCode).toBe(400)
    expect((await put('languages', { version: 0, value: { offered: ['el'], default: 'en' } })).statusCode).toBe(400)
    expect((await put('bubble', { version: 0, value: { origins: ['https://a.example/path'] } })).statusCode).toBe(400)
  })

  test('an origin that is not listed is refused in words that its page can read', async () => {
    expect((await widget('https://other.example')).statusCode).toBe(200)
    expect((await put('bubble', { version: 0, value: { origins: ['https://*.kyma.example'] } })).statusCode).toBe(200)
    expect((await widget('https://app.kyma.example')).statusCode).toBe(200)
    expect((await widget()).statusCode).toBe(200)
    const refused = await widget('https://other.example')
    expect(refused.statusCode).toBe(403)
    expect(refused.json()).toMatchObject({ code: 'permission.origin_not_allowed' })
    const session = await world.app.inject({
      method: 'POST',
      url: '/api/v1/widget/sessions',
      headers: { origin: 'https://other.example' },
      payload: {},
    })
    expect(session.statusCode).toBe(403)
    expect(await world.rows('SELECT 1 FROM contacts')).toEqual([])
  })

  test('hours, language and greeting reach the bubble in the zone of the visitor', async () => {
    const day = [{ from: '09:00', to: '17:00' }]
    const week = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] }
    await put('hours', { version: 0, value: { opening: { timeZone: 'Europe/Athens', week, holidays: [] } } })
    await put('bubble', { version: 0, value: { side: 'left', greeting: { en: 'Hello there', el: '' } } })
    expect((await widget()).json()).toMatchObject({
      hoursLine: 'People answer until 10:00 (your time)',
      side: 'left',
      greeting: 'Hello there',
    })
    world.clock.advance(3 * 86_400_000 + 8 * 3_600_000)
    expect((await widget()).json().hoursLine).toBe('People are back Monday 02:00 (your time)')
    await put('languages', { version: 0, value: { offered: ['el'] } })
    expect((await widget()).json().locale).toBe('el')
  })
})
