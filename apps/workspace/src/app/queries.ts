import { inboxFromList } from '@clew/client/inbox-state'
import { fromTeamSnapshot } from '@clew/client/team-state'
import type { InboxView } from '@clew/contract/conversations'
import type { Locale } from '@clew/contract/primitives'
import { queryOptions } from '@tanstack/react-query'
import { api } from './api.ts'

export const sessionQuery = queryOptions({ queryKey: ['session'], queryFn: api.session, retry: false })

export const membersQuery = queryOptions({ queryKey: ['members'], queryFn: api.members })

/** A list; with a tag, of those conversations alone that have it. */
export const inboxQuery = (view: InboxView, tag?: string) =>
  queryOptions({
    queryKey: tag === undefined ? ['inbox', view] : ['inbox', view, tag],
    queryFn: async () => inboxFromList(await api.conversations({ view, ...(tag === undefined ? {} : { tag }) })),
  })

/** What was found is asked for anew whenever it is shown; until then events keep it true. */
export const foundQuery = (q: string) =>
  queryOptions({
    queryKey: ['found', q],
    queryFn: async () => (await api.findConversations(q)).conversations,
    staleTime: 0,
    gcTime: 60_000,
  })

export const tagsQuery = queryOptions({ queryKey: ['tags'], queryFn: api.tagsInUse })

export const conversationQuery = (id: string) =>
  queryOptions({ queryKey: ['conversation', id], queryFn: async () => fromTeamSnapshot(await api.conversation(id)) })

/** What else the contact has asked; asked anew whenever a conversation is opened. */
export const othersQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation', id, 'others'],
    queryFn: async () => (await api.othersOfContact(id)).conversations,
    staleTime: 0,
  })

/** What flows say to the agent; looked up again when something was said. */
export const walkedFlowsQuery = (id: string, { locale, seq }: { locale: Locale; seq: number }) =>
  queryOptions({ queryKey: ['conversation', id, 'flows', locale, seq], queryFn: () => api.walkedFlows(id, locale) })

/** The flow that the agent walks, and those that can be walked. */
export const agentWalkQuery = (id: string, locale: Locale) =>
  queryOptions({ queryKey: ['conversation', id, 'walk', locale], queryFn: () => api.agentWalk(id, locale) })

export const captureQuery = (id: string) => queryOptions({ queryKey: ['capture', id], queryFn: () => api.capture(id) })

/** Nothing of an entry changes once the capture was read. */
export const captureEntryQuery = (id: string, index: number) =>
  queryOptions({
    queryKey: ['capture', id, 'entry', index],
    queryFn: () => api.captureEntry(id, index),
    staleTime: Number.POSITIVE_INFINITY,
  })
