import { randomUUID } from 'node:crypto'
import type { ComponentId, IncidentId } from '@clew/contract/primitives'
import { V2Components, V2Incidents, V2Maintenances, V2StatusAnswer, V2Summary } from '@clew/contract/status-v2'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { ComponentRow, IncidentRow, StatusSnapshot } from '../domains/status/index.ts'
import { openIncident } from '../domains/status/use-cases/open-incident.ts'
import { postUpdate } from '../domains/status/use-cases/post-update.ts'
import { createHttp } from '../platform/http/server.ts'
import { createLog } from '../platform/log.ts'
import { createMetrics } from '../platform/metrics.ts'
import { nobody } from '../testkit/nobody.ts'
import { createWorld, type World } from '../testkit/world.ts'
import { registerPages } from './index.ts'
import { pageParts } from './parts.ts'
import { v2View } from './status-v2-view.ts'
import { statusView } from './status-view.ts'

let world: World
let pages: FastifyInstance
let agent: Awaited<ReturnType<World['agent']>>
const uploads = () =>
  world.clew.house.status.current().components.find(({ slug }) => slug === 'uploads') as ComponentRow

beforeAll(async () => {
  world = await createWorld()
  agent = await world.agent()
  const { clew, clock } = world
  const log = createLog('silent')
  const parts = pageParts({ ...clew, log, clock })
  pages = await createHttp({
    config: { trustProxy: false, tls: undefined, rateLimitPerMinute: 600 },
    database: clew.database,
    clock,
    log,
    metrics: createMetrics(),
    routes: [],
    limitFactor: 1000,
    authenticate: nobody,
    pages: (app) => registerPages(app, { ...parts, limitFactor: 1000 }),
  })
})
afterAll(async () => {
  await pages.close()
  await world.close()
})

const get = (path: string, headers: Record<string, string> = {}) =>
  pages.inject({ method: 'GET', url: `/api/v2/${path}`, headers })

/** Field names of Statuspage v2, as its clients read them. */
const fields = {
  page: ['id', 'name', 'time_zone', 'updated_at', 'url'],
  component: [
    'created_at',
    'description',
    'group',
    'group_id',
    'id',
    'name',
    'only_show_if_degraded',
    'page_id',
    'position',
    'showcase',
    'start_date',
    'status',
    'updated_at',
  ],
  incident: [
    'components',
    'created_at',
    'id',
    'impact',
    'incident_updates',
    'monitoring_at',
    'name',
    'page_id',
    'resolved_at',
    'shortlink',
    'started_at',
    'status',
    'updated_at',
  ],
  update: ['affected_components', 'body', 'created_at', 'display_at', 'id', 'incident_id', 'status', 'updated_at'],
}
const keysOf = (value: object | undefined): string[] => Object.keys(value ?? {}).sort()

async function openOne() {
  const { incident } = await openIncident(agent.ctx, {
    clientIncidentId: randomUUID(),
    titles: { en: 'Slower uploads', el: 'Αργές μεταφορτώσεις' },
    impact: 'major',
    status: 'investigating',
    components: [{ componentId: uploads().id, status: 'partial_outage' }],
    bodies: { en: 'About 1 in 12 ends without an answer.', el: '' },
  })
  await world.settle()
  return incident
}

async function closeOne(id: IncidentId) {
  world.clock.advance(20 * 60_000)
  const bodies = { en: 'A gateway was added.', el: 'Προστέθηκε πύλη.' }
  await postUpdate(agent.ctx, id, { clientUpdateId: randomUUID(), status: 'resolved', bodies })
  await world.settle()
}

describe('the status for programs', () => {
  test('says in Statuspage v2 that everything works', async () => {
    const summary = V2Summary.parse((await get('summary.json')).json())
    expect(summary.status).toEqual({ indicator: 'none', description: 'All Systems Operational' })
    expect(summary.components.map(({ name }) => name)).toEqual([
      'API',
      'Web app',
      'Uploads',
      'Sign-in and SSO',
      'Help centre',
    ])
    expect([summary.incidents, summary.scheduled_maintenances]).toEqual([[], []])
    expect(keysOf(summary.page)).toEqual(fields.page)
    for (const component of summary.components) expect(keysOf(component)).toEqual(fields.component)
  })

  test('follows an incident from its opening to its end, in each of its files', async () => {
    const { id } = await openOne()
    const summary = V2Summary.parse((await get('summary.json')).json())
    expect(summary.status).toEqual({ indicator: 'major', description: 'Partial System Outage' })
    const [incident] = summary.incidents
    expect(keysOf(incident)).toEqual(fields.incident)
    expect(keysOf(incident?.incident_updates[0])).toEqual(fields.update)
    expect(incident).toMatchObject({
      id,
      name: 'Slower uploads',
      impact: 'major',
      status: 'investigating',
      resolved_at: null,
      components: [{ id: uploads().id, status: 'partial_outage' }],
      incident_updates: [
        {
          incident_id: id,
          body: 'About 1 in 12 ends without an answer.',
          affected_components: [
            { code: uploads().id, name: 'Uploads', old_status: 'operational', new_status: 'partial_outage' },
          ],
        },
      ],
    })
    expect(incident?.shortlink).toMatch(new RegExp(`/en/status#incident-${id}$`))
    expect(V2StatusAnswer.parse((await get('status.json')).json()).status).toEqual(summary.status)
    expect(V2Components.parse((await get('components.json')).json()).components).toEqual(summary.components)
    expect(V2Incidents.parse((await get('incidents/unresolved.json')).json()).incidents).toEqual(summary.incidents)

    await closeOne(id)
    expect(V2Incidents.parse((await get('incidents/unresolved.json')).json()).incidents).toEqual([])
    const [over] = V2Incidents.parse((await get('incidents.json')).json()).incidents
    expect(over).toMatchObject({ id, status: 'resolved', resolved_at: expect.stringMatching(/Z$/) })
    expect(over?.incident_updates.map(({ status }) => status)).toEqual(['resolved', 'investigating'])
    expect(V2StatusAnswer.parse((await get('status.json')).json()).status.indicator).toBe('none')
  })

  test('is in Greek for those who ask for it, and in English for a language that nobody speaks', async () => {
    expect((await get('status.json?locale=el')).json()).toMatchObject({
      status: { description: 'Όλες οι υπηρεσίες λειτουργούν' },
    })
    expect((await get('status.json?locale=tlh')).json()).toMatchObject({
      status: { description: 'All Systems Operational' },
    })
  })

  test.each(['', '/upcoming', '/active'])(
    'answers for scheduled-maintenances%s, which clients ask for',
    async (which) => {
      expect(
        V2Maintenances.parse((await get(`scheduled-maintenances${which}.json`)).json()).scheduled_maintenances,
      ).toEqual([])
    },
  )

  test('may be read from every page and kept for a moment, and is sent once', async () => {
    const { headers } = await get('summary.json')
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'content-type': 'application/json; charset=utf-8',
      'cache-control': expect.stringContaining('stale-if-error'),
    })
    const again = await get('summary.json', { 'if-none-match': String(headers['etag']) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    const preflight = await pages.inject({ method: 'OPTIONS', url: '/api/v2/summary.json' })
    expect([preflight.statusCode, preflight.headers['access-control-allow-origin']]).toEqual([204, '*'])
  })

  test('is described', async () => {
    const { paths } = (await pages.inject('/api/openapi.json')).json<{ paths: Record<string, object> }>()
    for (const name of ['summary', 'status', 'components', 'incidents', 'incidents/unresolved'])
      expect(paths[`/api/v2/${name}.json`], name).toHaveProperty('get')
  })
})

describe('the status page', () => {
  const since = (): Date => new Date(world.clock.now().getTime())
  const viewNow = (snapshot: StatusSnapshot, now = since()) =>
    statusView({ components: [], checkedAt: now, worst: 'ok', isWell: true, snapshot }, { locale: 'el', now })

  test('has what is open with its updates, in the language that there is', async () => {
    const { id } = await openOne()
    const view = viewNow(world.clew.house.status.current())
    expect(view.incidents).toMatchObject([
      {
        id,
        title: 'Αργές μεταφορτώσεις',
        lang: 'el',
        state: 'partial',
        components: ['Μεταφορτώσεις'],
        updates: [{ status: 'investigating', lang: 'en' }],
      },
    ])
    await closeOne(id)
  })

  test('keeps what is over for 14 days', async () => {
    const { id } = await openOne()
    await closeOne(id)
    const over = world.clock.now().getTime()
    const snapshot = world.clew.house.status.current()
    const listed = (days: number) =>
      viewNow(snapshot, new Date(over + days * 86_400_000)).history?.incidents.map((each) => each.id)
    expect(listed(0)).toContain(id)
    expect(listed(14)).toContain(id)
    expect(listed(14.01)).not.toContain(id)
  })
})

describe('200 random histories', () => {
  const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  const text = fc.record({ en: fc.string({ unit: 'grapheme', minLength: 1 }), el: fc.string() })
  const status = fc.constantFrom(
    'operational',
    'degraded_performance',
    'partial_outage',
    'major_outage',
    'under_maintenance',
  )
  const component = fc.record({
    id: fc.uuid(),
    slug: fc.stringMatching(/^[a-z]{1,9}$/),
    names: text,
    descriptions: fc.constant({ en: '', el: '' }),
    status,
    isGroup: fc.boolean(),
    groupId: fc.constant(undefined),
    place: fc.nat(100),
    keywords: fc.constant([]),
    hosts: fc.constant([]),
    createdAt: instant,
    updatedAt: instant,
  })
  const incident = (ids: readonly string[]) =>
    fc.record({
      id: fc.uuid(),
      clientId: fc.uuid(),
      titles: text,
      impact: fc.constantFrom('none', 'minor', 'major', 'critical'),
      status: fc.constantFrom('investigating', 'identified', 'monitoring', 'resolved'),
      components: fc.uniqueArray(fc.record({ componentId: fc.constantFrom(...ids), status }), {
        selector: ({ componentId }) => componentId,
      }),
      startedAt: instant,
      monitoringAt: fc.option(instant, { nil: undefined }),
      resolvedAt: fc.option(instant, { nil: undefined }),
      createdAt: instant,
      updatedAt: instant,
      updates: fc.array(
        fc.record({
          id: fc.uuid(),
          clientId: fc.uuid(),
          incidentId: fc.uuid(),
          status: fc.constantFrom('investigating', 'identified', 'monitoring', 'resolved'),
          bodies: text,
          authorId: fc.constant(undefined),
          displayAt: instant,
          createdAt: instant,
          updatedAt: instant,
          changes: fc.array(fc.record({ componentId: fc.constantFrom(...ids), from: status, to: status })),
        }),
        { maxLength: 4 },
      ),
    })
  const history = fc
    .uniqueArray(component, { minLength: 1, maxLength: 6, selector: ({ id }) => id })
    .chain((components) => {
      const ids = components.map(({ id }) => id as ComponentId)
      return fc.record({
        version: fc.constant('x'),
        components: fc.constant(components),
        incidents: fc.array(incident(ids), { maxLength: 60 }),
      })
    })

  test('all keep to the shapes, and hold together', () => {
    fc.assert(
      fc.property(history, (made) => {
        const snapshot = made as unknown as StatusSnapshot & { incidents: IncidentRow[] }
        const about = { brand: 'B', statusUrl: 's', timeZone: 'Etc/UTC', locale: 'en' } as const
        const all = v2View(snapshot, about)
        const summary: z.infer<typeof V2Summary> = V2Summary.parse(all.summary())
        const listed = V2Incidents.parse(all.incidents()).incidents
        expect(listed.length).toBeLessThanOrEqual(50)
        const ids = new Set(summary.components.map(({ id }) => id))
        for (const each of [...listed, ...summary.incidents].flatMap(({ components }) => components))
          expect(ids.has(each.id) && (each.group_id === null || ids.has(each.group_id))).toBe(true)
        expect(summary.incidents.every(({ resolved_at }) => resolved_at === null)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
