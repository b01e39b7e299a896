import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type ModelAct, type ModelScript, startModelServer } from '../../testkit/model-server.ts'
import { askModel, modelTool } from './index.ts'
import type { ModelCall } from './types.ts'

const Answer = z.object({ sentences: z.array(z.object({ text: z.string() })) })
const good = { sentences: [{ text: 'One.' }, { text: 'Two.' }] }

let server: Awaited<ReturnType<typeof startModelServer>>
beforeAll(async () => {
  server = await startModelServer(() => ({ say: good }))
})
afterAll(() => server.close())

const looked: unknown[] = []
const call = (over: Partial<ModelCall<z.infer<typeof Answer>>> = {}) =>
  askModel({
    endpoint: { url: server.url, model: 'm', apiKey: 'k', isZeroRetention: false },
    system: 'Be brief.',
    messages: [{ role: 'user', content: 'Hello' }],
    tools: {
      look: modelTool({
        description: 'Looks',
        input: z.object({ at: z.string() }),
        run: ({ at }) => {
          looked.push(at)
          return { found: at }
        },
      }),
    },
    output: Answer,
    maxSteps: 3,
    maxOutputTokens: 500,
    signal: AbortSignal.timeout(2000),
    onPartial: () => undefined,
    ...over,
  })
const play = (script: ModelScript | ModelAct) => server.play(typeof script === 'function' ? script : () => script)

test('an answer comes in parts, with a schema, and its tokens are counted', async () => {
  play({ say: good, pieceLength: 5 })
  const parts: unknown[] = []
  const result = await call({ onPartial: (part) => parts.push(part) })
  expect(result).toMatchObject({ output: good, usage: { inputTokens: 100, outputTokens: 20, calls: 1 } })
  expect(parts.length).toBeGreaterThan(3)
  const [asked] = server.asked
  expect(asked?.authorization).toBe('Bearer k')
  expect(asked?.body).toMatchObject({ stream: true, max_tokens: 500, response_format: { type: 'json_schema' } })
  expect(asked?.body).not.toHaveProperty('store')
})

test('nothing is to be kept, where the provider promised that', async () => {
  play({ say: good })
  await call({ endpoint: { url: server.url, model: 'm', apiKey: undefined, isZeroRetention: true } })
  expect(server.asked[0]?.body.store).toBe(false)
  expect(server.asked[0]?.authorization).toBeUndefined()
})

test('tools are used, and the steps share one budget', async () => {
  play((_asked, count) => (count === 1 ? { call: [{ name: 'look', input: { at: 'x' } }] } : { say: good }))
  expect(await call()).toMatchObject({ output: good, usage: { calls: 2, outputTokens: 40 } })
  expect(looked).toContain('x')
  expect(server.asked.map(({ body }) => body.max_tokens)).toEqual([500, 480])
  expect(server.asked[1]?.text).toContain('found')
})

test('a tool that does not exist, and nonsense for one that does, is told to the model', async () => {
  play((_asked, count) => (count === 1 ? { call: [{ name: 'refund', input: {} }] } : { say: good }))
  expect(await call()).toMatchObject({ output: good })
  play((_asked, count) => (count === 1 ? { call: [{ name: 'look', input: '{"at":' }] } : { say: good }))
  expect(await call()).toMatchObject({ output: good })
})

test('a model that only ever uses tools is stopped', async () => {
  play({ call: [{ name: 'look', input: { at: 'again' } }] })
  const before = looked.length
  expect(await call()).toMatchObject({ failure: 'tool_loop' })
  expect(server.asked.length).toBeLessThanOrEqual(3)
  expect(server.asked.at(-1)?.body.tool_choice).toBe('none')
  expect(looked.length - before).toBeLessThanOrEqual(3)
})

test.each<[string, ModelAct, object]>([
  ['500s', { status: 500 }, { failure: 'server', status: 500 }],
  ['a refused key', { status: 401 }, { failure: 'key', status: 401 }],
  ['no such model', { status: 404 }, { failure: 'model' }],
  ['its own limit', { status: 429 }, { failure: 'limit' }],
  ['a redirect', { status: 302 }, { failure: 'refused' }],
  ['prose', { say: 'I would rather chat.' }, { failure: 'not_understood' }],
  ['another shape', { say: { text: 'One.' } }, { failure: 'not_understood' }],
  ['no frames', { raw: 'data: {{{\n\n' }, { failure: 'not_understood' }],
  ['nothing', { raw: '' }, { failure: 'not_understood' }],
  ['a cut in the middle', { say: good, cutAfter: 20, pieceMs: 5 }, { failure: 'cut' }],
  ['half a sentence', { say: '{"sentences":[{"text":"On', finish: 'length' }, { failure: 'too_long' }],
])('%s end the call with a name', async (_name, act, expected) => {
  play(act)
  const result = await call()
  expect(result).toMatchObject(expected)
  expect(server.asked).toHaveLength(1)
  expect(result.usage.inputTokens).toBeGreaterThan(0)
})

test('silence and slowness end with the time allowed', async () => {
  for (const act of [{ silent: true } as const, { say: good, pieceMs: 200 }]) {
    play(act)
    expect(await call({ signal: AbortSignal.timeout(150) })).toMatchObject({ failure: 'timeout' })
  }
})

test('nobody there is told from a refusal', async () => {
  const endpoint = { model: 'm', apiKey: undefined, isZeroRetention: false }
  expect(await call({ endpoint: { ...endpoint, url: 'http://127.0.0.1:9/v1' } })).toMatchObject({
    failure: 'unreachable',
  })
})
