import type { Article, ArticleSearch } from '@clew/contract/articles'
import type { ThumbReason } from '@clew/contract/assistant-learning'
import type { AttachCapture, CaptureSummary, SanitisingPolicy } from '@clew/contract/captures'
import type { Case, SetFact } from '@clew/contract/cases'
import type {
  Conversation,
  ConversationSnapshot,
  Message,
  MessageList,
  OwnConversations,
  SendContactMessage,
  StartConversation,
  StartedConversation,
} from '@clew/contract/conversations'
import type { StoredFile, UploadState } from '@clew/contract/files'
import type { NamedFlow } from '@clew/contract/flow-runs'
import type { VerifiedSession } from '@clew/contract/identity'
import type { Locale } from '@clew/contract/primitives'
import type { ContactSession, WidgetSettings } from '@clew/contract/sessions'
import { fetchAgain } from './fetch-again.ts'
import type { CallOptions, Http } from './http.ts'
import type { ResumableUpload } from './resumable.ts'
import { type Upload, uploadFile } from './upload.ts'

export type ContactApi = ReturnType<typeof createContactApi>

/** Where a contact's feed is: `openFeed({ ...contactFeedPaths, … })`. */
export const contactFeedPaths = { streamPath: '/widget/stream', eventsPath: '/widget/events' } as const

/** The routes a contact may call, in the bubble and on the public pages. */
export function createContactApi(http: Http) {
  const get = <T>(path: string, options?: CallOptions) => http.request<T>('GET', path, options)
  const post = <T>(path: string, body: unknown) => http.request<T>('POST', path, { body })

  return {
    startSession: () => post<ContactSession>('/widget/sessions', {}),
    /** Begins the session of the person whom the host page's signed identity names. */
    proveIdentity: (identity: string) => post<VerifiedSession>('/widget/identity', { identity }),
    settings: (locale: Locale, timeZone?: string) =>
      get<WidgetSettings>('/widget/settings', { query: { locale, timeZone } }),
    /** How a capture of whoever is here is cleaned. */
    sanitising: () => get<SanitisingPolicy>('/widget/sanitising'),
    startConversation: (input: StartConversation) => post<StartedConversation>('/widget/conversations', input),
    conversations: () => get<OwnConversations>('/widget/conversations'),
    conversation: (id: string) => get<ConversationSnapshot>(conversationPath(id)),
    messagesAfter: (id: string, after: number) =>
      get<MessageList>(`${conversationPath(id)}/messages`, { query: { after } }),
    sendMessage: (id: string, input: SendContactMessage) => post<Message>(`${conversationPath(id)}/messages`, input),
    askForPerson: (id: string) => post<Conversation>(`${conversationPath(id)}/handover`, {}),
    markRead: (id: string, seq: number) => post<void>(`${conversationPath(id)}/read`, { seq }),
    /** Why the last answer did not help. */
    giveThumbReason: (id: string, reason: ThumbReason) =>
      post<void>(`${conversationPath(id)}/thumb-reason`, { reason }),
    sayTyping: (id: string) => post<void>(`${conversationPath(id)}/typing`, {}),
    setFact: (id: string, input: SetFact) => http.request<Case>('PUT', `${conversationPath(id)}/case`, { body: input }),
    attachCapture: (id: string, input: AttachCapture) =>
      post<{ message: Message; capture: CaptureSummary }>(`${conversationPath(id)}/captures`, input),
    identify: (input: { name?: string; email?: string }) =>
      http.request<void>('PATCH', '/widget/contact', { body: input }),
    uploadFile: (upload: Upload): Promise<StoredFile> => uploadFile(http, '/widget/files', upload),
    /** Begins a resumable upload, so that it can be attached before its bytes are there. */
    beginUpload: async (file: { id: string; name: string; sizeBytes: number }): Promise<UploadState> =>
      (await resumable()).beginUpload(http, uploadsPath, file),
    uploadResumably: async (upload: ResumableUpload): Promise<void> =>
      (await resumable()).uploadResumably(http, uploadsPath, upload),
    /** Ends an unfinished upload; what was received of it is deleted. */
    endUpload: (id: string) =>
      http.request<void>('DELETE', `${uploadsPath}/${encodeURIComponent(id)}`, {
        headers: { 'tus-resumable': '1.0.0' },
      }),
    /** The bytes of a file. The token stays in a header, so an address alone opens nothing. */
    readFile: async (id: string): Promise<Blob> =>
      (await http.open('GET', `/widget/files/${encodeURIComponent(id)}`)).blob(),
    searchArticles: (q: string, locale: Locale) => get<ArticleSearch>('/articles/search', { query: { q, locale } }),
    flow: (locale: Locale, flowId: string) =>
      get<NamedFlow>(`/widget/flows/${encodeURIComponent(flowId)}`, { query: { locale } }),
    article: (locale: Locale, slug: string) => get<Article>(`/articles/${locale}/${encodeURIComponent(slug)}`),
    rateArticle: (slug: string, input: { helpful: boolean; locale: Locale; comment?: string }) =>
      post<void>(`/articles/${encodeURIComponent(slug)}/feedback`, input),
  }
}

const conversationPath = (id: string): string => `/widget/conversations/${encodeURIComponent(id)}`
// Few need it, so that it is loaded when they do.
const resumable = () => fetchAgain(() => import('./resumable.ts'))
const uploadsPath = '/widget/uploads'
