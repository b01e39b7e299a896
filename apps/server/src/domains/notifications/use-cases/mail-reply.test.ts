import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { identifyContact, startConversation } from '../../conversations/index.ts'
import { markRead } from '../../conversations/use-cases/mark-read.ts'
import { sendAgentMessage } from '../../conversations/use-cases/send-agent-message.ts'
import { mailReply } from './mail-reply.ts'

let world: World
let agent: Awaited<ReturnType<World['agent']>>
beforeAll(async () => {
  world = await createWorld()
  agent = await world.agent('Maria Kanaki')
})
afterAll(() => world.close())

async function replied(options: { email?: string; kind?: 'message' | 'note' } = {}) {
  const contact = await world.contact('el')
  const first = {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'Δεν ανεβαίνει',
    fileIds: [],
    locale: 'el' as const,
  }
  const { started } = await startConversation(contact.ctx, first)
  if (options.email) await identifyContact(contact.ctx, { email: options.email })
  const sending = {
    clientMessageId: randomUUID(),
    body: 'Δοκιμάστε ξανά.',
    kind: options.kind ?? 'message',
    fileIds: [],
  }
  const { message } = await sendAgentMessage(agent.ctx, started.conversation.id, sending)
  return { contact, message, about: { conversationId: started.conversation.id, messageId: message.id } }
}
const run = (about: Awaited<ReturnType<typeof replied>>['about']) =>
  mailReply(world.clew.newCtx('notifications.mail_reply'), about, {
    brand: () => 'Northlight',
    baseUrl: () => 'https://help.example',
  })
const mailsTo = (recipient: string) => world.rows('SELECT subject, body FROM mails WHERE recipient = $1', [recipient])

test('a reply that was not read goes to the address the contact gave, once, in their language', async () => {
  const { about } = await replied({ email: 'eleni@customer.example' })
  await run(about)
  await run(about)
  const mails = await mailsTo('eleni@customer.example')
  expect(mails).toHaveLength(1)
  expect(mails[0]?.['subject']).toMatch(/^Απάντηση από Northlight \(C-\d+\)$/)
})

test('what was read in the chat is not mailed', async () => {
  const { contact, about, message } = await replied({ email: 'read@customer.example' })
  await markRead(contact.ctx, about.conversationId, message.seq)
  await run(about)
  expect(await mailsTo('read@customer.example')).toEqual([])
})

test('a note to the team is never mailed, and without an address nothing is', async () => {
  const note = await replied({ email: 'note@customer.example', kind: 'note' })
  await run(note.about)
  expect(await mailsTo('note@customer.example')).toEqual([])
  const before = await world.rows('SELECT count(*)::int AS n FROM mails')
  await run((await replied()).about)
  expect(await world.rows('SELECT count(*)::int AS n FROM mails')).toEqual(before)
})

test('nobody but the product writes such mails', async () => {
  const { about, contact } = await replied({ email: 'x@customer.example' })
  await expect(mailReply(contact.ctx, about, { brand: () => 'N', baseUrl: () => '' })).rejects.toThrow(
    'permission.denied',
  )
})
