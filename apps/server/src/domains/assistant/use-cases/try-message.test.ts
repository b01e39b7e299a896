import { afterAll, beforeAll, expect, test } from 'vitest'
import { startModelServer } from '../../../testkit/model-server.ts'
import { truthfulReply } from '../../../testkit/truthful-model.ts'
import { createWorld, type World } from '../../../testkit/world.ts'

let world: World
let server: Awaited<ReturnType<typeof startModelServer>>
let headers: Record<string, string>
beforeAll(async () => {
  server = await startModelServer((asked) => ({ say: truthfulReply(asked) }))
  world = await createWorld({ config: { model: { url: server.url, name: 'scripted', key: 'k-operator' } } })
  headers = (await world.member(await world.supportTeam(), 'agent', 'Iris Vale')).headers
})
afterAll(async () => {
  await world.close()
  await server.close()
})

async function ask(message: string, more: object = {}) {
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/v1/assistant/playground',
    headers,
    payload: { message, locale: 'en', askModel: true, ...more },
  })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

const question = 'Where do I find a request id?'

test('a model is asked under the guards of the bubble, and what it cost is told', async () => {
  const history = [{ from: 'contact', text: 'I am ada@firm.example, password: hunter2hunter2' }]
  const { model } = await ask(question, { context: { history } })
  expect(model).toMatchObject({ outcome: 'composed', reason: null, faults: [], usage: { calls: 1 } })
  expect(model.reply.sources[0]).toMatchObject({ slug: 'finding-request-ids' })
  expect(model.requests).toHaveLength(1)
  expect(model.requests[0].messages[0].text).toContain('[email#1]')
  expect(model.requests[0].answer).toContain('"cites"')
  // What is shown and what was sent: neither holds what is secret or personal.
  for (const text of [JSON.stringify(model), ...server.asked.map((each) => each.text)])
    expect(text).not.toMatch(/hunter2|ada@firm/)
  const [used] = await world.rows('SELECT calls, reserved_tokens FROM model_usage')
  expect(used).toMatchObject({ calls: 1 })
  expect(Number(used?.['reserved_tokens'])).toBe(0)
})

test('what does not hold is asked for once more, and then the rules speak', async () => {
  const sentences = [{ text: 'You get a refund of 500 euros today.', cites: [] }]
  server.play(() => ({ say: { kind: 'answer', language: 'en', sentences } }))
  const { model, sayings } = await ask(question)
  expect(model).toMatchObject({ outcome: 'stored', reason: 'faults', reply: null, usage: { calls: 2 } })
  expect(model.faults.length).toBeGreaterThan(0)
  expect(model.requests).toHaveLength(2)
  expect(sayings[0].source.slug).toBe('finding-request-ids')
})

test('where the rules speak for themselves nobody is asked', async () => {
  server.play((asked) => ({ say: truthfulReply(asked) }))
  expect((await ask('I want to talk to a person')).model).toMatchObject({ outcome: 'not_needed', requests: [] })
  expect(server.asked).toEqual([])
})
