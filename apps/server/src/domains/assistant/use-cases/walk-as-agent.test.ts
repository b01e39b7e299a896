import type { AgentWalkState, AnswerWalk } from '@clew/contract/flow-runs'
import type { ConversationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { talkIn } from '../../../testkit/talk.ts'
import { createWorld, type World } from '../../../testkit/world.ts'

let world: World
let headers: Record<string, string>
beforeAll(async () => {
  world = await createWorld()
  headers = (await world.member(await world.supportTeam(), 'agent', 'Iris Vale')).headers
})
afterAll(() => world.close())

async function call(method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await world.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.json() }
}

/** An agent at one conversation. */
function desk(id: ConversationId, locale = 'en') {
  const path = `/conversations/${id}/walk`
  const taken = async (made: ReturnType<typeof call>): Promise<AgentWalkState> => {
    const { status, body } = await made
    expect(status, JSON.stringify(body)).toBe(200)
    return body
  }
  return {
    read: () => taken(call('GET', `${path}?locale=${locale}`)),
    start: (flowId: string) => taken(call('POST', `${path}?locale=${locale}`, { flowId })),
    answer: (answer: AnswerWalk) => taken(call('POST', `${path}/answers?locale=${locale}`, answer)),
  }
}

const facts = (id: ConversationId, field: string) =>
  world.rows('SELECT value, source FROM facts WHERE conversation_id = $1 AND field = $2 ORDER BY at', [id, field])
const tags = async (id: ConversationId) =>
  (await world.rows('SELECT tag FROM conversation_tags WHERE conversation_id = $1 ORDER BY tag', [id])).map(
    ({ tag }) => tag,
  )

test('an agent walks a flow: asked is what nobody knows, and what comes of it is on the case', async () => {
  const { id } = await talkIn(world, 'A person please. Our calls answer 429 too many requests')
  const { start, answer, read } = desk(id)
  expect((await read()).flows.map((flow) => flow.id)).toContain('api-error')

  const begun = await start('api-error')
  expect(begun.walk).toMatchObject({
    state: 'running',
    current: { stepId: 'slow-down' },
    answers: [{ stepId: 'status', answer: '429', said: expect.stringContaining('429 too many') }],
  })
  expect(begun.walk?.offer).toContain('Wait as long as Retry-After says')
  expect(begun.walk?.articles.map(({ slug }) => slug)).toContain('usage-and-limits')

  expect((await answer({ type: 'reply', stepId: 'slow-down', replyId: 'still-fails' })).walk?.current?.stepId).toBe(
    'request-id',
  )
  const when = await answer({ type: 'words', stepId: 'request-id', text: 'they say it is req_8fK2mQ7tX1zz' })
  expect(when.walk?.current?.stepId).toBe('when')
  const ended = await answer({ type: 'skip', stepId: 'when' })
  expect(ended.walk).toMatchObject({ state: 'handover', reason: 'fault' })
  expect(ended.walk?.end?.text).toContain('A person looks at the call now')

  expect(await facts(id, 'request_ids')).toEqual([
    { value: { requestIds: ['req_8fK2mQ7tX1zz'], completionIds: [] }, source: 'agent' },
  ])
  expect(await tags(id)).toEqual(['api'])
  const activity = await world.rows(
    `SELECT internal, content->'activity' AS activity FROM messages
      WHERE conversation_id = $1 AND content->'activity'->>'type' = 'flow_ended'`,
    [id],
  )
  expect(activity).toMatchObject([
    { internal: true, activity: { outcome: 'exhausted', steps: [{ id: 'slow-down', outcome: 'not_fixed' }] } },
  ])
  // Read again it stands where it stood, and an answer to a step that is over changes nothing.
  expect((await answer({ type: 'skip', stepId: 'when' })).walk).toEqual((await read()).walk)
})

test('it goes on where the contact stands, shows what they tried, and can be changed and left', async () => {
  const { id, walk } = await talkIn(world, 'hello')
  await walk('flow:billing', 'flow:billing:matter:charge')
  const { read, start, answer } = desk(id, 'el')
  expect((await read()).suggested).toBe('billing')
  const begun = await start('billing')
  expect(begun.walk?.current?.stepId).toBe('pending')
  expect(begun.walk?.answers).toMatchObject([{ stepId: 'matter', outcome: 'answered' }])
  // The agent reads Greek; what the contact could be sent is in their language.
  expect(begun.walk?.current?.title).toMatch(/[α-ω]/)
  expect(begun.walk?.offer).not.toMatch(/[α-ω]/)
  expect((await answer({ type: 'correct', stepId: 'matter' })).walk?.current?.stepId).toBe('matter')
  expect((await answer({ type: 'cancel' })).walk?.state).toBe('cancelled')
  // The walk of the contact is theirs: nothing of it has changed.
  const [dialogue] = await world.rows(
    `SELECT dialogue #>> '{run,currentStepId}' AS step FROM dialogues WHERE conversation_id = $1`,
    [id],
  )
  expect(dialogue).toEqual({ step: 'pending' })
})

test('what the assistant still has goes to a person when the flow says so', async () => {
  const { id } = await talkIn(world, 'hello')
  const { start, answer } = desk(id)
  await start('billing')
  await answer({ type: 'reply', stepId: 'matter', replyId: 'refund' })
  await answer({ type: 'words', stepId: 'refund-account', text: 'dora@harbour-books.example' })
  expect(await facts(id, 'account')).toMatchObject([
    { value: { email: 'dora@harbour-books.example' }, source: 'agent' },
  ])
  expect(await tags(id)).toEqual(['billing', 'refund'])
  const [row] = await world.rows('SELECT handling FROM conversations WHERE id = $1', [id])
  expect(row).toEqual({ handling: 'waiting' })
})

test('words that the case would not take are refused, and no secret is kept', async () => {
  const { id } = await talkIn(world, 'hello')
  const { start, answer } = desk(id)
  await start('billing')
  await answer({ type: 'reply', stepId: 'matter', replyId: 'refund' })
  const refused = { type: 'words', stepId: 'refund-account', text: 'no address at all' }
  expect(await call('POST', `/conversations/${id}/walk/answers`, refused)).toMatchObject({
    status: 400,
    body: { code: 'case.value_invalid' },
  })
  await start('api-error')
  await answer({ type: 'words', stepId: 'status', text: 'the key sk-proj-aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY fails' })
  const [kept] = await world.rows('SELECT walk::text AS walk FROM agent_walks WHERE conversation_id = $1', [id])
  expect(kept?.['walk']).not.toContain('sk-proj')
})

test('a resolved conversation and an unknown flow are refused', async () => {
  const { id } = await talkIn(world, 'hello')
  expect(await call('POST', `/conversations/${id}/walk`, { flowId: 'no-such-flow' })).toMatchObject({ status: 404 })
  await call('POST', `/conversations/${id}/resolve`, {})
  expect(await call('POST', `/conversations/${id}/walk`, { flowId: 'billing' })).toMatchObject({
    status: 409,
    body: { code: 'conversation.resolved' },
  })
})

test('of a contact who is erased no walk is left', async () => {
  const { id, contact } = await talkIn(world, 'hello')
  await desk(id).start('billing')
  await world.rows(`UPDATE contacts SET email = 'gone@harbour-books.example' WHERE id = $1`, [contact.id])
  const { deleteDialogueOf } = await import('../repository.people.ts')
  await world.clew.newCtx('test').transaction((tx) => deleteDialogueOf(tx, id))
  expect(await world.rows('SELECT 1 FROM agent_walks WHERE conversation_id = $1', [id])).toEqual([])
})
