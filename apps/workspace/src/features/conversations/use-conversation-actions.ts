import { withConversation } from '@clew/client/conversation-state'
import { belongsTo, type InboxState } from '@clew/client/inbox-state'
import type { Conversation, InboxView } from '@clew/contract/conversations'
import type { Member } from '@clew/contract/sessions'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { errorText, isSessionOver } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { conversationQuery } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { sessionOver } from '../../app/session-over.ts'
import { showToast } from '../../app/toasts.tsx'
import { caseNumber } from './names.ts'

export type ConversationActions = {
  resolve(conversation: Conversation): Promise<void>
  reopen(conversation: Conversation): Promise<void>
  assign(conversation: Conversation, agent: Pick<Member, 'id' | 'name'> | undefined): Promise<void>
  takeOver(conversation: Conversation): Promise<void>
  callAssistantBack(conversation: Conversation): Promise<void>
}

/** Changes show at once; what the server then says replaces them, and a refusal puts them back. */
export function useConversationActions(): ConversationActions {
  const t = useT()
  const { member } = useSession()
  const queryClient = useQueryClient()

  const act = async (before: Conversation, expected: Conversation, call: () => Promise<Conversation>) => {
    put(queryClient, expected, member.id)
    try {
      put(queryClient, await call(), member.id)
      return true
    } catch (error) {
      put(queryClient, before, member.id)
      if (isSessionOver(error)) sessionOver()
      else showToast({ tone: 'problem', text: t('workspace.action_failed', { reason: errorText(t, error) }) })
      return false
    }
  }

  const resolve: ConversationActions['resolve'] = async (conversation) => {
    const done = await act(conversation, { ...conversation, status: 'resolved' }, () => api.resolve(conversation.id))
    if (done)
      showToast({
        text: t('workspace.toast_resolved', { number: caseNumber(conversation) }),
        action: { label: t('workspace.undo'), run: () => void reopen(conversation) },
      })
  }
  const reopen: ConversationActions['reopen'] = async (conversation) => {
    const done = await act(conversation, { ...conversation, status: 'open' }, () => api.reopen(conversation.id))
    if (done) showToast({ text: t('workspace.toast_reopened', { number: caseNumber(conversation) }) })
  }
  return {
    resolve,
    reopen,
    async assign(conversation, agent) {
      const { assignee: _before, ...rest } = conversation
      const expected = agent === undefined ? rest : { ...rest, assignee: { id: agent.id, name: agent.name } }
      await act(conversation, expected, () => api.assign(conversation.id, agent?.id ?? null))
    },
    async callAssistantBack(conversation) {
      const { assignee: _before, waitingSince: _since, ...rest } = conversation
      const expected: Conversation = { ...rest, handling: 'assistant' }
      await act(conversation, expected, () => api.callAssistantBack(conversation.id))
    },
    async takeOver(conversation) {
      const assignee = { id: member.id, name: member.name }
      const expected: Conversation = { ...conversation, handling: 'agent', assignee }
      await act(conversation, expected, () => api.takeOver(conversation.id))
    },
  }
}

// Counts stay as they are until the event comes: it knows what the conversation was before.
function put(queryClient: QueryClient, conversation: Conversation, me: string): void {
  queryClient.setQueryData(
    conversationQuery(conversation.id).queryKey,
    (state) => state && withConversation(state, conversation),
  )
  for (const { queryKey } of queryClient.getQueryCache().findAll({ queryKey: ['inbox'] })) {
    const [, view, tag] = queryKey as [string, InboxView, string | undefined]
    queryClient.setQueryData<InboxState>(queryKey, (inbox) => {
      if (inbox === undefined) return undefined
      const others = inbox.conversations.filter(({ id }) => id !== conversation.id)
      const isOfTag = tag === undefined || inbox.tags[conversation.id]?.includes(tag) === true
      return {
        ...inbox,
        conversations: isOfTag && belongsTo(view, conversation, me) ? [conversation, ...others] : others,
      }
    })
  }
}
