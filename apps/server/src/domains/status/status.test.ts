import { randomUUID } from 'node:crypto'
import type { ComponentId, IncidentId } from '@clew/contract/primitives'
import type { ComponentList, Incident, IncidentList, StatusComponent } from '@clew/contract/status'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Ctx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { openSession } from '../sign-in/use-cases/open-session.ts'
import { currentIncidents, incidentFor, openIncidentLines, StatusHolder } from './index.ts'
import { correctIncident, correctUpdate } from './use-cases/correct-incident.ts'
import { loadStarterComponents } from './use-cases/load-starter-components.ts'
import { openIncident } from './use-cases/open-incident.ts'
import { postUpdate } from './use-cases/post-update.ts'
import { readComponents } from './use-cases/read-status.ts'
import { addComponent, editComponent } from './use-cases/save-component.ts'
import { setComponentStatus } from './use-cases/set-component-status.ts'

let world: World
let agent: Awaited<ReturnType<World['agent']>>
let cookie: string
let bySlug: Record<string, ComponentId>

beforeAll(async () => {
  world = await createWorld()
  agent = await world.agent('Nadia')
  const session = await world.clew.newCtx('test').transaction((tx) => openSession(tx, agent))
  cookie = `__Host-clew_session=${session.token}`
  const { components } = await readComponents(agent.ctx)
  bySlug = Object.fromEntries(components.map(({ slug, id }) => [slug, id]))
})
afterAll(() => world.close())

const events = async () =>
  (await world.rows(`SELECT name, payload FROM events WHERE name ~ '^(incident|component)[.]' ORDER BY id`)).map(
    ({ name, payload }): { name: string } & Record<string, unknown> => ({
      ...(payload as Record<string, unknown>),
      name: String(name),
    }),
  )
let eventsBefore = 0
const newEvents = async () => (await events()).slice(eventsBefore)
beforeEach(async () => {
  eventsBefore = (await events()).length
})

const component = (slug: string): ComponentId => bySlug[slug] as ComponentId
const both = (en: string, el = '') => ({ en, el })
const statusOf = async (slug: string) =>
  (await readComponents(agent.ctx)).components.find((each) => each.slug === slug)?.status

const opening = (more: Partial<Parameters<typeof openIncident>[1]> = {}) => ({
  clientIncidentId: randomUUID(),
  titles: both('Slower uploads over 5 MB', 'Αργές μεταφορτώσεις'),
  impact: 'minor' as const,
  status: 'investigating' as const,
  components: [{ componentId: component('uploads'), status: 'degraded_performance' as const }],
  bodies: both('About 1 in 12 uploads ends without an answer.'),
  ...more,
})
const saying = (more: Partial<Parameters<typeof postUpdate>[2]> = {}) => ({
  clientUpdateId: randomUUID(),
  status: 'identified' as const,
  bodies: both('One gateway ran out of connections.'),
  ...more,
})
const open = async (more = {}) => (await openIncident(agent.ctx, opening(more))).incident
const close = (id: IncidentId) => postUpdate(agent.ctx, id, saying({ status: 'resolved' }))

describe('a new installation', () => {
  test('has five components in both languages, all working', async () => {
    const { components } = await readComponents(agent.ctx)
    expect(components.map(({ slug }) => slug)).toEqual(['api', 'web_app', 'uploads', 'sign_in', 'help_centre'])
    for (const each of components) {
      expect(each.status).toBe('operational')
      expect(each.names.el).toMatch(each.slug === 'api' ? /API/ : /\p{Script=Greek}/u)
      expect(each.keywords.length).toBeGreaterThan(3)
    }
  })

  test('gets them once, and keeps what the team made of them', async () => {
    expect(await loadStarterComponents(world.as({ type: 'system', job: 'test' }), { appHost: 'a.example' })).toEqual({
      added: 0,
    })
    expect(await newEvents()).toEqual([])
  })
})

describe('opening an incident', () => {
  test('hurts its components, says who did it and shows on every page at once', async () => {
    const incident = await open()
    expect(incident).toMatchObject({ status: 'investigating', updates: [{ authorId: agent.id, bodies: { el: '' } }] })
    expect(await statusOf('uploads')).toBe('degraded_performance')
    expect(await newEvents()).toEqual([
      expect.objectContaining({
        name: 'component.status_changed',
        from: 'operational',
        to: 'degraded_performance',
        incidentId: incident.id,
        agentId: agent.id,
      }),
      expect.objectContaining({ name: 'incident.opened', incidentId: incident.id, agentId: agent.id }),
    ])
    await world.settle()
    expect(world.clew.house.status.current().incidents.map(({ id }) => id)).toContain(incident.id)
    await close(incident.id)
  })

  test('again with the same client id changes nothing; with other words it is refused', async () => {
    const input = opening()
    const first = await openIncident(agent.ctx, input)
    const again = await openIncident(agent.ctx, input)
    expect([first.repeated, again.repeated, again.incident.id]).toEqual([false, true, first.incident.id])
    await expect(openIncident(agent.ctx, { ...input, titles: both('Other') })).rejects.toMatchObject({
      code: 'incident.id_reused',
    })
    await close(first.incident.id)
  })

  test('twice at the same moment opens one', async () => {
    const input = opening()
    const both = await Promise.all([openIncident(agent.ctx, input), openIncident(agent.ctx, input)])
    expect(new Set(both.map(({ incident }) => incident.id)).size).toBe(1)
    expect(both.filter(({ repeated }) => repeated)).toHaveLength(1)
    await close((both[0] as { incident: Incident }).incident.id)
  })

  test('in the future, or of what is not there, is refused and leaves nothing', async () => {
    const counts = () => world.rows('SELECT count(*) FROM incidents')
    const before = await counts()
    await expect(openIncident(agent.ctx, opening({ startedAt: '2026-11-24T08:00:01.000Z' }))).rejects.toMatchObject({
      code: 'incident.time_invalid',
    })
    const nowhere = [{ componentId: randomUUID() as ComponentId, status: 'major_outage' as const }]
    await expect(openIncident(agent.ctx, opening({ components: nowhere }))).rejects.toMatchObject({
      code: 'component.not_found',
    })
    expect(await counts()).toEqual(before)
    expect(await newEvents()).toEqual([])
  })
})

describe('an update', () => {
  test('posted twice is there once', async () => {
    const incident = await open()
    const input = saying()
    const results = [await postUpdate(agent.ctx, incident.id, input), await postUpdate(agent.ctx, incident.id, input)]
    expect(results.map(({ repeated }) => repeated)).toEqual([false, true])
    expect(results[1]?.incident.updates).toHaveLength(2)
    expect((await newEvents()).filter(({ name }) => name === 'incident.updated')).toHaveLength(1)
    await expect(postUpdate(agent.ctx, incident.id, { ...input, bodies: both('Other') })).rejects.toMatchObject({
      code: 'incident.id_reused',
    })
    await close(incident.id)
  })

  test('posted twice at the same moment is there once', async () => {
    const incident = await open()
    const input = saying()
    const results = await Promise.all([1, 2].map(() => postUpdate(agent.ctx, incident.id, input)))
    expect(results.filter(({ repeated }) => repeated)).toHaveLength(1)
    await close(incident.id)
  })

  test('with the status resolved ends it, and its components work again', async () => {
    const incident = await open()
    world.clock.advance(60_000)
    const { incident: over } = await close(incident.id)
    expect(over.resolvedAt).toBeDefined()
    expect(over.updates[0]?.changes).toEqual([
      { componentId: component('uploads'), from: 'degraded_performance', to: 'operational' },
    ])
    expect(over.components).toHaveLength(1)
    expect(await statusOf('uploads')).toBe('operational')
    expect((await newEvents()).map(({ name }) => name)).toContain('incident.resolved')
  })

  test('on a resolved incident opens it again and hurts its components again', async () => {
    const incident = await open()
    await close(incident.id)
    const { incident: again } = await postUpdate(agent.ctx, incident.id, saying({ status: 'investigating' }))
    expect(again.resolvedAt).toBeUndefined()
    expect(await statusOf('uploads')).toBe('degraded_performance')
    await close(incident.id)
  })

  test('of one incident leaves alone what another one hurts', async () => {
    const [mild, bad] = [
      await open(),
      await open({ components: [{ componentId: component('uploads'), status: 'major_outage' }] }),
    ]
    expect(await statusOf('uploads')).toBe('major_outage')
    await close(bad.id)
    expect(await statusOf('uploads')).toBe('degraded_performance')
    await close(mild.id)
    expect(await statusOf('uploads')).toBe('operational')
  })

  test('on an incident that is not there is refused', async () => {
    await expect(postUpdate(agent.ctx, randomUUID() as IncidentId, saying())).rejects.toMatchObject({
      code: 'incident.not_found',
    })
  })
})

describe('a mistake', () => {
  test('in the title, the impact or the time is corrected, and that is an event', async () => {
    const incident = await open()
    const corrected = await correctIncident(agent.ctx, incident.id, {
      titles: both('Uploads are slow', 'Αργές μεταφορτώσεις'),
      startedAt: '2026-11-24T07:30:00.000Z',
    })
    expect(corrected).toMatchObject({ titles: { en: 'Uploads are slow' }, startedAt: '2026-11-24T07:30:00.000Z' })
    expect((await newEvents()).at(-1)).toMatchObject({
      name: 'incident.corrected',
      fields: ['titles', 'startedAt'],
      agentId: agent.id,
    })
    const count = (await newEvents()).length
    await correctIncident(agent.ctx, incident.id, { impact: 'minor' })
    expect(await newEvents()).toHaveLength(count)
    await expect(
      correctIncident(agent.ctx, incident.id, { startedAt: '2027-01-01T00:00:00.000Z' }),
    ).rejects.toMatchObject({ code: 'incident.time_invalid' })
    await close(incident.id)
  })

  test('in an update is corrected in place, and everyone sees it', async () => {
    const incident = await open()
    const updateId = incident.updates[0]?.id ?? ''
    await correctUpdate(agent.ctx, { incidentId: incident.id, updateId }, { bodies: both('1 in 20.', '1 στις 20.') })
    await world.settle()
    const kept = world.clew.house.status.current().incidents.find(({ id }) => id === incident.id)
    expect(kept?.updates[0]?.bodies).toEqual({ en: '1 in 20.', el: '1 στις 20.' })
    await expect(
      correctUpdate(agent.ctx, { incidentId: incident.id, updateId: randomUUID() }, { bodies: both('x') }),
    ).rejects.toMatchObject({ code: 'incident.update_not_found' })
    await close(incident.id)
  })
})

describe('a component', () => {
  test('is put into another state without an incident; saying it again says nothing', async () => {
    await setComponentStatus(agent.ctx, component('api'), 'under_maintenance')
    await setComponentStatus(agent.ctx, component('api'), 'under_maintenance')
    expect((await newEvents()).map((each) => [each.name, each['to'], each['agentId']])).toEqual([
      ['component.status_changed', 'under_maintenance', agent.id],
    ])
    await setComponentStatus(agent.ctx, component('api'), 'operational')
    const kept = await world.rows(`SELECT from_status, to_status FROM component_changes WHERE component_id = $1`, [
      component('api'),
    ])
    expect(kept).toHaveLength(2)
  })

  test('is added, edited and put into a group; a group is not hurt itself', async () => {
    const base = { descriptions: both(''), keywords: [], hosts: [], position: 5, isGroup: false }
    const group = await addComponent(agent.ctx, { ...base, slug: 'platform', names: both('Platform'), isGroup: true })
    const part = await addComponent(agent.ctx, { ...base, slug: 'queue', names: both('Queue'), groupId: group.id })
    expect(part.groupId).toBe(group.id)
    const edited = await editComponent(agent.ctx, part.id, {
      ...base,
      slug: 'queue',
      names: both('Queues'),
      position: 7,
    })
    expect([edited.names.en, edited.groupId, edited.position]).toEqual(['Queues', undefined, 7])
    await expect(setComponentStatus(agent.ctx, group.id, 'major_outage')).rejects.toMatchObject({
      code: 'component.group_invalid',
    })
    await expect(addComponent(agent.ctx, { ...base, slug: 'queue', names: both('Twice') })).rejects.toMatchObject({
      code: 'component.slug_taken',
    })
    await expect(
      editComponent(agent.ctx, part.id, { ...base, slug: 'queue', names: both('Q'), groupId: part.id }),
    ).rejects.toMatchObject({ code: 'component.group_invalid' })
    await expect(editComponent(agent.ctx, part.id, { ...base, slug: 'api', names: both('Q') })).rejects.toMatchObject({
      code: 'component.slug_taken',
    })
    await world.rows('DELETE FROM status_components WHERE slug IN ($1, $2)', ['queue', 'platform'])
  })
})

describe('who may', () => {
  const asContact = async (): Promise<Ctx> => (await world.contact()).ctx
  const asVisitor = async (): Promise<Ctx> => world.as({ type: 'visitor' })
  const asAssistant = async (): Promise<Ctx> => world.as({ type: 'assistant' })
  const verbs: Record<string, (ctx: Ctx) => Promise<unknown>> = {
    open: (ctx) => openIncident(ctx, opening()),
    post: (ctx) => postUpdate(ctx, randomUUID() as IncidentId, saying()),
    correct: (ctx) => correctIncident(ctx, randomUUID() as IncidentId, { impact: 'major' }),
    'correct an update': (ctx) =>
      correctUpdate(ctx, { incidentId: randomUUID() as IncidentId, updateId: randomUUID() }, { bodies: both('x') }),
    'set a state': (ctx) => setComponentStatus(ctx, component('api'), 'major_outage'),
    add: (ctx) => addComponent(ctx, { ...blank, slug: 'x' }),
    edit: (ctx) => editComponent(ctx, component('api'), { ...blank, slug: 'api' }),
  }
  const blank = {
    names: both('X'),
    descriptions: both(''),
    position: 1,
    keywords: [],
    hosts: [],
    isGroup: false,
  }

  test.each(Object.keys(verbs))('%s: no contact, no visitor, no assistant', async (verb) => {
    for (const who of [asContact, asVisitor, asAssistant]) {
      const ctx = await who()
      await expect(verbs[verb]?.(ctx)).rejects.toMatchObject({ code: 'permission.denied' })
    }
    expect(await newEvents()).toEqual([])
  })

  test('read: the assistant and the product, but no contact', async () => {
    expect(await currentIncidents(await asAssistant())).toEqual([])
    await expect(currentIncidents(await asContact())).rejects.toMatchObject({ code: 'permission.denied' })
  })

  test('past the policy, the database refuses a contact both reading and writing', async () => {
    const ctx = await asContact()
    for (const table of [
      'status_components',
      'incidents',
      'incident_components',
      'incident_updates',
      'component_changes',
    ]) {
      const target = sql.table(table)
      await expect(ctx.transaction((tx) => sql`SELECT * FROM ${target}`.execute(sqlOf(tx)))).rejects.toThrow(
        /permission denied/,
      )
      await expect(ctx.transaction((tx) => sql`DELETE FROM ${target}`.execute(sqlOf(tx)))).rejects.toThrow(
        /permission denied/,
      )
    }
  })

  test('an agent can unwrite neither an update nor a change of state', async () => {
    for (const table of ['incidents', 'incident_updates', 'component_changes'])
      await expect(
        agent.ctx.transaction((tx) => sql`DELETE FROM ${sql.table(table)}`.execute(sqlOf(tx))),
      ).rejects.toThrow(/permission denied/)
  })
})

describe('over HTTP', () => {
  const call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, payload?: object) =>
    world.app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { cookie },
      ...(payload === undefined ? {} : { payload }),
    })

  test('an incident goes from its opening to its end', async () => {
    const input = opening()
    const opened = await call('POST', '/incidents', input)
    expect(opened.statusCode).toBe(201)
    expect((await call('POST', '/incidents', input)).statusCode).toBe(200)
    const { id, updates } = opened.json<Incident>()
    const update = saying()
    expect((await call('POST', `/incidents/${id}/updates`, update)).statusCode).toBe(201)
    expect((await call('POST', `/incidents/${id}/updates`, update)).statusCode).toBe(200)
    expect((await call('PATCH', `/incidents/${id}`, { impact: 'major' })).json<Incident>().impact).toBe('major')
    const words = { bodies: both('Better words.') }
    expect((await call('PATCH', `/incidents/${id}/updates/${updates[0]?.id}`, words)).statusCode).toBe(200)
    expect((await call('GET', '/incidents')).json<IncidentList>().incidents[0]?.id).toBe(id)
    expect((await call('POST', `/incidents/${id}/updates`, saying({ status: 'resolved' }))).statusCode).toBe(201)
    expect((await call('GET', `/incidents/${id}`)).json<Incident>()).toMatchObject({
      status: 'resolved',
      updates: [{ status: 'resolved' }, { status: 'identified' }, { bodies: { en: 'Better words.' } }],
    })
  })

  test('components are listed, added and changed', async () => {
    const component = { slug: 'mail', names: both('Mail', 'Ταχυδρομείο'), position: 60 }
    const added = await call('POST', '/components', component)
    expect(added.statusCode).toBe(201)
    const { id } = added.json<StatusComponent>()
    expect((await call('PUT', `/components/${id}`, { ...component, position: 61 })).statusCode).toBe(200)
    expect((await call('PUT', `/components/${id}/status`, { status: 'operational' })).statusCode).toBe(200)
    expect((await call('GET', '/components')).json<ComponentList>().components.at(-1)?.slug).toBe('mail')
    await world.rows('DELETE FROM status_components WHERE slug = $1', ['mail'])
  })

  test.each<[string, object]>([
    ['no title in any language', { titles: both(' ') }],
    ['no words', { bodies: {} }],
    ['an impact of its own', { impact: 'apocalyptic' }],
    ['resolved before it began', { status: 'resolved' }],
    ['a client id that is none', { clientIncidentId: '1' }],
    ['the same component twice', { components: 'twice' }],
    ['an endless text', { bodies: both('x'.repeat(4001)) }],
    ['what nobody asked for', { pageId: 'x' }],
    ['a NUL', { titles: both('a\u0000b') }],
    ['a time that is none', { startedAt: 'yesterday' }],
  ])('an incident with %s is refused', async (_name, wrong) => {
    const twice = [1, 2].map(() => ({ componentId: component('api'), status: 'major_outage' }))
    const more = 'components' in wrong ? { components: twice } : wrong
    const answer = await call('POST', '/incidents', { ...opening(), ...more })
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'input.invalid'])
  })

  test('the bubble is told what is open before the first message, in the language that there is', async () => {
    const incident = await open({ titles: both('Slower uploads over 5 MB') })
    await world.settle()
    const settings = await world.app.inject('/api/v1/widget/settings?locale=el')
    expect(settings.json<{ openIncidents: object[] }>().openIncidents).toEqual([
      {
        id: incident.id,
        title: 'Slower uploads over 5 MB',
        locale: 'en',
        state: 'degraded',
        status: 'investigating',
        startedAt: incident.startedAt,
        url: expect.stringMatching(new RegExp(`/el/status#incident-${incident.id}$`)),
      },
    ])
    await close(incident.id)
    await world.settle()
    expect((await world.app.inject('/api/v1/widget/settings')).json()).toMatchObject({ openIncidents: [] })
  })
})

describe('another process', () => {
  test('sees a change within seconds, and goes on answering without a database', async () => {
    let isBroken = false
    const newCtx = (job: string): Ctx => {
      const ctx = world.as({ type: 'system', job })
      return isBroken ? { ...ctx, transaction: () => Promise.reject(new Error('no database')) } : ctx
    }
    const other = new StatusHolder({ newCtx, clock: world.clock })
    await other.open()
    const incident = await open()
    expect(openIncidentLines(other.current(), { locale: 'en', statusUrl: '' })).toEqual([])
    world.clock.advance(6_000)
    other.current()
    await other.settled()
    expect(incidentFor(other.current(), { symptom: 'upload' })?.incident.id).toBe(incident.id)
    isBroken = true
    world.clock.advance(6_000)
    other.current()
    await other.settled()
    expect(openIncidentLines(other.current(), { locale: 'en', statusUrl: '' })).toHaveLength(1)
    await close(incident.id)
  })
})
