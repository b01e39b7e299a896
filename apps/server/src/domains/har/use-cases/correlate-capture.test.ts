import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { CaptureSummary } from '@clew/contract/captures'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { setFact } from '../../cases/use-cases/set-fact.ts'
import { startConversation } from '../../conversations/index.ts'
import { openIncident } from '../../status/use-cases/open-incident.ts'

let world: World
beforeAll(async () => {
  const rules = [{ match: { name: 'x-tenant' }, action: 'remove' as const }]
  world = await createWorld({ config: { sanitising: { policy: 'standard', keepBodiesOf: [], rules } } })
})
afterAll(() => world.close())

const failing = (path: string, at: string, status: number) => ({
  startedDateTime: at,
  time: 120,
  request: {
    method: 'GET',
    url: `https://app.northlight.example/${path}`,
    httpVersion: 'HTTP/2',
    cookies: [],
    headers: [{ name: 'x-tenant', value: 'harbour' }],
    queryString: [],
    headersSize: -1,
    bodySize: 0,
  },
  response: {
    status,
    statusText: '',
    httpVersion: 'HTTP/2',
    cookies: [],
    headers: [{ name: 'x-request-id', value: `req_${path}` }],
    content: { size: 0, mimeType: 'application/json', text: '{}' },
    redirectURL: '',
    headersSize: -1,
    bodySize: 0,
  },
  cache: {},
  timings: { send: 1, wait: 100, receive: 1 },
})

const har = JSON.stringify({
  log: {
    version: '1.2',
    creator: { name: 'test', version: '1' },
    entries: [failing('early', '2026-11-24T08:00:00.000Z', 500), failing('late', '2026-11-24T10:30:00.000Z', 404)],
  },
})

async function attached() {
  const contact = await world.contact()
  const { started } = await startConversation(contact.ctx, {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'the page says that something went wrong',
    fileIds: [],
    locale: 'en',
  })
  const { id } = started.conversation
  const fileId = randomUUID()
  const headers = { ...contact.headers, 'x-clew-file-id': fileId, 'x-clew-file-name': 'app.har' }
  await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/files',
    headers: { ...headers, 'content-type': 'application/json' },
    payload: har,
  })
  await world.app.inject({
    method: 'POST',
    url: `/api/v1/widget/conversations/${id}/captures`,
    headers: contact.headers,
    payload: { clientMessageId: randomUUID(), fileId, removed: [] },
  })
  const capture = async (): Promise<CaptureSummary | undefined> => {
    const url = `/api/v1/widget/conversations/${id}`
    const answer = await world.app.inject({ url, headers: contact.headers })
    return answer.json<{ captures: CaptureSummary[] }>().captures[0]
  }
  await expect.poll(async () => (await capture())?.state, { timeout: 15_000 }).toBe('analysed')
  return { contact, id, capture }
}

const near = (capture: CaptureSummary | undefined): string[] =>
  (capture?.findings ?? []).filter(({ nearReportedTime }) => nearReportedTime).map(({ rule }) => rule)

test('once the case says when it happened, the findings near that time are told from the others', async () => {
  const { contact, id, capture } = await attached()
  expect(near(await capture())).toEqual([])
  const value = { utc: '2026-11-24T10:30:00.000Z', said: 'half past twelve', zone: 'Europe/Athens' }
  await setFact(contact.ctx, id, { field: 'timestamps', value, source: 'contact' } as never)
  await expect.poll(async () => near(await capture()), { timeout: 15_000 }).toContain('not-found')
  expect(near(await capture())).not.toContain('server-5xx')
  expect((await capture())?.findings.map(({ rule }) => rule)).toContain('server-5xx')
})

test("the operator's rules hold for what the server cleans", async () => {
  await attached()
  const { storage } = world.clew.house
  let stored = ''
  for await (const { key } of storage.list()) stored += (await buffer(await storage.get(key))).toString('utf8')
  expect(stored).toContain('x-tenant')
  expect(stored).not.toContain('harbour')
})

test('the bubble is told how captures are to be cleaned', async () => {
  const settings = await world.app.inject({ url: '/api/v1/widget/settings?locale=en' })
  expect(settings.json<{ sanitising: unknown }>().sanitising).toMatchObject({
    policy: 'standard',
    rules: [{ action: 'remove' }],
  })
})

test('a failure during an incident of its host names that incident', async () => {
  world.clock.advance(Math.max(0, Date.parse('2026-11-24T11:00:00.000Z') - world.clock.now().getTime()))
  const agent = await world.agent('Nikos')
  const [web] = await world.rows(`SELECT id FROM status_components WHERE slug = 'web_app'`)
  await openIncident(agent.ctx, {
    clientIncidentId: randomUUID(),
    titles: { en: 'Web app is slow to answer', el: 'Η εφαρμογή αργεί να απαντήσει' },
    impact: 'major',
    status: 'investigating',
    bodies: { en: 'We are looking into it.', el: 'Το εξετάζουμε.' },
    components: [{ componentId: web?.['id'], status: 'partial_outage' }],
    startedAt: '2026-11-24T07:50:00.000Z',
  } as never)
  await world.settle()
  const { capture } = await attached()
  const named = ((await capture())?.findings ?? []).filter(({ incidentId }) => incidentId !== undefined)
  expect(named.map(({ rule }) => rule)).toEqual(['server-5xx'])
  expect(named[0]?.message.agent).toMatchObject({
    en: expect.stringContaining('Web app is slow to answer'),
    el: expect.stringContaining('Η εφαρμογή αργεί να απαντήσει'),
  })
})
