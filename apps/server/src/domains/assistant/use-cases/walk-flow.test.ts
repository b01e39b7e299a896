import { randomUUID } from 'node:crypto'
import type { ConversationId } from '@clew/contract/primitives'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { talkIn } from '../../../testkit/talk.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { openIncident } from '../../status/use-cases/open-incident.ts'
import { postUpdate } from '../../status/use-cases/post-update.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const talk = (first: string, locale: 'en' | 'el' = 'en') => talkIn(world, first, locale)

type Said = {
  body: string
  content: {
    flow?: { flowId: string; stepId: string }
    quickReplies?: { id: string }[]
    activity?: object
    sources?: object[]
  }
}
const said = (id: ConversationId, author = 'assistant') =>
  world.rows(`SELECT body, content FROM messages WHERE conversation_id = $1 AND author_type = $2 ORDER BY seq`, [
    id,
    author,
  ]) as unknown as Promise<Said[]>
const last = async (id: ConversationId) => (await said(id)).at(-1)
const keepRun = (id: ConversationId, run: object) =>
  world.rows(
    `UPDATE dialogues SET dialogue = dialogue || jsonb_build_object('run', $2::jsonb) WHERE conversation_id = $1`,
    [id, JSON.stringify(run)],
  )
const handling = async (id: ConversationId) =>
  (await world.rows('SELECT handling FROM conversations WHERE id = $1', [id]))[0]?.['handling']

test('a dispute goes to a person at once, and the address that was typed is on the case', async () => {
  const { id, say, walk } = await talk('hello')
  await walk('flow:billing', 'flow:billing:matter:charge', 'flow:billing:pending:really-wrong')
  expect((await last(id))?.content.flow).toEqual({ flowId: 'billing', stepId: 'charge-account' })
  await say('it is dora@harbour-books.example')
  expect(await handling(id)).toBe('waiting')
  const facts = await world.rows(`SELECT value FROM facts WHERE conversation_id = $1 AND field = 'account'`, [id])
  expect(facts).toEqual([{ value: { email: 'dora@harbour-books.example' } }])
  const bodies = (await said(id)).map(({ body }) => body)
  expect(bodies.at(-2)).toContain('A charge that is disputed is decided by a person')
  expect((await said(id, 'system')).map(({ content }) => content.activity)).toMatchObject([
    { type: 'flow_ended', flowId: 'billing', steps: [{ id: 'pending', outcome: 'not_fixed' }] },
    { type: 'handed_over' },
  ])
})

test('what the case knows is not asked', async () => {
  const { id, walk } = await talk('my account is dora@harbour-books.example on the Plus plan')
  await walk('flow:billing', 'flow:billing:matter:refund')
  expect(await handling(id)).toBe('waiting')
  expect((await said(id)).map(({ content }) => content.flow?.stepId)).not.toContain('refund-account')
})

test('a known incident is the answer, and of a flow that leads on the next one begins', async () => {
  const agent = await world.agent()
  const [uploads] = await world.rows(`SELECT id FROM status_components WHERE slug = 'uploads'`)
  const both = (text: string) => ({ en: text, el: text })
  const { incident } = await openIncident(agent.ctx, {
    clientIncidentId: randomUUID(),
    titles: both('Uploads stop half-way'),
    impact: 'major',
    status: 'identified',
    bodies: both('One store is full.'),
    components: [{ componentId: uploads?.['id'] as never, status: 'partial_outage' }],
  })
  await world.settle()
  const { id, walk } = await talk('hello')
  await walk('flow:upload-failure')
  expect((await last(id))?.body).toContain('Uploads stop half-way. One store is full.')
  expect((await last(id))?.content.quickReplies?.map((reply) => reply.id)).toEqual(['worked', 'stuck', 'person'])

  await postUpdate(agent.ctx, incident.id, {
    clientUpdateId: randomUUID(),
    status: 'resolved',
    bodies: both('All stores have room.'),
  })
  await world.settle()
  await walk('flow:outage-check', 'flow:outage-check:where:upload')
  expect((await last(id))?.content.flow).toEqual({ flowId: 'upload-failure', stepId: 'file-size' })
  expect((await last(id))?.body).toContain('20 MB')
})

test('a run and a button from before the flow was renamed go on', async () => {
  const { id, walk } = await talk('hello')
  await walk('flow:upload-failure')
  const old = { flowId: 'upload-failures', flowVersion: 1, steps: [], state: 'running', currentStepId: 'reload' }
  await keepRun(id, old)
  await walk('flow:upload-failures:reload:still-fails')
  expect((await last(id))?.content.flow).toEqual({ flowId: 'upload-failure', stepId: 'clear-site-data' })
})

test('a run whose step is gone is for a person', async () => {
  const { id, walk } = await talk('hello')
  await walk('flow:upload-failure')
  const old = { flowId: 'upload-failure', flowVersion: 1, steps: [], state: 'running', currentStepId: 'fax-it' }
  await keepRun(id, old)
  await walk('flow:upload-failure:fax-it:worked')
  expect(await handling(id)).toBe('waiting')
})

test('SSO tells the visitor a reference and no cause', async () => {
  const { id, walk } = await talk('γεια', 'el')
  await walk(
    'flow:sso-no-accounts',
    'flow:sso-no-accounts:address:not-sure',
    'flow:sso-no-accounts:exact-account:still-fails',
    'flow:sso-no-accounts:fresh-session:still-fails',
    'flow:sso-no-accounts:domain-change:no-change',
  )
  const [{ number } = {}] = await world.rows('SELECT number FROM conversations WHERE id = $1', [id])
  expect((await said(id)).at(-2)?.body).toContain(`Ο αριθμός αναφοράς σας είναι ${String(number)}`)
  // What is still missing is asked for, and may be left out.
  await walk('skip', 'skip')
  expect(await handling(id)).toBe('waiting')
})

test('what a flow found for the agent and for an administrator is there for the team, and in no message', async () => {
  const { id, contact, say } = await talk('I get "No accounts found" with Microsoft')
  const { flow } = (await last(id))?.content ?? {}
  expect(flow).toEqual({ flowId: 'sso-no-accounts', stepId: 'address' })
  await say('nobody.here@stranger.example')
  expect((await last(id))?.content.flow).toEqual({ flowId: 'sso-no-accounts', stepId: 'exact-account' })
  const path = `/api/v1/conversations/${id}/flows`
  const agent = await world.member(await world.supportTeam(), 'agent')
  const answer = await world.app.inject({ url: path, headers: agent.headers })
  expect(answer.statusCode).toBe(200)
  const body = answer.json<{ flows: { notes: { note: string }[] }[] }>()
  expect(body).toMatchObject({
    flows: [
      {
        flowId: 'sso-no-accounts',
        isOpen: true,
        notes: [{ stepId: 'look-member', note: expect.any(String), admin: expect.any(String) }],
      },
    ],
  })
  const note = body.flows[0]?.notes[0]?.note ?? ''
  expect(JSON.stringify(await said(id))).not.toContain(note)
  expect((await world.app.inject({ url: path, headers: contact.headers })).statusCode).not.toBe(200)
})

test('the size that somebody names is not asked', async () => {
  const { id } = await talk('my 300 MB video does not upload')
  expect((await last(id))?.content.flow).toEqual({ flowId: 'upload-failure', stepId: 'too-large' })
})

test('a page asks for a flow by its id and gets its title, and nothing for an id that is none', async () => {
  const title = (id: string, locale: string) => world.app.inject({ url: `/api/v1/widget/flows/${id}?locale=${locale}` })
  expect((await title('upload-failures', 'el')).json()).toEqual({
    id: 'upload-failure',
    title: 'Αποτυχία μεταφόρτωσης αρχείου',
  })
  expect((await title('no-such-flow', 'en')).statusCode).toBe(404)
})
