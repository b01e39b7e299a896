import {
  AssignConversation,
  Conversation,
  ConversationList,
  ConversationTags,
  FindConversations,
  FoundConversations,
  ListConversations,
  Message,
  MessageList,
  MessagesAfter,
  Presence,
  SendAgentMessage,
  SnoozeConversation,
  Tag,
  TagList,
} from '@clew/contract/conversations'
import { ConversationId, Empty } from '@clew/contract/primitives'
import { z } from 'zod'
import type { Ctx } from '../../platform/ctx.ts'
import type { SendSignal } from '../../platform/realtime.ts'
import { type AnyRoute, noContent, ok, once, route } from '../../platform/routes.ts'
import type { PresenceBoard } from './presence.ts'
import { assignConversation, takeOverConversation } from './use-cases/assign-conversation.ts'
import { callAssistantBack } from './use-cases/call-assistant-back.ts'
import { findConversations, listOthersOfContact } from './use-cases/find-conversations.ts'
import { listConversations } from './use-cases/list-conversations.ts'
import { readConversation, readMessages } from './use-cases/read-conversation.ts'
import { reopenConversation, resolveConversation } from './use-cases/resolve-conversation.ts'
import { sendAgentMessage } from './use-cases/send-agent-message.ts'
import { showPresence } from './use-cases/show-presence.ts'
import { snoozeConversation, wakeConversation } from './use-cases/snooze-conversation.ts'
import { listTagsInUse, tagConversation, untagConversation } from './use-cases/tag-conversation.ts'

const params = z.object({ conversationId: ConversationId })
const path = '/conversations/:conversationId'
const audience = 'team' as const

/** A verb on a conversation that needs nothing but its id and answers with how it is now. */
const verb = (name: string, summary: string, run: (ctx: Ctx, id: ConversationId) => Promise<void>): AnyRoute =>
  route({
    method: 'POST',
    path: `${path}/${name}`,
    audience,
    summary,
    params,
    body: Empty,
    responses: { 200: Conversation },
    run: async (ctx, input) => {
      await run(ctx, input.params.conversationId)
      return ok(await readConversation(ctx, input.params.conversationId))
    },
  })

export const teamRoutes = (parts: { board: PresenceBoard; signal: SendSignal }): readonly AnyRoute[] => [
  ...workingRoutes,
  ...tagRoutes,
  presenceRoute(parts),
]

const workingRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/conversations',
    audience,
    summary: 'A page of the inbox',
    query: ListConversations,
    responses: { 200: ConversationList },
    run: async (ctx, { query }) => ok(await listConversations(ctx, query)),
  }),
  route({
    method: 'GET',
    path: '/conversations/found',
    audience,
    summary: 'Conversations by a number, an address, or words of a subject or a name',
    query: FindConversations,
    responses: { 200: FoundConversations },
    run: async (ctx, { query }) => ok(await findConversations(ctx, query.q)),
  }),
  route({
    method: 'GET',
    path: `${path}/others`,
    audience,
    summary: 'What else the same contact has asked',
    params,
    responses: { 200: FoundConversations },
    run: async (ctx, input) => ok(await listOthersOfContact(ctx, input.params.conversationId)),
  }),
  route({
    method: 'GET',
    path: `${path}/messages`,
    audience,
    summary: 'Messages and notes after a number',
    params,
    query: MessagesAfter,
    responses: { 200: MessageList },
    run: async (ctx, input) => ok(await readMessages(ctx, input.params.conversationId, input.query)),
  }),
  route({
    method: 'POST',
    path: `${path}/messages`,
    audience,
    summary: 'Reply to the contact, or leave a note to the team',
    params,
    body: SendAgentMessage,
    responses: { 200: Message, 201: Message },
    run: async (ctx, input) => {
      const { message, repeated } = await sendAgentMessage(ctx, input.params.conversationId, input.body)
      return once({ repeated, body: message })
    },
  }),
  route({
    method: 'POST',
    path: `${path}/assignment`,
    audience,
    summary: 'Give the conversation to an agent, or to nobody',
    params,
    body: AssignConversation,
    responses: { 200: Conversation },
    run: async (ctx, input) => {
      await assignConversation(ctx, input.params.conversationId, input.body.agentId)
      return ok(await readConversation(ctx, input.params.conversationId))
    },
  }),
  verb('take-over', 'Take the conversation from the assistant', takeOverConversation),
  verb('assistant', 'Give it back to the assistant', callAssistantBack),
  verb('resolve', 'Mark the matter as solved', resolveConversation),
  verb('reopen', 'Open a resolved conversation again', reopenConversation),
  route({
    method: 'POST',
    path: `${path}/snooze`,
    audience,
    summary: 'Put the conversation off until a time',
    params,
    body: SnoozeConversation,
    responses: { 200: Conversation },
    run: async (ctx, { params: { conversationId }, body }) => {
      await snoozeConversation(ctx, conversationId, new Date(body.until))
      return ok(await readConversation(ctx, conversationId))
    },
  }),
  verb('wake', 'Have a conversation back that was put off', wakeConversation),
]

const tagRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/tags',
    audience,
    summary: 'The tags in use',
    responses: { 200: TagList },
    run: async (ctx) => ok(await listTagsInUse(ctx)),
  }),
  route({
    method: 'POST',
    path: `${path}/tags`,
    audience,
    summary: 'Add a tag',
    params,
    body: z.strictObject({ tag: Tag }),
    responses: { 200: ConversationTags },
    run: async (ctx, { params: { conversationId }, body }) =>
      ok({ tags: await tagConversation(ctx, conversationId, body.tag) }),
  }),
  route({
    method: 'DELETE',
    path: `${path}/tags/:tag`,
    audience,
    summary: 'Take a tag off',
    params: params.extend({ tag: Tag }),
    responses: { 200: ConversationTags },
    run: async (ctx, { params: { conversationId, tag } }) =>
      ok({ tags: await untagConversation(ctx, conversationId, tag) }),
  }),
]

const presenceRoute = (parts: { board: PresenceBoard; signal: SendSignal }): AnyRoute =>
  route({
    method: 'POST',
    path: `${path}/presence`,
    audience,
    summary: 'Show the team that I am looking or writing',
    params,
    body: Presence,
    responses: { 204: null },
    run: async (ctx, input) => {
      await showPresence(ctx, { conversationId: input.params.conversationId, state: input.body.state }, parts)
      return noContent()
    },
  })
