import { randomUUID } from 'node:crypto'
import type { Locale } from '@clew/contract/primitives'
import { sendContactMessage, startConversation } from '../domains/conversations/index.ts'
import type { World } from './world.ts'

/** A contact who begins a conversation, and writes or presses as the bubble does. Nothing is waited for. */
export async function openTalk(world: World, first: string, locale: Locale = 'en') {
  const contact = await world.contact(locale)
  const { started } = await startConversation(contact.ctx, {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: first,
    fileIds: [],
    locale,
  })
  const { id } = started.conversation
  const write = (body: string, quickReplyId?: string) =>
    sendContactMessage(contact.ctx, id, {
      clientMessageId: randomUUID(),
      body,
      fileIds: [],
      ...(quickReplyId ? { quickReplyId } : {}),
    })
  return { contact, id, write }
}

/** The same, each time until everything that follows has been done. */
export async function talkIn(world: World, first: string, locale: Locale = 'en') {
  const { contact, id, write } = await openTalk(world, first, locale)
  await world.settle()
  const say = async (body: string, quickReplyId?: string): Promise<void> => {
    await write(body, quickReplyId)
    await world.settle()
  }
  /** Presses one button after the other. */
  const walk = async (...quickReplyIds: readonly string[]): Promise<void> => {
    for (const quickReplyId of quickReplyIds) await say(quickReplyId, quickReplyId)
  }
  return { contact, id, say, walk }
}
