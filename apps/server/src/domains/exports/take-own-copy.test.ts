import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { FileId } from '@clew/contract/primitives'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../testkit/world.ts'
import { sendContactMessage, startConversation } from '../conversations/index.ts'
import { takeOwnCopy } from './index.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

async function filesOf(body: Readable): Promise<Map<string, string>> {
  const pieces: Buffer[] = []
  for await (const piece of body as AsyncIterable<Buffer>) pieces.push(piece)
  const zip = new ZipReader(new Uint8ArrayReader(Buffer.concat(pieces)), { useWebWorkers: false })
  const files = new Map<string, string>()
  for (const entry of await zip.getEntries())
    if (!entry.directory) files.set(entry.filename, Buffer.from(await entry.getData(new Uint8ArrayWriter())).toString())
  return files
}

async function asked(body: string) {
  const contact = await world.contact()
  const fileId = randomUUID() as FileId
  const stored = await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/files',
    headers: {
      ...contact.headers,
      'x-clew-file-id': fileId,
      'x-clew-file-name': encodeURIComponent('../notes.txt'),
      'content-type': 'text/plain',
    },
    payload: `file of: ${body}`,
  })
  expect(stored.statusCode).toBe(201)
  const { started } = await startConversation(contact.ctx, {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body,
    fileIds: [],
    locale: 'en',
  })
  const { id, number } = started.conversation
  await sendContactMessage(contact.ctx, id, { clientMessageId: randomUUID(), body: 'Here it is', fileIds: [fileId] })
  await world.settle()
  return { contact, id, number }
}

const take = (contactIds: readonly Awaited<ReturnType<World['contact']>>['id'][]) =>
  takeOwnCopy(world.clew.newCtx('test'), { contactIds }, world.clew.house.exporting)

test('a person gets all that is theirs, with the files, and nothing of anybody else or of what the team says', async () => {
  await world.supportTeam()
  const [mine, theirs] = [await asked('My question'), await asked('Their question')]
  const agent = await world.agent('Agent')
  await world.rows(
    `INSERT INTO messages (id, conversation_id, contact_id, seq, kind, internal, author_type, author_id, author_name, body, created_at)
     SELECT $2, id, contact_id, 9999, 'note', true, 'agent', $3, 'Agent', 'a note of the team', now() FROM conversations WHERE id = $1`,
    [mine.id, randomUUID(), agent.id],
  )
  const { name, body } = await take([mine.contact.id])
  expect(name).toBe('my-data-2026-11-24.zip')
  const files = await filesOf(body)
  const names = [...files.keys()]
  expect(names.slice(0, 2)).toEqual(['person.json', `cases/C-${mine.number}.json`])
  expect(names[2]).toMatch(new RegExp(`^files/C-${mine.number}/[0-9a-f]{8}-notes\\.txt$`))
  expect(files.get(names[2] ?? '')).toBe('file of: My question')
  const told = JSON.parse(files.get(names[1] ?? '') ?? '')
  expect(told.messages.map((each: { body: string }) => each.body)).toContain('My question')
  for (const text of files.values()) expect(text).not.toMatch(/Their question|a note of the team/)
  expect(theirs.number).not.toBe(mine.number)
  const logged = await world.rows(`SELECT action, actor_id FROM audit_events WHERE action = 'export.downloaded'`)
  expect(logged).toEqual([{ action: 'export.downloaded', actor_id: mine.contact.id }])
})

test('five times a day, also when all are asked for at once', async () => {
  const { contact } = await asked('Once more')
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => take([contact.id])))
  for (const each of tries) if (each.status === 'fulfilled') each.value.body.destroy()
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
  await expect(take([contact.id])).rejects.toThrow('export.too_often')
  world.clock.advance(86_400_001)
  ;(await take([contact.id])).body.destroy()
})

test('only the pages of the person themselves can take it', async () => {
  const { contact } = await asked('Not by hand')
  await expect(takeOwnCopy(contact.ctx, { contactIds: [contact.id] }, world.clew.house.exporting)).rejects.toThrow(
    'permission.denied',
  )
  await expect(take([])).rejects.toThrow('export.not_found')
})
