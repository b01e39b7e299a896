import { AttachCapture, CaptureSummary } from '@clew/contract/captures'
import {
  Conversation,
  MarkRead,
  Message,
  MessageList,
  MessagesAfter,
  OwnConversations,
  SendContactMessage,
  StartConversation,
  StartedConversation,
} from '@clew/contract/conversations'
import { ConversationId, Empty } from '@clew/contract/primitives'
import { IdentifyContact } from '@clew/contract/sessions'
import { z } from 'zod'
import type { SendSignal } from '../../platform/realtime.ts'
import { type AnyRoute, noContent, ok, once, route } from '../../platform/routes.ts'
import { attachCapture } from './use-cases/attach-capture.ts'
import { handOverConversation } from './use-cases/hand-over.ts'
import { identifyContact } from './use-cases/identify-contact.ts'
import { listOwnConversations } from './use-cases/list-conversations.ts'
import { markRead } from './use-cases/mark-read.ts'
import { readConversation, readMessages } from './use-cases/read-conversation.ts'
import { sendContactMessage } from './use-cases/send-contact-message.ts'
import { showContactTyping } from './use-cases/show-presence.ts'
import { startConversation } from './use-cases/start-conversation.ts'

const params = z.object({ conversationId: ConversationId })
const path = '/widget/conversations/:conversationId'
const audience = 'contact' as const

export const contactRoutes = ({ signal }: { signal: SendSignal }): readonly AnyRoute[] => [
  ...readingRoutes,
  ...sendingRoutes,
  ...besidesRoutes(signal),
]

const readingRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/widget/conversations',
    audience,
    summary: 'The conversations of this contact',
    responses: { 200: OwnConversations },
    run: async (ctx) => ok(await listOwnConversations(ctx)),
  }),
  route({
    method: 'GET',
    path: `${path}/messages`,
    audience,
    summary: 'Messages after a number',
    params,
    query: MessagesAfter,
    responses: { 200: MessageList },
    run: async (ctx, input) => ok(await readMessages(ctx, input.params.conversationId, input.query)),
  }),
]

const sendingRoutes: readonly AnyRoute[] = [
  route({
    method: 'POST',
    path: '/widget/conversations',
    audience,
    summary: 'Start a conversation with its first message',
    body: StartConversation,
    responses: { 200: StartedConversation, 201: StartedConversation },
    limit: { perMinute: 20 },
    run: async (ctx, { body }) => {
      const { started, repeated } = await startConversation(ctx, body)
      return once({ repeated, body: started })
    },
  }),
  route({
    method: 'POST',
    path: `${path}/messages`,
    audience,
    summary: 'Send a message',
    params,
    body: SendContactMessage,
    responses: { 200: Message, 201: Message },
    limit: { perMinute: 60 },
    run: async (ctx, input) => {
      const { message, repeated } = await sendContactMessage(ctx, input.params.conversationId, input.body)
      return once({ repeated, body: message })
    },
  }),
  route({
    method: 'POST',
    path: `${path}/captures`,
    audience,
    summary: 'Attach a sanitised HAR that was uploaded before',
    params,
    body: AttachCapture,
    responses: {
      200: z.object({ message: Message, capture: CaptureSummary }),
      201: z.object({ message: Message, capture: CaptureSummary }),
    },
    limit: { perMinute: 20 },
    run: async (ctx, input) => {
      const { repeated, ...body } = await attachCapture(ctx, input.params.conversationId, input.body)
      return once({ repeated, body })
    },
  }),
]

/** What goes on beside the words: asking for a person, having read, typing, saying who one is. */
const besidesRoutes = (signal: SendSignal): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: `${path}/handover`,
    audience,
    summary: 'Ask for a person',
    params,
    body: Empty,
    responses: { 200: Conversation },
    run: async (ctx, input) => {
      await handOverConversation(ctx, input.params.conversationId, { reason: 'asked' })
      return ok(await readConversation(ctx, input.params.conversationId))
    },
  }),
  route({
    method: 'POST',
    path: `${path}/read`,
    audience,
    summary: 'Everything up to this number was seen',
    params,
    body: MarkRead,
    responses: { 204: null },
    run: async (ctx, input) => {
      await markRead(ctx, input.params.conversationId, input.body.seq)
      return noContent()
    },
  }),
  route({
    method: 'POST',
    path: `${path}/typing`,
    audience,
    summary: 'The contact is writing',
    params,
    body: Empty,
    responses: { 204: null },
    run: async (ctx, input) => {
      await showContactTyping(ctx, input.params.conversationId, signal)
      return noContent()
    },
  }),
  route({
    method: 'PATCH',
    path: '/widget/contact',
    audience,
    summary: 'Say who you are',
    body: IdentifyContact,
    responses: { 204: null },
    run: async (ctx, { body }) => {
      await identifyContact(ctx, body)
      return noContent()
    },
  }),
]
