import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { findConversations, listOthersOfContact } from './find-conversations.ts'
import { identifyContact } from './identify-contact.ts'
import { resolveConversation } from './resolve-conversation.ts'
import { startConversation } from './start-conversation.ts'

let world: World
let agent: Awaited<ReturnType<World['agent']>>
let ann: Awaited<ReturnType<World['contact']>>
const numbers: Record<string, number> = {}
beforeAll(async () => {
  world = await createWorld()
  agent = await world.agent('Maria')
  ann = await world.contact()
  await identifyContact(ann.ctx, { name: 'Άννα Ρήγα', email: 'Anna@customer.example' })
  numbers['upload'] = await asks(ann, 'The upload stops at 100% of a file')
  numbers['invoice'] = await asks(await world.contact(), 'Το τιμολόγιο έχει λάθος διεύθυνση')
  numbers['done'] = await asks(await world.contact(), 'An old invoice')
})
afterAll(() => world.close())

async function asks(who: typeof ann, body: string): Promise<number> {
  const ids = { clientConversationId: randomUUID(), clientMessageId: randomUUID() }
  const { started } = await startConversation(who.ctx, { ...ids, body, fileIds: [], locale: 'en' })
  await world.settle()
  if (body.includes('old')) await resolveConversation(agent.ctx, started.conversation.id)
  return started.conversation.number
}

const found = async (q: string) => (await findConversations(agent.ctx, q)).conversations.map(({ number }) => number)

describe('an agent finds a conversation', () => {
  test('by its number, with and without the letter', async () => {
    for (const q of [`C-${numbers['upload']}`, `c${numbers['upload']}`, String(numbers['upload'])])
      expect(await found(q)).toEqual([numbers['upload']])
  })

  test('by the address of whoever asked, whole or in part', async () => {
    expect(await found('anna@CUSTOMER.example')).toEqual([numbers['upload']])
    expect(await found('customer.exa')).toEqual([numbers['upload']])
  })

  test('by a name or words of the subject, whatever the case and the accents, resolved ones too', async () => {
    expect(await found('αννα ρηγα')).toEqual([numbers['upload']])
    expect(await found('ΤΙΜΟΛΟΓΙΟ')).toEqual([numbers['invoice']])
    expect(await found('invoice')).toEqual([numbers['done']])
  })

  test('by signs that are themselves, and by nothing that nobody wrote', async () => {
    expect(await found('100%')).toEqual([numbers['upload']])
    expect(await found('%')).toEqual([numbers['upload']])
    expect(await found('nowhere to be found')).toEqual([])
  })

  test('beside another of the same person, and not beside a stranger’s', async () => {
    const { conversations } = await findConversations(agent.ctx, `C-${numbers['upload']}`)
    const [first] = conversations
    if (first === undefined) throw new Error('nothing was found')
    expect(await listOthersOfContact(agent.ctx, first.id)).toEqual({ conversations: [] })
    const second = await asks(ann, 'And the preview is blank')
    const others = await listOthersOfContact(agent.ctx, first.id)
    expect(others.conversations.map(({ number }) => number)).toEqual([second])
    await expect(listOthersOfContact(ann.ctx, first.id)).rejects.toThrow('permission.denied')
  })

  test('nobody else does', async () => {
    await expect(findConversations(ann.ctx, 'upload')).rejects.toThrow('permission.denied')
  })
})
