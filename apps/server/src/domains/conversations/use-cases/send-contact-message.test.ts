import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'

let world: World
let ann: Awaited<ReturnType<World['contact']>>
let conversationId: string
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const post = (who: { headers: Record<string, string> }, url: string, payload: object) =>
  world.app.inject({ method: 'POST', url: `/api/v1${url}`, headers: who.headers, payload })

beforeEach(async () => {
  ann = await world.contact()
  const started = await post(ann, '/widget/conversations', {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'blorp zazzle quibble',
    locale: 'en',
  })
  expect(started.statusCode).toBe(201)
  conversationId = started.json<{ conversation: { id: string } }>().conversation.id
  await world.settle()
})

const send = (clientMessageId: string, body: string, who = ann) =>
  post(who, `/widget/conversations/${conversationId}/messages`, { clientMessageId, body })
const stored = () =>
  world.rows('SELECT seq, body, kind FROM messages WHERE conversation_id = $1 ORDER BY seq', [conversationId])

test('a message sent twice is stored once, and the second time answers with the first', async () => {
  const id = randomUUID()
  const first = await send(id, 'Γειά σας')
  const second = await send(id, 'Γειά σας')
  expect([first.statusCode, second.statusCode]).toEqual([201, 200])
  expect(second.json()).toEqual(first.json())
  expect((await stored()).filter(({ body }) => body === 'Γειά σας')).toHaveLength(1)
})

test('a different message under a used id is refused, however late', async () => {
  const id = randomUUID()
  await send(id, 'one')
  world.clock.advance(400 * 86_400_000)
  const refused = await send(id, 'two')
  expect(refused.statusCode).toBe(409)
  expect(refused.json()).toMatchObject({ code: 'message.id_reused', requestId: expect.any(String) })
})

test('twenty messages sent at once are numbered without a gap', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => send(randomUUID(), `word ${i}`)))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(20).fill(201))
  await world.settle()
  const seqs = (await stored()).map(({ seq }) => seq)
  expect(seqs).toEqual(seqs.map((_, i) => i + 1))
})

test('the same message sent ten times at once is stored once', async () => {
  const id = randomUUID()
  const answers = await Promise.all(Array.from({ length: 10 }, () => send(id, 'again')))
  expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(9)
})

test("another visitor's conversation does not exist", async () => {
  const mallory = await world.contact()
  const refused = await send(randomUUID(), 'let me in', mallory)
  expect(refused.statusCode).toBe(404)
  expect(refused.json()).toMatchObject({ code: 'conversation.not_found' })
})

test('a password is masked before it is stored, and the person is told', async () => {
  await send(randomUUID(), 'my password is hunter2-Blue')
  await world.settle()
  const rows = await world.rows(
    'SELECT body, content::text AS content FROM messages WHERE conversation_id = $1 ORDER BY seq',
    [conversationId],
  )
  expect(JSON.stringify(rows)).not.toContain('hunter2')
  expect(rows.some(({ body }) => String(body).startsWith('What looks like a password'))).toBe(true)
  const everything = await world.rows(
    'SELECT payload::text FROM events UNION ALL SELECT value::text FROM facts UNION ALL SELECT subject FROM conversations',
  )
  expect(JSON.stringify(everything)).not.toContain('hunter2')
})

test.each<[string, object, number, string]>([
  ['without an id', { body: 'no id' }, 400, 'input.invalid'],
  ['with an id that is none', { clientMessageId: 'nope', body: 'x' }, 400, 'input.invalid'],
  ['with a number for text', { clientMessageId: randomUUID(), body: 5 }, 400, 'input.invalid'],
  ['with an unknown field', { clientMessageId: randomUUID(), body: 'x', extra: true }, 400, 'input.invalid'],
  ['with nothing to say', { clientMessageId: randomUUID(), body: '  ' }, 400, 'message.empty'],
  ['with a NUL', { clientMessageId: randomUUID(), body: 'a\u0000b' }, 400, 'input.invalid'],
  [
    'with a file of nobody',
    { clientMessageId: randomUUID(), body: 'x', fileIds: [randomUUID()] },
    404,
    'file.not_found',
  ],
  ['that is too long', { clientMessageId: randomUUID(), body: 'x'.repeat(20_001) }, 400, 'input.invalid'],
])('a message %s is refused and leaves nothing', async (_what, payload, status, code) => {
  const before = await stored()
  const refused = await post(ann, `/widget/conversations/${conversationId}/messages`, payload)
  expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([status, code])
  expect(refused.headers['content-type']).toContain('application/problem+json')
  expect(await stored()).toEqual(before)
})

test.each<[string, string, number, string]>([
  ['cut off', '{"clientMessageId":', 400, 'input.malformed_json'],
  ['with a prototype in it', '{"__proto__":{"admin":true}}', 400, 'input.malformed_json'],
  ['of 300 kB', `{"body":"${'x'.repeat(300_000)}"}`, 413, 'input.too_large'],
])('JSON %s is refused', async (_what, payload, status, code) => {
  const refused = await world.app.inject({
    method: 'POST',
    url: `/api/v1/widget/conversations/${conversationId}/messages`,
    headers: { ...ann.headers, 'content-type': 'application/json' },
    payload,
  })
  expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([status, code])
})

test('an error is a sentence in the language of the reader', async () => {
  const refused = await world.app.inject({
    method: 'GET',
    url: `/api/v1/widget/conversations/${randomUUID()}`,
    headers: { ...ann.headers, 'accept-language': 'el' },
  })
  expect(refused.json()).toMatchObject({ status: 404, detail: 'Δεν βρήκαμε αυτή τη συνομιλία.' })
})

test('a message into a resolved conversation opens it again, and the timeline says so', async () => {
  await world.rows(`UPDATE conversations SET status = 'resolved' WHERE id = $1`, [conversationId])
  await send(randomUUID(), 'thanks')
  // The assistant may have answered by now; what counts is what stands behind the thanks.
  const messages = await stored()
  const place = messages.findLastIndex(({ body }) => body === 'thanks')
  expect(messages.slice(place, place + 2).map(({ kind }) => kind)).toEqual(['message', 'activity'])
  expect(await world.rows('SELECT status FROM conversations WHERE id = $1', [conversationId])).toEqual([
    { status: 'open' },
  ])
})
