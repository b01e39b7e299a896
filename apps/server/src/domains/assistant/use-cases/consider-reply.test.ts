import { randomUUID } from 'node:crypto'
import type { ConversationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { talkIn } from '../../../testkit/talk.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { startConversation } from '../../conversations/index.ts'
import { sendAgentMessage } from '../../conversations/use-cases/send-agent-message.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const talk = (first: string, locale: 'en' | 'el' = 'en') => talkIn(world, first, locale)

type Said = {
  body: string
  content: {
    sources?: { slug: string; locale: string }[]
    quickReplies?: { id: string }[]
    flow?: { stepId: string }
    activity?: { type: string }
  }
}
const said = (id: ConversationId, author = 'assistant') =>
  world.rows(`SELECT body, content FROM messages WHERE conversation_id = $1 AND author_type = $2 ORDER BY seq`, [
    id,
    author,
  ]) as unknown as Promise<Said[]>
const conversation = async (id: ConversationId) =>
  (await world.rows('SELECT status, handling, waiting_since FROM conversations WHERE id = $1', [id]))[0]

test.each([
  ['my file will not upload', 'en', 'upload-failures', 'en'],
  ['Δεν ανεβαίνει το αρχείο μου', 'el', 'upload-failures', 'el'],
  ['den anevainei to arxeio mou', 'el', 'upload-failures', 'el'],
  ['where do I find a request id?', 'en', 'finding-request-ids', 'en'],
  ['it says no accounts found when I sign in with Microsoft', 'en', 'sso-no-accounts-found', 'en'],
] as const)('%j is answered from its article, with the source', async (question, locale, slug, language) => {
  const { id } = await talk(question, locale)
  const [answer] = await said(id)
  expect(answer?.content.sources).toMatchObject([{ slug, locale: language }])
  expect(answer?.body.length).toBeGreaterThan(20)
  expect(answer?.content.quickReplies?.map(({ id: reply }) => reply)).toContain('person')
})

test('a Greek who writes "ok" on an English page goes on in Greek, and has not said that it helped', async () => {
  const { id, say } = await talk('Δεν ανεβαίνει το αρχείο μου')
  await say('ok')
  const answers = await said(id)
  expect(answers).toHaveLength(2)
  expect(answers[1]?.body).toMatch(/\p{Script=Greek}{4,}/u)
  expect(await conversation(id)).toMatchObject({ handling: 'assistant', status: expect.not.stringMatching('resolved') })
})

test('another subject is declined, with a person in reach', async () => {
  const { id } = await talk('how do I bake sourdough bread with rye')
  const [first] = await said(id)
  expect(first?.content.sources).toBeUndefined()
  expect(first?.content.quickReplies?.map(({ id: reply }) => reply)).toContain('person')
  expect(await conversation(id)).toMatchObject({ handling: 'assistant' })
})

test('what is not understood twice is asked about once, and then a person is called with what is known', async () => {
  const { id, say } = await talk('it does not work')
  expect(await conversation(id)).toMatchObject({ handling: 'assistant' })
  await say('help')
  await say('whatever', 'skip')
  await say('whatever', 'skip')
  expect(await conversation(id)).toMatchObject({ handling: 'waiting' })
  const [activity] = (await said(id, 'system')).map(({ content }) => content.activity)
  expect(activity).toMatchObject({ type: 'handed_over', brief: { language: 'en', missing: expect.any(Array) } })
})

test.each([
  ['The report page shows the figures of last month.', 'this is useless, I want to talk to a person now', 'en'],
  ['Η σελίδα αναφορών δείχνει λάθος ποσά.', 'Δεν βγάζω άκρη, θέλω να μιλήσω με άνθρωπο', 'el'],
] as const)(
  'whoever takes over reads what it was about, not with what words a person was asked for: %j',
  async (problem, ask, locale) => {
    const { id, say } = await talk(problem, locale)
    await say(ask)
    const [activity] = (await said(id, 'system')).map(({ content }) => content.activity)
    expect(activity).toMatchObject({ type: 'handed_over', brief: { problem } })
  },
)

test.each(['I want to talk to a person', 'Θέλω να μιλήσω με άνθρωπο'])(
  '%j hands over at once, with a word',
  async (words) => {
    const { id } = await talk(words, words.startsWith('I') ? 'en' : 'el')
    expect(await said(id)).toHaveLength(1)
    expect(await conversation(id)).toMatchObject({ handling: 'waiting', waiting_since: expect.any(Date) })
    expect((await said(id, 'system'))[0]?.content.activity).toMatchObject({ type: 'handed_over', reason: 'asked' })
  },
)

test('the checks are walked step by step, and a button of an earlier step changes nothing', async () => {
  const { id, say } = await talk('my upload fails')
  await say('Go through the checks', 'flow:upload-failure')
  const step = async () => (await said(id)).at(-1)?.content
  const first = await step()
  const notFixed = (content: Said['content'] | undefined) =>
    content?.quickReplies?.find(({ id: reply }) => reply.startsWith('flow:'))?.id ?? ''
  await say('first reply', notFixed(first))
  const second = await step()
  expect(second?.flow?.stepId).not.toBe(first?.flow?.stepId)
  await say('pressed again', notFixed(first))
  expect((await step())?.flow?.stepId).toBe(second?.flow?.stepId)
})

test('what was tried is told with its figures, as the person read it', async () => {
  const { id, say } = await talk('my upload fails')
  await say('checks', 'flow:upload-failure')
  const replies = (await said(id)).at(-1)?.content.quickReplies ?? []
  await say('It is smaller', replies.find(({ id: reply }) => reply.startsWith('flow:'))?.id ?? '')
  await say('I want to talk to a person')
  const activities = (await said(id, 'system')).map(({ content }) => content.activity)
  expect(activities).toMatchObject([
    { type: 'handed_over', brief: { tried: [{ title: expect.stringMatching(/\d MB/) }] } },
  ])
})

test('when a step helped, the matter is resolved and the steps are in the timeline', async () => {
  const { id, say } = await talk('my upload fails')
  await say('checks', 'flow:upload-failure')
  expect((await said(id)).at(-1)?.content.flow).toEqual({ flowId: 'upload-failure', stepId: 'file-size' })
  await say('that helped', 'flow:upload-failure:file-size:made-smaller')
  expect(await conversation(id)).toMatchObject({ status: 'resolved' })
  expect((await said(id, 'system')).map(({ content }) => content.activity?.type)).toEqual(['flow_ended', 'resolved'])
})

test('once an agent has spoken the assistant is silent, whatever the contact writes', async () => {
  const { id, say } = await talk('my upload fails')
  const agent = await world.agent()
  await sendAgentMessage(agent.ctx, id, {
    clientMessageId: randomUUID(),
    body: 'I am on it.',
    kind: 'message',
    fileIds: [],
  })
  await world.settle()
  const before = (await said(id)).length
  await say('my upload still fails')
  await say('Go through the checks', 'flow:upload-failure')
  expect(await said(id)).toHaveLength(before)
})

test('a note of an agent does not silence it', async () => {
  const { id, say } = await talk('my upload fails')
  const agent = await world.agent()
  await sendAgentMessage(agent.ctx, id, { clientMessageId: randomUUID(), body: 'watching', kind: 'note', fileIds: [] })
  const before = (await said(id)).length
  await say('where is a request id?')
  expect((await said(id)).length).toBeGreaterThan(before)
})

test('a message is answered once, even when the event is delivered again', async () => {
  const { id } = await talk('my upload fails')
  const before = await said(id)
  await world.rows(`UPDATE subscriber_places SET epoch = 0, xid = '0', event_id = 0 WHERE name = 'assistant'`)
  await world.settle()
  expect(await said(id)).toEqual(before)
})

test('a button from elsewhere is treated as the words on it', async () => {
  const { id, say } = await talk('my upload fails')
  await say('Pay me', 'refund:1000')
  expect((await said(id)).length).toBeGreaterThan(1)
  expect(await conversation(id)).toMatchObject({ status: 'open' })
})

test('what was ticked off in an article before writing is in the timeline', async () => {
  const contact = await world.contact()
  const article = world.clew.house.library.current().find('en', 'upload-failures')
  const [first, second] = article?.passages.flatMap(({ anchor }) => (anchor === undefined ? [] : [anchor])) ?? []
  const { started } = await startConversation(contact.ctx, {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'it still fails',
    fileIds: [],
    locale: 'en',
    articleSlug: 'upload-failures',
    tried: [first ?? '', second ?? '', 'not-a-step'],
  })
  await world.settle()
  const [noted] = await said(started.conversation.id, 'system')
  expect(noted?.content.activity).toMatchObject({
    type: 'flow_ended',
    outcome: 'left',
    steps: [{ id: first }, { id: second }],
  })
})
