import { randomUUID } from 'node:crypto'
import type { Message, MessageList } from '@clew/contract/conversations'
import type { ConversationId, IncidentId } from '@clew/contract/primitives'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { identifyContact, startConversation } from '../../conversations/index.ts'
import { takeOverConversation } from '../../conversations/use-cases/assign-conversation.ts'
import { resolveConversation } from '../../conversations/use-cases/resolve-conversation.ts'
import { followIncident } from '../../status/index.ts'
import { openIncident } from '../../status/use-cases/open-incident.ts'
import { postUpdate } from '../../status/use-cases/post-update.ts'
import { tellFollowers } from '../../status/use-cases/tell-followers.ts'

let world: World
let agent: Awaited<ReturnType<World['agent']>>
beforeAll(async () => {
  world = await createWorld()
  agent = await world.agent()
})
afterAll(() => world.close())

const settings = { brand: () => 'Northlight', baseUrl: () => 'https://help.example' }
const system = () => world.as({ type: 'system', job: 'test' })

const open = async () =>
  (
    await openIncident(agent.ctx, {
      clientIncidentId: randomUUID(),
      titles: { en: 'Slower uploads', el: 'Αργές μεταφορτώσεις' },
      impact: 'minor',
      status: 'investigating',
      components: [],
      bodies: { en: 'Looking.', el: '' },
    })
  ).incident
const say = async (id: IncidentId, status: 'identified' | 'resolved', en: string) => {
  const bodies = { en, el: '' }
  const { incident } = await postUpdate(agent.ctx, id, { clientUpdateId: randomUUID(), status, bodies })
  await world.settle()
  return incident.updates[0]?.id ?? ''
}

async function talking(locale: 'en' | 'el' = 'en') {
  const contact = await world.contact(locale)
  const { started } = await startConversation(contact.ctx, {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'zzz',
    fileIds: [],
    locale,
  })
  const id = started.conversation.id as ConversationId
  const follow = (incidentId: string, who = contact) =>
    world.app.inject({
      method: 'POST',
      url: `/api/v1/widget/conversations/${id}/incidents/${incidentId}/follow`,
      headers: who.headers,
      payload: {},
    })
  const said = async (words: string): Promise<Message[]> => {
    await world.settle()
    const answer = await world.app.inject({
      url: `/api/v1/widget/conversations/${id}/messages`,
      headers: contact.headers,
    })
    return answer.json<MessageList>().messages.filter(({ body }) => body.includes(words))
  }
  return { contact, id, follow, said }
}

test('a conversation that follows is told when it is over, by the assistant, once', async () => {
  const incident = await open()
  const { follow, said } = await talking()
  for (let n = 0; n < 3; n += 1) expect((await follow(incident.id)).statusCode).toBe(204)
  expect(await said('as soon as')).toHaveLength(1)
  await say(incident.id, 'identified', 'A gateway is broken.')
  const updateId = await say(incident.id, 'resolved', 'A gateway was added.')
  await expect.poll(async () => (await said('A gateway was added.')).length, { timeout: 20_000 }).toBe(1)
  await Promise.all([1, 2, 3].map(() => tellFollowers(system(), { incidentId: incident.id, updateId }, settings)))
  const [told, ...more] = await said('A gateway was added.')
  expect(more).toEqual([])
  expect(told).toMatchObject({ author: { type: 'assistant' }, body: '“Slower uploads” is over. A gateway was added.' })
  expect(await said('A gateway is broken.')).toEqual([])
})

test('it is told in the language of the conversation, also when a person has it and when it was resolved', async () => {
  const incident = await open()
  const { id, follow, said } = await talking('el')
  await follow(incident.id)
  await takeOverConversation(agent.ctx, id)
  await resolveConversation(agent.ctx, id)
  await say(incident.id, 'resolved', 'Mended.')
  await expect.poll(async () => (await said('έληξε')).length, { timeout: 20_000 }).toBe(1)
  const [row] = await world.rows('SELECT status, handling FROM conversations WHERE id = $1', [id])
  expect(row).toEqual({ status: 'resolved', handling: 'agent' })
})

test('who has left gets a mail as well', async () => {
  const incident = await open()
  const { contact, follow, said } = await talking()
  await identifyContact(contact.ctx, { email: 'left@customer.example' })
  await follow(incident.id)
  await say(incident.id, 'resolved', 'Mended.')
  await expect.poll(async () => (await said('Mended.')).length, { timeout: 20_000 }).toBe(1)
  const [told] = await said('Mended.')
  const jobs = await world.rows(`SELECT name FROM pgboss.job WHERE id = $1`, [told?.id])
  expect(jobs).toEqual([{ name: 'notifications.mail_reply' }])
})

test('what is over already is said at once, and nobody waits for it', async () => {
  const incident = await open()
  await say(incident.id, 'resolved', 'Mended.')
  const { follow, said } = await talking()
  await follow(incident.id)
  expect(await said('is over already')).toHaveLength(1)
  expect(await world.rows('SELECT 1 FROM status_followers WHERE incident_id = $1', [incident.id])).toEqual([])
})

test('every update is told to who asked for every one', async () => {
  const incident = await open()
  const { id, said } = await talking()
  const about = { conversationId: id, incidentId: incident.id, everyUpdate: true }
  const first = await system().transaction((tx) => followIncident(tx, about))
  const again = await world.as({ type: 'assistant' }).transaction((tx) => followIncident(tx, about))
  expect([first.state, again.state]).toEqual(['following', 'known'])
  await say(incident.id, 'identified', 'A gateway is broken.')
  await expect.poll(async () => (await said('News about')).length, { timeout: 20_000 }).toBe(1)
})

test('somebody else’s conversation, and an incident that is not there, cannot be followed', async () => {
  const incident = await open()
  const { contact, id, follow } = await talking()
  const other = await world.contact()
  expect((await follow(incident.id, other)).statusCode).toBe(404)
  expect((await follow(randomUUID())).statusCode).toBe(404)
  const about = { conversationId: id, incidentId: incident.id }
  for (const ctx of [contact.ctx, agent.ctx])
    await expect(ctx.transaction((tx) => followIncident(tx, about))).rejects.toThrow('permission.denied')
})
