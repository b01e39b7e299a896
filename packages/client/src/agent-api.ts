import type { CaptureEntryDetail } from '@clew/contract/capture-entries'
import type { CaptureDetail, CaptureLinkList, CreateCaptureLink, CreatedCaptureLink } from '@clew/contract/captures'
import type { Case, SetFact } from '@clew/contract/cases'
import type {
  Conversation,
  ConversationList,
  ConversationSnapshot,
  ConversationTags,
  FoundConversations,
  InboxView,
  Message,
  MessageList,
  Presence,
  SendAgentMessage,
  TagList,
} from '@clew/contract/conversations'
import type { StoredFile } from '@clew/contract/files'
import type { AgentWalkState, AnswerWalk, StartWalk, WalkedFlowList } from '@clew/contract/flow-runs'
import type { MemberRole } from '@clew/contract/permissions'
import type { Locale } from '@clew/contract/primitives'
import type { AgentSession, Invitation, MemberList } from '@clew/contract/sessions'
import type { Http } from './http.ts'
import { type Upload, uploadFile } from './upload.ts'

export type AgentApi = ReturnType<typeof createAgentApi>

/** Where the team's feed is: `openFeed({ ...agentFeedPaths, … })`. */
export const agentFeedPaths = { streamPath: '/stream', eventsPath: '/events' } as const

export type InboxQuery = { view: InboxView; tag?: string; cursor?: string; limit?: number }

/** The routes of the agent workspace. */
export function createAgentApi(http: Http) {
  const post = <T>(path: string, body: unknown) => http.request<T>('POST', path, { body })
  return {
    ...sessionRoutes(http),
    conversations: (query: InboxQuery) => http.request<ConversationList>('GET', '/conversations', { query }),
    findConversations: (q: string) => http.request<FoundConversations>('GET', '/conversations/found', { query: { q } }),
    othersOfContact: (id: string) => http.request<FoundConversations>('GET', `${conversationPath(id)}/others`),
    conversation: (id: string) => http.request<ConversationSnapshot>('GET', conversationPath(id)),
    messagesAfter: (id: string, after: number) =>
      http.request<MessageList>('GET', `${conversationPath(id)}/messages`, { query: { after } }),
    sendMessage: (id: string, input: SendAgentMessage) => post<Message>(`${conversationPath(id)}/messages`, input),
    assign: (id: string, agentId: string | null) =>
      post<Conversation>(`${conversationPath(id)}/assignment`, { agentId }),
    callAssistantBack: (id: string) => post<Conversation>(`${conversationPath(id)}/assistant`, {}),
    takeOver: (id: string) => post<Conversation>(`${conversationPath(id)}/take-over`, {}),
    resolve: (id: string) => post<Conversation>(`${conversationPath(id)}/resolve`, {}),
    reopen: (id: string) => post<Conversation>(`${conversationPath(id)}/reopen`, {}),
    snooze: (id: string, until: string) => post<Conversation>(`${conversationPath(id)}/snooze`, { until }),
    wake: (id: string) => post<Conversation>(`${conversationPath(id)}/wake`, {}),
    setFact: (id: string, input: SetFact) => http.request<Case>('PUT', `${conversationPath(id)}/case`, { body: input }),
    sayPresence: (id: string, state: Presence['state']) => post<void>(`${conversationPath(id)}/presence`, { state }),
    capture: (id: string) => http.request<CaptureDetail>('GET', `/captures/${encodeURIComponent(id)}`),
    walkedFlows: (id: string, locale: Locale) =>
      http.request<WalkedFlowList>('GET', `/conversations/${encodeURIComponent(id)}/flows`, { query: { locale } }),
    ...taggingRoutes(http),
    ...walkRoutes(http),
    captureEntry: (id: string, index: number) =>
      http.request<CaptureEntryDetail>('GET', `/captures/${encodeURIComponent(id)}/entries/${index}`),
    share: (of: Shareable, input: CreateCaptureLink) => post<CreatedCaptureLink>(linksPath(of), input),
    linksOf: (of: Shareable) => http.request<CaptureLinkList>('GET', linksPath(of)),
    revokeLink: (of: Shareable, linkId: string) =>
      http.request<void>('DELETE', `${linksPath(of)}/${encodeURIComponent(linkId)}`),
    uploadFile: (upload: Upload): Promise<StoredFile> => uploadFile(http, '/files', upload),
    fileUrl: (id: string) => http.url(`/files/${encodeURIComponent(id)}`),
  }
}

function taggingRoutes(http: Http) {
  const path = (id: string) => `${conversationPath(id)}/tags`
  return {
    tagsInUse: () => http.request<TagList>('GET', '/tags'),
    addTag: (id: string, tag: string) => http.request<ConversationTags>('POST', path(id), { body: { tag } }),
    removeTag: (id: string, tag: string) =>
      http.request<ConversationTags>('DELETE', `${path(id)}/${encodeURIComponent(tag)}`),
  }
}

/** A flow that the agent walks; `locale` is the agent's. */
function walkRoutes(http: Http) {
  const path = (id: string) => `${conversationPath(id)}/walk`
  return {
    agentWalk: (id: string, locale: Locale) => http.request<AgentWalkState>('GET', path(id), { query: { locale } }),
    startWalk: (id: string, locale: Locale, body: StartWalk) =>
      http.request<AgentWalkState>('POST', path(id), { query: { locale }, body }),
    answerWalk: (id: string, locale: Locale, body: AnswerWalk) =>
      http.request<AgentWalkState>('POST', `${path(id)}/answers`, { query: { locale }, body }),
  }
}

/** What a view-only link can lead to. */
export type Shareable = { kind: 'captures' | 'files'; id: string }

const linksPath = ({ kind, id }: Shareable): string => `/${kind}/${encodeURIComponent(id)}/links`

function sessionRoutes(http: Http) {
  const post = <T>(path: string, body: unknown) => http.request<T>('POST', path, { body })
  return {
    setupState: () => http.request<{ needed: boolean }>('GET', '/setup'),
    setUpOwner: (input: { token: string; name: string; email: string; password: string }) =>
      post<AgentSession>('/setup', input),
    signIn: (input: { email: string; password: string }) => post<AgentSession>('/session', input),
    session: () => http.request<AgentSession>('GET', '/session'),
    signOut: () => http.request<void>('DELETE', '/session'),
    members: () => http.request<MemberList>('GET', '/members'),
    invite: (input: { email: string; role: MemberRole; locale: Locale }) => post<Invitation>('/invitations', input),
    acceptInvitation: (input: { token: string; name: string; password: string }) =>
      post<AgentSession>('/invitations/accept', input),
  }
}

const conversationPath = (id: string): string => `/conversations/${encodeURIComponent(id)}`
