import { randomUUID } from 'node:crypto'
import type { Message } from '@clew/contract/conversations'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const drive = 'https://drive.google.com/file/d/1aB-cD_eFgHiJkLmNoPqRsTuVwXyZ0123/view?usp=sharing'
const dropbox = 'https://www.dropbox.com/scl/fi/a1b2c3d4/app.har?rlkey=xyz123abc456def789ghi0&dl=0'

async function say(body: string): Promise<Message[]> {
  const contact = await world.contact()
  const started = await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/conversations',
    headers: contact.headers,
    payload: { clientConversationId: randomUUID(), clientMessageId: randomUUID(), body, locale: 'en' },
  })
  const { conversation } = started.json<{ conversation: { id: string } }>()
  const list = await world.app.inject({
    url: `/api/v1/widget/conversations/${conversation.id}/messages`,
    headers: contact.headers,
  })
  return list.json<{ messages: Message[] }>().messages
}

test('a file that is shared from elsewhere is on the case, with its host, and still opens', async () => {
  const [message, activity] = await say(`the recording is too large: ${drive} and password=hunter2hunter2`)
  expect(message?.body).toContain(drive)
  expect(message?.body).not.toContain('hunter2')
  expect(activity?.activity).toEqual({
    type: 'shared_file',
    provider: 'google_drive',
    host: 'drive.google.com',
    url: drive,
    isFolder: false,
    access: 'view',
  })
})

test('a link that anyone may edit, or that does not say, is marked as such', async () => {
  const messages = await say(`${drive.replace('/view', '/edit')} or ${dropbox}`)
  expect(messages.flatMap(({ activity }) => (activity?.type === 'shared_file' ? [activity.access] : []))).toEqual([
    'edit',
    'unknown',
  ])
})

test('a key outside such a link is masked as ever', async () => {
  const [message] = await say('https://evil.example/?rlkey=xyz123abc456def789ghi0&authkey=ABCdef123ghi456')
  expect(message?.body).not.toContain('xyz123abc456def789ghi0')
})

test('the server never follows it', async () => {
  const followed = vi.spyOn(globalThis, 'fetch')
  await say(`see ${drive} ${dropbox}`)
  await world.settle()
  expect(followed).not.toHaveBeenCalled()
  followed.mockRestore()
})

test('a later message is read for it as well, once for each repeat of the message', async () => {
  const contact = await world.contact()
  const post = (path: string, payload: object) =>
    world.app.inject({ method: 'POST', url: `/api/v1/widget/conversations${path}`, headers: contact.headers, payload })
  const started = await post('', {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'hello',
    locale: 'en',
  })
  const { id } = started.json<{ conversation: { id: string } }>().conversation
  const again = { clientMessageId: randomUUID(), body: drive }
  await post(`/${id}/messages`, again)
  await post(`/${id}/messages`, again)
  const rows = await world.rows(
    `SELECT 1 FROM messages WHERE conversation_id = $1 AND content -> 'activity' ->> 'type' = 'shared_file'`,
    [id],
  )
  expect(rows).toHaveLength(1)
})
