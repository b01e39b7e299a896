import { randomUUID } from 'node:crypto'
import type { Case } from '@clew/contract/cases'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { startConversation } from '../../conversations/index.ts'

let world: World
let ann: Awaited<ReturnType<World['contact']>>
let id: string
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

async function begin(body: string): Promise<void> {
  ann = await world.contact()
  const opening = {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body,
    fileIds: [],
    locale: 'en' as const,
    timeZone: 'Europe/Athens',
  }
  id = (await startConversation(ann.ctx, opening)).started.conversation.id
  await world.settle()
}
beforeEach(() =>
  begin(
    'My upload of report.pdf fails in Firefox since today at 9:48. My email is ann@customer.example, we are on the Team plan.',
  ),
)

const put = (payload: object, headers = ann.headers) =>
  world.app.inject({ method: 'PUT', url: `/api/v1/widget/conversations/${id}/case`, headers, payload })
const known = async (): Promise<Case> =>
  (await world.app.inject({ url: `/api/v1/widget/conversations/${id}`, headers: ann.headers })).json<{ case: Case }>()
    .case
const fact = async (field: string) => (await known()).facts.find((each) => each.field === field)

test('what someone says in passing is on the case, so that nobody asks', async () => {
  expect(await known()).toMatchObject({ kind: 'upload' })
  expect((await fact('account'))?.value).toMatchObject({ email: 'ann@customer.example', plan: 'team' })
  expect((await fact('environment'))?.value).toMatchObject({ browser: 'Firefox' })
  expect((await fact('timestamps'))?.value).toMatchObject({ utc: '2026-11-24T07:48:00.000Z', zone: 'Europe/Athens' })
  expect((await known()).missing.map(({ field }) => field)).not.toContain('account')
})

test('what the browser says completes what the person said and never overrules it', async () => {
  await put({ field: 'environment', value: { browser: 'Chrome', os: 'Windows' }, source: 'browser' })
  expect((await fact('environment'))?.value).toMatchObject({ browser: 'Firefox', os: 'Windows' })
})

test('the same fact twice is known once, and a correction keeps the history', async () => {
  const plan = (value: string) => put({ field: 'account', value: { plan: value } })
  await plan('business')
  await plan('business')
  expect((await fact('account'))?.value).toMatchObject({ email: 'ann@customer.example', plan: 'business' })
  const rows = await world.rows(
    `SELECT value FROM facts WHERE conversation_id = $1 AND field = 'account' ORDER BY place`,
    [id],
  )
  expect(rows.length).toBeGreaterThanOrEqual(2)
  expect(rows.filter(({ value }) => (value as { plan?: string }).plan === 'business')).toHaveLength(1)
})

test('the case says how complete it is and what would raise that most, with the reason', async () => {
  const before = await known()
  expect(before.next).toMatchObject({ reason: expect.stringMatching(/^intake\.why_/) })
  expect(before.missing.map(({ field }) => field)).toContain(before.next?.field)
  await put({ field: 'steps', value: { items: ['open Files', 'choose a file'] } })
  const after = await known()
  expect(after.score).toBeGreaterThan(before.score)
  expect(after.score).toBeLessThanOrEqual(100)
})

test.each(['yesterday at 5 pm', 'χθες στις 5 το απόγευμα'])('%s, typed into the field, is a moment', async (said) => {
  await put({ field: 'timestamps', value: { said } })
  const value = { said, zone: 'Europe/Athens', utc: '2026-11-23T15:00:00.000Z' }
  expect((await fact('timestamps'))?.value).toEqual(value)
  expect((await known()).missing.map(({ field }) => field)).not.toContain('timestamps')
  world.clock.advance(60_000)
  // Where the browser says where the person is now, that counts.
  await put({ field: 'timestamps', value: { said, zone: 'Europe/London' } })
  expect((await fact('timestamps'))?.value).toEqual({ said, zone: 'Europe/London', utc: '2026-11-23T17:00:00.000Z' })
})

test.each(['two hours ago', 'πριν από δύο ώρες'])('%s counts from when it was typed', async (said) => {
  const utc = new Date(world.clock.now().getTime() - 2 * 3_600_000).toISOString()
  await put({ field: 'timestamps', value: { said } })
  expect((await fact('timestamps'))?.value).toMatchObject({ said, utc })
})

test('of a moment that cannot be understood the words stay', async () => {
  const value = { said: 'ήταν πριν από το διάλειμμα', zone: 'Europe/Athens' }
  await put({ field: 'timestamps', value })
  expect((await fact('timestamps'))?.value).toEqual(value)
})

test('of a moment that is known in part the rest is asked for', async () => {
  await put({ field: 'timestamps', value: { said: 'yesterday at 5' } })
  expect((await fact('timestamps'))?.value).toMatchObject({
    said: 'yesterday at 5',
    local: '2026-11-23',
    unclear: 'time',
  })
  expect((await known()).missing.map(({ field }) => field)).toContain('timestamps')
})

test('a corrected value is told with its time, and learning more of the same is no correction', async () => {
  await put({ field: 'environment', value: { os: 'Windows' } })
  expect((await known()).earlier).toEqual([])
  world.clock.advance(60_000)
  await put({ field: 'account', value: { plan: 'business' } })
  expect((await known()).earlier).toMatchObject([
    { field: 'account', value: { plan: 'team' }, at: expect.stringMatching(/^2026-/) },
  ])
})

test('the address that a contact gives for the case is the one they are shown with', async () => {
  await put({ field: 'account', value: { email: 'work@customer.example' } })
  expect(await world.rows('SELECT email FROM contacts WHERE id = $1', [ann.id])).toEqual([
    { email: 'work@customer.example' },
  ])
})

test('two who fill in at once are both kept, and the count is right', async () => {
  await Promise.all([
    put({ field: 'workspace', value: { name: 'Harbour team' } }),
    put({ field: 'steps', value: { items: ['open Files', 'choose a file'] } }),
    put({ field: 'request_ids', value: { requestIds: ['req_abcdef12'], completionIds: [] } }),
  ])
  const all = await known()
  expect(all.facts.map(({ field }) => field)).toEqual(expect.arrayContaining(['workspace', 'steps', 'request_ids']))
  const [row] = await world.rows('SELECT case_given, case_wanted FROM conversations WHERE id = $1', [id])
  expect(row).toEqual({ case_given: all.given, case_wanted: all.wanted })
})

test('a key in a field is masked like one in a message', async () => {
  await put({ field: 'steps', value: { items: ['call with sk-proj-Ab12Cd34Ef56Gh78Ij90Kl12Mn34'] } })
  expect(JSON.stringify(await world.rows('SELECT value FROM facts'))).not.toContain('sk-proj-Ab12Cd34')
})

test.each([
  [{ field: 'account', value: { email: 'no address' } }],
  [{ field: 'account', value: { plan: 'Platinum' } }],
  [{ field: 'mood', value: { text: 'angry' } }],
  [{ field: 'problem', value: { text: 'x' }, source: 'har' }],
  [{ field: 'problem', value: { text: 'x', more: true } }],
])('the value %j is refused and nothing is written', async (payload) => {
  const before = await world.rows('SELECT count(*)::int AS n FROM facts')
  expect((await put(payload)).statusCode).toBe(400)
  expect(await world.rows('SELECT count(*)::int AS n FROM facts')).toEqual(before)
})

test("another contact's case does not exist", async () => {
  const mallory = await world.contact()
  expect((await put({ field: 'problem', value: { text: 'x' } }, mallory.headers)).statusCode).toBe(404)
})
