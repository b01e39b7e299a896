import { withConversation } from '@clew/client/conversation-state'
import { belongsTo, type InboxState } from '@clew/client/inbox-state'
import type { Conversation, InboxView } from '@clew/contract/conversations'
import type { AgentId } from '@clew/contract/primitives'
import type { Member } from '@clew/contract/sessions'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { now } from '../../app/clock.ts'
import { errorText, isSessionOver } from '../../app/errors.ts'
import { type Translate, useT } from '../../app/i18n.tsx'
import { conversationQuery } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { sessionOver } from '../../app/session-over.ts'
import { comingMoment } from '../../app/times.ts'
import type { Toast } from '../../app/toast-list.ts'
import { showToast } from '../../app/toasts.tsx'
import { caseNumber } from './names.ts'
import { markSeen } from './seen.ts'

type Agent = Pick<Member, 'id' | 'name'>

export type ConversationActions = {
  resolve(conversation: Conversation): Promise<void>
  reopen(conversation: Conversation): Promise<void>
  assign(conversation: Conversation, agent: Agent | undefined): Promise<void>
  takeOver(conversation: Conversation): Promise<void>
  callAssistantBack(conversation: Conversation): Promise<void>
  snooze(conversation: Conversation, until: Date): Promise<void>
  wake(conversation: Conversation): Promise<void>
}

/** What an agent does with a conversation; each says that it was done, and takes it back. */
export function useConversationActions(): ConversationActions {
  const t = useT()
  const me = useSession().member
  const { change, give, giveToAssistant } = useChanges()

  const goBackTo = ({ handling, assignee, ...before }: Conversation) =>
    handling === 'assistant' ? giveToAssistant({ ...before, handling }) : give({ ...before, handling }, assignee)
  const sayGiven = (conversation: Conversation, agent: Agent | undefined) =>
    say(conversation, givenText(t, conversation, { agent, me: me.id }), {
      label: t('workspace.undo'),
      run: () => void goBackTo(conversation),
    })

  const reopen: ConversationActions['reopen'] = async (conversation) => {
    const done = await change(conversation, { ...conversation, status: 'open' }, () => api.reopen(conversation.id))
    if (done) say(conversation, t('workspace.toast_reopened', { number: caseNumber(conversation) }))
  }
  return {
    reopen,
    ...snoozing(t, me, change),
    async resolve(conversation) {
      const { id } = conversation
      if (!(await change(conversation, { ...conversation, status: 'resolved' }, () => api.resolve(id)))) return
      const undo = { label: t('workspace.undo'), run: () => void reopen(conversation) }
      say(conversation, t('workspace.toast_resolved', { number: caseNumber(conversation) }), undo)
    },
    async assign(conversation, agent) {
      if (conversation.assignee?.id === agent?.id && conversation.handling !== 'assistant') return
      if (await give(conversation, agent)) sayGiven(conversation, agent)
    },
    async callAssistantBack(conversation) {
      const { assignee } = conversation
      if (!(await giveToAssistant(conversation))) return
      const undo = { label: t('workspace.undo'), run: () => void give(conversation, assignee) }
      const text = t('workspace.toast_called_back', { number: caseNumber(conversation) })
      // Without anybody who had it there is no way back: only the contact can ask for a person.
      say(conversation, text, assignee && undo)
    },
    async takeOver(conversation) {
      const expected: Conversation = { ...conversation, handling: 'agent', assignee: { id: me.id, name: me.name } }
      if (await change(conversation, expected, () => api.takeOver(conversation.id))) sayGiven(conversation, me)
    },
  }
}

type Change = ReturnType<typeof useChanges>['change']

/** Putting off and having back; each takes the other back. */
function snoozing(t: Translate, me: Agent, change: Change): Pick<ConversationActions, 'snooze' | 'wake'> {
  const putOff = (conversation: Conversation, until: string) => {
    const expected = { ...conversation, snoozed: { until, by: { id: me.id as AgentId, name: me.name } } }
    return change(conversation, expected, async () => {
      const asleep = await api.snooze(conversation.id, until)
      // What the timeline says of it is no news to who did it.
      markSeen(asleep.id, asleep.lastSeq)
      return asleep
    })
  }
  const haveBack = (conversation: Conversation) => {
    const { snoozed: _before, ...rest } = conversation
    return change(conversation, rest, () => api.wake(conversation.id))
  }
  const goBackTo = (before: Conversation) =>
    void (before.snoozed === undefined ? haveBack(before) : putOff(before, before.snoozed.until))
  return {
    async snooze(conversation, until) {
      if (!(await putOff(conversation, until.toISOString()))) return
      const text = { number: caseNumber(conversation), until: comingMoment(t, until.getTime(), now()) }
      const undo = { label: t('workspace.undo'), run: () => goBackTo(conversation) }
      say(conversation, t('workspace.toast_snoozed', text), undo)
    },
    async wake(conversation) {
      if (!(await haveBack(conversation))) return
      const undo = { label: t('workspace.undo'), run: () => goBackTo(conversation) }
      say(conversation, t('workspace.toast_woken', { number: caseNumber(conversation) }), undo)
    },
  }
}

/** Changes show at once; what the server then says replaces them, and a refusal puts them back. */
function useChanges() {
  const t = useT()
  const { member } = useSession()
  const queryClient = useQueryClient()
  const change = async (before: Conversation, expected: Conversation, call: () => Promise<Conversation>) => {
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
  return {
    change,
    give(conversation: Conversation, agent: Agent | undefined) {
      const { assignee: _before, ...rest } = conversation
      const expected = agent === undefined ? rest : { ...rest, assignee: { id: agent.id, name: agent.name } }
      return change(conversation, expected, () => api.assign(conversation.id, agent?.id ?? null))
    },
    giveToAssistant(conversation: Conversation) {
      const { assignee: _before, waitingSince: _since, ...rest } = conversation
      return change(conversation, { ...rest, handling: 'assistant' }, () => api.callAssistantBack(conversation.id))
    },
  }
}

/** The next one about the same conversation takes its place: only the last step is taken back. */
function say({ id }: Conversation, text: string, action?: Toast['action']): void {
  showToast({ text, about: id, ...(action ? { action } : {}) })
}

type Given = { agent: Agent | undefined; me: string }

function givenText(t: Translate, conversation: Conversation, { agent, me }: Given): string {
  const number = caseNumber(conversation)
  if (agent === undefined) return t('workspace.toast_given_back', { number })
  return agent.id === me
    ? t('workspace.toast_taken', { number })
    : t('workspace.toast_assigned', { number, name: agent.name })
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
