import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'

const key = 'a-key-of-the-operator-0123456789'
let world: World
beforeAll(async () => {
  world = await createWorld({ config: { evaluateKey: key } })
})
afterAll(() => world.close())

const ask = async (body: object, authorization: string | undefined = `Bearer ${key}`) => {
  const response = await world.app.inject({
    method: 'POST',
    url: '/api/v1/assistant/evaluate',
    headers: authorization === undefined ? {} : { authorization },
    payload: body,
  })
  return { status: response.statusCode, body: response.json() }
}

test('a message is answered in full, on the clock that is given, and nothing is stored', async () => {
  const tables = ['conversations', 'messages', 'facts', 'dialogues']
  const count = async () =>
    Promise.all(tables.map(async (table) => (await world.rows(`SELECT count(*)::int AS n FROM ${table}`))[0]?.['n']))
  const before = await count()
  const { status, body } = await ask({
    message: 'Uploads fail in Firefox on Windows since 10:15 Athens time today, ada@firm.example',
    locale: 'en',
    context: { now: '2026-05-13T09:30:00Z' },
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    action: 'run-flow',
    flow: 'upload-failure',
    language: 'en',
    handoff: false,
    extracted: {
      email: ['ada@firm.example'],
      browser: 'firefox',
      os: 'windows',
      timestamps: [{ iso: '2026-05-13T07:15:00.000Z' }],
    },
  })
  expect(body.reply.length).toBeGreaterThan(20)
  expect(await count()).toEqual(before)
})

test('the conversation before it is taken into account, in either way of writing it', async () => {
  const history = [
    { role: 'user', content: 'My file will not upload.' },
    { role: 'assistant', content: 'Shall I call a person?' },
  ]
  const { body } = await ask({ message: 'yes please', context: { history } })
  expect(body).toMatchObject({ action: 'handoff', handoff: true })
  expect(body.handoffSummary).toContain('My file will not upload')
})

test('a secret is named and never said back', async () => {
  const { body } = await ask({ message: 'I cannot sign in, my password is hunter2-Secret!' })
  expect(body).toMatchObject({
    action: 'warn-about-secret',
    warn: true,
    extracted: { secrets: [{ kind: 'password' }] },
  })
  expect(JSON.stringify(body)).not.toContain('hunter2')
})

test.each([
  ['nothing', ''],
  ['another key', 'Bearer not-the-key-of-anyone'],
  ['no bearer', `Basic ${key}`],
])('with %s there is no such door', async (_what, authorization) => {
  expect((await ask({ message: 'hello' }, authorization)).status).toBe(404)
  expect((await ask({ nonsense: true }, authorization)).status).toBe(404)
})

test.each([[{}], [{ message: '' }], [{ message: 'a', locale: 'fr' }], [{ message: 'a', context: { now: 'soon' } }]])(
  '%j is refused with the field that is wrong',
  async (body) => {
    expect((await ask(body)).status).toBe(400)
  },
)
