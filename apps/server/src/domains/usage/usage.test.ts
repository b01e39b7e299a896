import { randomUUID } from 'node:crypto'
import type { OrganisationId } from '@clew/contract/primitives'
import type { UsageOverview, UsageReceipt, UsageShares, UsageThresholdList } from '@clew/contract/usage'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../testkit/world.ts'
import { startConversation } from '../conversations/index.ts'
import { countDays } from './use-cases/count-days.ts'

let world: World
let reporter: Awaited<ReturnType<World['member']>>
beforeAll(async () => {
  world = await createWorld()
  reporter = await world.member(await world.supportTeam(), 'owner')
})
afterAll(() => world.close())

const at = '2026-11-24T07:30:00.000Z'

type Company = { id: OrganisationId; slug: string; owner: Awaited<ReturnType<World['member']>> }

let made = 0
async function company(): Promise<Company> {
  made += 1
  const slug = `usage-${made}`
  const id = await world.organisation(slug)
  return { id, slug, owner: await world.member(id, 'owner') }
}

const post = (reports: readonly object[], headers = reporter.headers) =>
  world.app.inject({ method: 'POST', url: '/api/v1/usage', headers, payload: { reports } })

const report = (organisation: string, more: object = {}) => ({
  id: randomUUID(),
  organisation,
  meter: 'tokens.input',
  quantity: 10,
  at,
  ...more,
})

async function read({ owner }: Company, range = 'from=2026-11-01&to=2026-11-30'): Promise<UsageOverview> {
  const answer = await world.app.inject({ url: `/api/v1/console/usage?${range}`, headers: owner.headers })
  return answer.json<UsageOverview>()
}

const totalOf = async (company: Company, meter = 'tokens.input') =>
  (await read(company)).meters.find((each) => each.meter === meter)?.total

test('what is reported is counted once, however often it is sent', async () => {
  const a = await company()
  const one = report(a.slug)
  expect((await post([one, report(a.slug, { quantity: 2.5 })])).json()).toEqual({
    counted: 2,
    repeated: 0,
    refused: [],
  })
  expect((await post([one])).json()).toEqual({ counted: 0, repeated: 1, refused: [] })
  expect((await post([one, one])).json()).toEqual({ counted: 0, repeated: 2, refused: [] })
  expect(await totalOf(a)).toBe(12.5)
})

test('the same id with other content is refused, and the rest of the batch counts', async () => {
  const a = await company()
  const one = report(a.slug)
  await post([one])
  const answer = await post([{ ...one, quantity: 99 }, report(a.slug)])
  expect(answer.json()).toEqual({ counted: 1, repeated: 0, refused: [{ index: 0, id: one.id, code: 'id_reused' }] })
  expect(await totalOf(a)).toBe(20)
})

test('within one batch an id counts once, and says so when the content differs', async () => {
  const a = await company()
  const one = report(a.slug)
  const answer = await post([one, one, { ...one, quantity: 3 }])
  expect(answer.json()).toEqual({ counted: 1, repeated: 1, refused: [{ index: 2, id: one.id, code: 'id_reused' }] })
  expect(await totalOf(a)).toBe(10)
})

test('each thing wrong with a report is named', async () => {
  const a = await company()
  const wrong = [
    report('nowhere'),
    report(a.slug, { member: 'nobody@company.example' }),
    report(a.slug, { at: '2024-01-01T00:00:00.000Z' }),
    report(a.slug, { at: '2026-11-25T00:00:00.000Z' }),
  ]
  expect((await post(wrong)).json<UsageReceipt>().refused.map(({ code }) => code)).toEqual([
    'organisation_unknown',
    'member_unknown',
    'too_old',
    'in_the_future',
  ])
  for (const bad of [{ meter: 'clew.people' }, { meter: 'Bad Name' }, { quantity: 'many' }, { more: 1 }])
    expect((await post([report(a.slug, bad)])).statusCode).toBe(400)
})

test('two hundred batches at once add up', async () => {
  const a = await company()
  const batches = Array.from({ length: 40 }, (_, i) =>
    Array.from({ length: 5 }, (_, j) => report(a.slug, { feature: `f${(i + j) % 4}`, model: `m${(i * j) % 3}` })),
  )
  const answers = await Promise.all(batches.map((batch) => post(batch)))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(batches.map(() => 200))
  expect(await totalOf(a)).toBe(2000)
})

test('an organisation sees its own figures, and nobody but the team reports', async () => {
  const [a, b] = [await company(), await company()]
  await post([report(a.slug), report(b.slug, { quantity: 7 })])
  expect([await totalOf(a), await totalOf(b)]).toEqual([10, 7])
  expect((await post([report(a.slug)], a.owner.headers)).statusCode).toBe(403)
  const plain = await world.member(a.id, 'member')
  const refused = await world.app.inject({
    url: '/api/v1/console/usage?from=2026-11-01&to=2026-11-30',
    headers: plain.headers,
  })
  expect(refused.statusCode).toBe(403)
})

test('who used a meter, by member, feature and group', async () => {
  const a = await company()
  const [ann, ben] = [await world.member(a.id, 'member', 'Ann'), await world.member(a.id, 'member', 'Ben')]
  await post([
    report(a.slug, { member: ann.email, quantity: 5, feature: 'chat' }),
    report(a.slug, { member: ben.email, quantity: 20, feature: 'search' }),
    report(a.slug, { quantity: 100 }),
  ])
  const groupId = randomUUID()
  await world.rows(
    `INSERT INTO member_groups (id, organisation_id, name, created_at, updated_at) VALUES ($1, $2, 'Claims', now(), now())`,
    [groupId, a.id],
  )
  await world.rows(
    'INSERT INTO group_members (group_id, member_id, organisation_id, added_at) VALUES ($1, $2, $3, now())',
    [groupId, ann.id, a.id],
  )
  const shares = async (by: string, more = '') =>
    (
      await world.app.inject({
        url: `/api/v1/console/usage/meters/tokens.input/shares?from=2026-11-01&to=2026-11-30&by=${by}${more}`,
        headers: a.owner.headers,
      })
    ).json<UsageShares>().shares
  expect(await shares('member')).toEqual([
    { key: ben.id, name: 'Ben', quantity: 20 },
    { key: ann.id, name: 'Ann', quantity: 5 },
  ])
  expect(await shares('feature')).toEqual([
    { key: 'search', quantity: 20 },
    { key: 'chat', quantity: 5 },
  ])
  expect(await shares('group')).toEqual([{ key: groupId, name: 'Claims', quantity: 5 }])
  expect((await read(a, `from=2026-11-01&to=2026-11-30&group=${groupId}`)).meters[0]?.total).toBe(5)
})

test('whoever looks after usage is told once when a threshold is passed', async () => {
  const a = await company()
  await world.member(a.id, 'member')
  await post([report(a.slug)])
  const set = await world.app.inject({
    method: 'POST',
    url: '/api/v1/console/usage/thresholds',
    headers: a.owner.headers,
    payload: { meter: 'tokens.input', period: 'day', quantity: 25 },
  })
  expect(set.statusCode).toBe(201)
  const mails = async () => {
    await world.settle()
    return world.rows(`SELECT recipient FROM mails WHERE idempotency_key LIKE 'usage-threshold:%' AND recipient = $1`, [
      a.owner.email,
    ])
  }
  expect(await mails()).toHaveLength(0)
  await post([report(a.slug, { quantity: 15 })])
  expect(await mails()).toHaveLength(1)
  await post([report(a.slug, { quantity: 15 })])
  expect(await mails()).toHaveLength(1)
  const { thresholds } = (
    await world.app.inject({ url: '/api/v1/console/usage/thresholds', headers: a.owner.headers })
  ).json<UsageThresholdList>()
  expect(thresholds).toMatchObject([{ meter: 'tokens.input', period: 'day', quantity: 25, reached: 40 }])
})

test('what Clew counts itself is the same after every counting, and the team sees all of it', async () => {
  const a = await company()
  const asked = await world.contact()
  await world.rows('UPDATE contacts SET organisation_id = $2 WHERE id = $1', [asked.id, a.id])
  await startConversation(asked.ctx, {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'My upload fails',
    fileIds: [],
    locale: 'en',
  })
  await world.settle()
  const meters = world.clew.house.domains.flatMap((each) => each.meters ?? [])
  expect(meters.map(({ name }) => name).sort()).toEqual([
    'clew.answered',
    'clew.captures',
    'clew.conversations',
    'clew.people',
    'clew.questions',
    'clew.seats',
    'clew.storage_bytes',
  ])
  for (let i = 0; i < 2; i += 1) await countDays(world.as({ type: 'system', job: 'test' }), meters)
  expect(await totalOf(a, 'clew.conversations')).toBe(1)
  expect(await totalOf(a, 'clew.questions')).toBe(1)
  const team = { id: reporter.organisationId, slug: 'team', owner: reporter }
  expect(await totalOf(team, 'clew.conversations')).toBeGreaterThanOrEqual(1)
})

test('the table is written for a spreadsheet, and that it was taken is on record', async () => {
  const a = await company()
  await post([report(a.slug)])
  const answer = await world.app.inject({
    url: '/api/v1/console/usage.csv?from=2026-11-01&to=2026-11-30',
    headers: a.owner.headers,
  })
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(answer.body).toBe('day,meter,quantity,unit\n2026-11-24,tokens.input,10,\n')
  expect(
    await world.rows(`SELECT 1 FROM audit_events WHERE organisation_id = $1 AND action = 'usage.exported'`, [a.id]),
  ).toHaveLength(1)
})
