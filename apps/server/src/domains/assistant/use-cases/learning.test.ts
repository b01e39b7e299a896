import { randomUUID } from 'node:crypto'
import { parseLabelled } from '@clew/assistant'
import type { ConversationId, Locale, MessageId, OrganisationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../../platform/actor.ts'
import { talkIn } from '../../../testkit/talk.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { openSession } from '../../sign-in/use-cases/open-session.ts'

let world: World
let agent: Awaited<ReturnType<World['agent']>>
let owner: typeof agent
let cookies: Record<'agent' | 'owner', string>
beforeAll(async () => {
  world = await createWorld()
  agent = await world.agent('Ada')
  owner = await world.agent('Olga', 'owner')
  await signIn()
})
afterAll(() => world.close())

async function signIn() {
  const session = async (member: typeof agent) => {
    const { token } = await world.clew.newCtx('test').transaction((tx) => openSession(tx, member))
    return `__Host-clew_session=${token}`
  }
  cookies = { agent: await session(agent), owner: await session(owner) }
}

const talk = (first: string, locale: Locale = 'en') => talkIn(world, first, locale)

async function call(
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  { as = 'agent', body }: { as?: 'agent' | 'owner'; body?: object } = {},
) {
  const response = await world.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: {
      cookie: cookies[as],
      host: 'clew.example',
      origin: 'http://clew.example',
      'sec-fetch-site': 'same-origin',
    },
    ...(body ? { payload: body } : {}),
  })
  return { status: response.statusCode, body: response.body, json: () => response.json() }
}

const answerIn = async (id: ConversationId): Promise<MessageId> => {
  const [row] = await world.rows(
    `SELECT id FROM messages WHERE conversation_id = $1 AND author_type = 'assistant' ORDER BY seq LIMIT 1`,
    [id],
  )
  return row?.['id'] as MessageId
}

test('gaps: the same matter is one, by language, with the nearest article and how it ended', async () => {
  const inVain = async (question: string, locale: Locale = 'en') => {
    const { say } = await talk(question, locale)
    await say('Talk to a person', 'person')
  }
  await inVain('our office printer shows a purple banner about quotas')
  await inVain('purple banner about quotas on the office printer')
  await inVain('εμφανίζεται συνέχεια ένα μωβ πλαίσιο για τα όρια', 'el')
  const down = await talk('where do I find a request id?')
  await down.say('Still stuck', 'stuck:finding-request-ids')
  await talk('where do I find a request id?')
  await talk('thanks a lot')
  const { status, json } = await call('GET', '/assistant/gaps')
  expect(status).toBe(200)
  const { gaps, questions } = json()
  expect(questions).toBe(5)
  expect(gaps).toHaveLength(3)
  expect(gaps[0]).toMatchObject({ locale: 'en', volume: 2, handedOver: 2, notHelpful: 0 })
  expect(gaps[0].examples).toHaveLength(2)
  const disliked = gaps.find((gap: { notHelpful: number }) => gap.notHelpful === 1)
  expect(disliked).toMatchObject({ volume: 1, unanswered: 0, nearest: { slug: 'finding-request-ids' } })
  const greek = (await call('GET', '/assistant/gaps?locale=el')).json()
  expect(greek.gaps).toMatchObject([{ locale: 'el', volume: 1 }])
  world.clock.advance(31 * 86_400_000)
  await signIn()
  expect((await call('GET', '/assistant/gaps')).json()).toMatchObject({ gaps: [], questions: 0 })
})

test('resolution: tiers by week, article and language; only owners and admins take it out', async () => {
  const good = await talk('where do I find a request id?')
  await good.say('That worked', 'worked')
  const report = (await call('GET', '/assistant/resolution?weeks=1')).json()
  expect(report).toMatchObject({
    total: { confirmed: 1, failed: 0 },
    byWeek: [{ tiers: { confirmed: 1 } }],
    byArticle: [{ key: 'finding-request-ids', tiers: { confirmed: 1 } }],
    byLanguage: [{ key: 'en' }],
    mayExport: false,
  })
  expect(report.byArticle[0].label).not.toBe('finding-request-ids')
  expect((await call('GET', '/assistant/resolution/file?weeks=1')).status).toBe(403)
  const file = await call('GET', '/assistant/resolution/file?weeks=1', { as: 'owner' })
  expect(file.body.split('\r\n')[0]).toBe('by,key,label,open,confirmed,assumed,assisted,failed')
  expect(file.body).toContain('\r\narticle,finding-request-ids,')
})

test('the playground shows each stage and stores nothing', async () => {
  const before = await world.rows(
    'SELECT (SELECT count(*) FROM messages) m, (SELECT count(*) FROM assistant_questions) q',
  )
  const { status, json } = await call('POST', '/assistant/playground', {
    body: {
      message: 'uploads fail in Firefox, password: hunter2hunter2',
      locale: 'en',
      context: { now: '2026-05-13T09:30:00Z', history: [{ from: 'contact', text: 'hello' }] },
    },
  })
  expect(status).toBe(200)
  const { sayings, trace } = json()
  expect(sayings.length).toBeGreaterThan(0)
  expect(trace).toMatchObject({ language: 'en', rule: 'problem', before: { state: 'triage' } })
  expect(JSON.stringify(trace)).not.toContain('hunter2hunter2')
  expect(trace.secrets).toEqual(['password'])
  expect(trace.facts.find((fact: { field: string }) => fact.field === 'environment')).toMatchObject({
    quote: 'Firefox',
  })
  expect(trace.acts[0].probability).toBeGreaterThan(trace.acts[1].probability)
  expect(trace.hits[0].coverage).toBeGreaterThan(0)
  const after = await world.rows(
    'SELECT (SELECT count(*) FROM messages) m, (SELECT count(*) FROM assistant_questions) q',
  )
  expect(after).toEqual(before)
})

test('a wrong answer becomes a test: masked, once, run through the same pipeline, taken out by owners', async () => {
  const { id } = await talk('where do I find a request id? I am ada@firm.example, password: hunter2hunter2')
  const messageId = await answerIn(id)
  const wrong = { messageId, action: 'run-flow', flow: 'upload-failure' }
  expect((await call('POST', '/assistant/regressions', { body: wrong })).status).toBe(201)
  const right = { messageId, action: 'warn-about-secret', article: 'finding-request-ids' }
  const { status, json } = await call('POST', '/assistant/regressions', { body: right })
  expect(status).toBe(201)
  expect(json()).toMatchObject({ conversationId: id, action: 'warn-about-secret', notedBy: 'Ada' })
  const list = (await call('GET', '/assistant/regressions')).json()
  expect(list).toMatchObject({ regressions: [{ action: 'warn-about-secret' }], mayExport: false })

  expect((await call('GET', '/assistant/regressions/file')).status).toBe(403)
  const { body } = await call('GET', '/assistant/regressions/file', { as: 'owner' })
  expect(body).not.toMatch(/hunter2|ada@firm/)
  expect(parseLabelled(body)).toMatchObject([{ locale: 'en', tags: ['regression'], expect: { extracted: {} } }])

  const run = (await call('POST', '/assistant/regressions/run')).json()
  expect(run.results).toMatchObject([{ id: list.regressions[0].id }])
  const [row] = list.regressions
  expect((await call('DELETE', `/assistant/regressions/${row.id}`)).status).toBe(204)
  expect((await call('GET', '/assistant/regressions')).json().regressions).toEqual([])
})

test('a wrong label fails, the right one passes', async () => {
  const { id } = await talk('where do I find a request id?')
  const messageId = await answerIn(id)
  const note = (label: object) => call('POST', '/assistant/regressions', { body: { messageId, ...label } })
  const results = async () => (await call('POST', '/assistant/regressions/run')).json().results
  await note({ action: 'answer', article: 'finding-request-ids' })
  expect(await results()).toMatchObject([{ passed: true, articles: ['finding-request-ids'] }])
  await note({ action: 'answer', article: 'upload-failures' })
  expect(await results()).toMatchObject([{ passed: false }])
  await note({ action: 'handoff' })
  expect(await results()).toMatchObject([{ passed: false, action: 'answer' }])
})

test('only what the assistant said can be noted, and nobody of another organisation reads any of it', async () => {
  const { id } = await talk('where do I find a request id?')
  const [own] = await world.rows(`SELECT id FROM messages WHERE conversation_id = $1 AND author_type = 'contact'`, [id])
  const noted = await call('POST', '/assistant/regressions', { body: { messageId: own?.['id'], action: 'answer' } })
  expect(noted.status).toBe(404)
  const { readGaps } = await import('./read-gaps.ts')
  const { readRegressions } = await import('./run-regressions.ts')
  const stranger: Actor = { ...agent.actor, organisationId: randomUUID() as OrganisationId } as Actor
  const denied = { code: 'permission.denied' }
  const nothing = { library: () => world.clew as never }
  await expect(readGaps(world.as(stranger), { days: 30 }, nothing)).rejects.toMatchObject(denied)
  await expect(readRegressions(world.as(stranger))).rejects.toMatchObject(denied)
})
