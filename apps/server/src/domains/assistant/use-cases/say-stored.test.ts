import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRouter } from '@clew/assistant'
import { flowLibrary } from '@clew/flows'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routerFile } from '../../../folders.ts'
import type { QueuedWork } from '../../../platform/jobs.ts'
import { createLog } from '../../../platform/log.ts'
import { createMetrics } from '../../../platform/metrics.ts'
import type { AskModel } from '../../../platform/model-provider/index.ts'
import { truthfulReply } from '../../../testkit/truthful-model.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { startConversation } from '../../conversations/index.ts'
import type { AssistantParts } from '../parts.ts'
import { type Asked, composeReply } from './compose-reply.ts'
import { considerReply } from './consider-reply.ts'
import { sayStored } from './say-stored.ts'

let world: World
const router = createRouter(readFileSync(routerFile))
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const assistant = () => world.as({ type: 'assistant' })

function partsWith(ask: AskModel): { parts: AssistantParts; queued: QueuedWork[] } {
  const queued: QueuedWork[] = []
  const { house, config } = { house: world.clew.house, config: world.config }
  const parts: AssistantParts = {
    membership: async () => 'unknown',
    library: () => house.library.current(),
    flows: () => flowLibrary([]),
    status: () => house.status.current(),
    flowSettings: () => ({
      brand: 'Northlight',
      appHost: config.appHost,
      supportEmail: config.supportEmail,
      uploadLimitBytes: config.uploadLimitBytes,
      captureLimitBytes: 1,
      baseUrl: 'http://localhost',
    }),
    router: () => router,
    team: () => ({ isOpen: true, opensLine: undefined }),
    composing: {
      model: () => ({
        kind: 'openai',
        url: 'http://127.0.0.1:9/v1',
        model: 'm',
        apiKey: undefined,
        timeBudgetMs: 8000,
        maxTokensPerAnswer: 600,
        maxTokensPerDay: 0,
        isZeroRetention: false,
      }),
      ask,
      jobs: {
        send: async (_tx, work) => {
          queued.push(work)
        },
      },
      signal: () => undefined,
      log: createLog('silent'),
      metrics: createMetrics(),
      actAs: (ctx) => ctx,
      hosts: () => [],
    },
  }
  return { parts, queued }
}

/** A message that waits for words, as the moment after the commit leaves it. */
async function enqueued(ask: AskModel) {
  const contact = await world.contact()
  const opening = {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'where do I find a request id?',
    fileIds: [],
    locale: 'en' as const,
  }
  // The product of this world has no model and answers by itself, so its part of the log is over before.
  const { started } = await startConversation(contact.ctx, opening)
  const asked: Asked = { conversationId: started.conversation.id, messageId: started.message.id }
  await world.settle()
  await world.rows('DELETE FROM dialogues WHERE conversation_id = $1', [asked.conversationId])
  const before = (await said(asked)).length
  const { parts, queued } = partsWith(ask)
  await considerReply(assistant(), asked, parts)
  return { asked, parts, queued, news: async () => (await said(asked)).slice(before) }
}

const said = ({ conversationId }: Asked) =>
  world.rows(
    `SELECT body, content FROM messages WHERE conversation_id = $1 AND author_type = 'assistant' ORDER BY seq`,
    [conversationId],
  )

const never: AskModel = () => new Promise(() => undefined)

test('killed between putting it in the queue and asking: the second job says what was stored, once', async () => {
  const { asked, parts, queued, news } = await enqueued(never)
  expect(await news()).toEqual([])
  expect(queued).toEqual([
    { name: 'assistant.compose', input: asked, id: asked.messageId },
    { name: 'assistant.say_stored', input: asked, id: asked.messageId, startAfterSeconds: 11 },
  ])
  await sayStored(assistant(), asked, parts)
  await sayStored(assistant(), asked, parts)
  expect(await news()).toMatchObject([{ content: { sources: [{ slug: 'finding-request-ids' }] } }])
  await composeReply(assistant(), asked, parts)
  expect(await news()).toHaveLength(1)
})

test('killed while the model is asked, and its words come late: they are not said as well', async () => {
  let answer = (): void => undefined
  const late: AskModel = ({ system, messages, output }) =>
    new Promise((resolve) => {
      const body = { model: 'm', messages: messages.map(({ role, content }) => ({ role, content })) }
      const reply = truthfulReply({ body, text: system, authorization: undefined })
      const usage = { inputTokens: 1, outputTokens: 1, calls: 1 }
      answer = () => resolve({ usage, output: output.parse(reply), text: JSON.stringify(reply) })
    })
  const { asked, parts, news } = await enqueued(late)
  const running = composeReply(assistant(), asked, parts)
  await new Promise((resolve) => setTimeout(resolve, 200))
  await sayStored(assistant(), asked, parts)
  answer()
  await running
  expect(await news()).toHaveLength(1)
})

test('a fault of ours is no reason to stay silent', async () => {
  const broken: AskModel = () => Promise.reject(new Error('a fault'))
  const { asked, parts, news } = await enqueued(broken)
  await composeReply(assistant(), asked, parts)
  expect(await news()).toHaveLength(1)
})

test('taken up too late, the model is not asked any more', async () => {
  const { asked, parts, news } = await enqueued(never)
  world.clock.advance(7_900)
  await composeReply(assistant(), asked, parts)
  expect(await news()).toHaveLength(1)
})
