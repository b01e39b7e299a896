import { randomUUID } from 'node:crypto'
import type { ConversationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { talkIn } from '../../../testkit/talk.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { sendAgentMessage } from '../../conversations/use-cases/send-agent-message.ts'
import { giveThumbReason, settleQuietQuestions } from './note-outcome.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const talk = (first: string, locale: 'en' | 'el' = 'en') => talkIn(world, first, locale)

const noted = (id: ConversationId) =>
  world.rows('SELECT * FROM assistant_questions WHERE conversation_id = $1 ORDER BY asked_at, message_id', [id])
const questions = async (id: ConversationId) => (await noted(id)).filter((row) => row['is_question'])
const hours = (count: number) => world.clock.advance(count * 3_600_000)
const settleQuiet = () => settleQuietQuestions(world.as({ type: 'system', job: 'test' }))

test('a question leaves what it was answered with, and no secret', async () => {
  const { id } = await talk('where do I find a request id? The secret is sk-proj-Abc123Def456Ghi789Jkl012Mno345')
  const [row] = await questions(id)
  expect(row).toMatchObject({ locale: 'en', tier: 'open', is_question: true, nearest_slug: 'finding-request-ids' })
  expect(row?.['article_slug']).toBe('finding-request-ids')
  expect(row?.['nearest_coverage']).toBeGreaterThan(0)
  expect(row?.['confidence']).toBeGreaterThan(0)
  expect(row?.['body']).not.toContain('Abc123Def456')
})

test('greetings, thanks and another subject are no questions', async () => {
  const { id, say } = await talk('hello')
  await say('how do I bake sourdough bread with rye')
  expect((await noted(id)).map((row) => row['is_question'])).toEqual([false, false])
})

test('it worked, by the button and in words', async () => {
  const pressed = await talk('where do I find a request id?')
  await pressed.say('That worked', 'worked')
  expect(await questions(pressed.id)).toMatchObject([{ tier: 'confirmed', thumb: 'up' }])
  const written = await talk('where do I find a request id?')
  await written.say('thanks')
  expect((await questions(written.id))[0]).toMatchObject({ tier: 'confirmed', thumb: 'up' })
})

test('it did not help, with a reason; what helped in the end counts, but the thumb stays', async () => {
  const { id, say, contact } = await talk('where do I find a request id?')
  await say('Still stuck', 'stuck:finding-request-ids')
  expect((await questions(id))[0]).toMatchObject({ tier: 'failed', failure: 'said', thumb: 'down' })
  await giveThumbReason(contact.ctx, { conversationId: id, reason: 'not_clear' })
  expect((await questions(id))[0]).toMatchObject({ thumb_reason: 'not_clear' })
  const other = await world.contact()
  await expect(giveThumbReason(other.ctx, { conversationId: id, reason: 'other' })).rejects.toMatchObject({
    code: 'conversation.not_found',
  })
  await say('That worked', 'worked')
  expect((await questions(id))[0]).toMatchObject({ tier: 'confirmed', failure: null, thumb: 'down' })
})

test('nobody came back for 72 hours: answered is assumed, unanswered has failed; whoever returns takes it back', async () => {
  const { id, say } = await talk('where do I find a request id?')
  const vague = await talk('it does not work')
  hours(71)
  await settleQuiet()
  expect(await questions(id)).toMatchObject([{ tier: 'open' }])
  hours(1)
  await settleQuiet()
  expect(await questions(id)).toMatchObject([{ tier: 'assumed', failure: null }])
  expect(await questions(vague.id)).toMatchObject([{ tier: 'failed', failure: 'unanswered' }])
  // Whoever says thanks says that it worked.
  await say('thanks')
  expect((await questions(id))[0]).toMatchObject({ tier: 'confirmed' })
  await say('where do I find a request id?')
  expect(await questions(id)).toMatchObject([{ tier: 'failed', failure: 'returned' }, { tier: 'open' }])
})

test('a press in between is a sign of life', async () => {
  const { id, say } = await talk('it says no accounts found when I sign in with Microsoft')
  hours(71)
  await say('Check it step by step', 'flow:sso-no-accounts')
  hours(2)
  await settleQuiet()
  expect((await questions(id))[0]).toMatchObject({ tier: 'open' })
})

test('a person took over: asked for, or of their own accord', async () => {
  const asked = await talk('where do I find a request id?')
  await asked.say('Talk to a person', 'person')
  expect(await questions(asked.id)).toMatchObject([{ tier: 'assisted', handover_reason: 'asked' }])
  const taken = await talk('where do I find a request id?')
  const agent = await world.agent()
  await sendAgentMessage(agent.ctx, taken.id, {
    clientMessageId: randomUUID(),
    kind: 'message',
    body: 'Hi',
    fileIds: [],
  })
  await world.settle()
  expect(await questions(taken.id)).toMatchObject([{ tier: 'assisted' }])
})

test('an article chosen from the offered ones is the answer to what was asked', async () => {
  const { id, say } = await talk('it does not work')
  await say('Upload failures', 'article:upload-failures')
  expect((await questions(id))[0]).toMatchObject({ action: 'answer', article_slug: 'upload-failures' })
})
