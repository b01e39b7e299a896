import { type ConversationState, fromSnapshot } from '@clew/client/conversation-state'
import { type InboxState, inboxFromList } from '@clew/client/inbox-state'
import type { Conversation, ConversationList, ConversationSnapshot, Message } from '@clew/contract/conversations'
import type { RealtimeChange, RealtimeEvent } from '@clew/contract/realtime'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keepCacheTrue } from './feed-cache.ts'

const me = 'agent-me'
const conversation = (change: object = {}) =>
  ({
    id: 'c1',
    status: 'open',
    handling: 'waiting',
    lastMessageAt: '2026-11-24T10:00:00.000Z',
    ...change,
  }) as unknown as Conversation
const message = (seq: number) =>
  ({ id: `m${seq}`, conversationId: 'c1', seq, createdAt: '2026-11-24T10:00:00.000Z' }) as unknown as Message
const snapshot = (messages: Message[], at: number) =>
  fromSnapshot({
    conversation: conversation(),
    messages,
    case: {},
    captures: [],
    position: place(at),
  } as unknown as ConversationSnapshot)
const list = (conversations: Conversation[], at: number) => {
  const counts = { mine: 0, unassigned: 1, open: 1, with_assistant: 0, resolved: 0 }
  return inboxFromList({ conversations, tags: {}, counts, position: place(at) } as unknown as ConversationList)
}
const place = (at: number) => `1-${at}-${at}`
const event = (at: number, change: object) =>
  ({ position: place(at), change: change as RealtimeChange }) as unknown as RealtimeEvent

let queryClient: QueryClient
let cache: ReturnType<typeof keepCacheTrue>
beforeEach(() => {
  queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, gcTime: Infinity } } })
  cache = keepCacheTrue(queryClient, me)
})
afterEach(() => {
  cache.stop()
  queryClient.clear()
})
const seqs = () => queryClient.getQueryData<ConversationState>(['conversation', 'c1'])?.messages.map(({ seq }) => seq)
const inView = (view: string) =>
  queryClient.getQueryData<InboxState>(['inbox', view])?.conversations.map(({ id }) => id)

describe('what the feed tells', () => {
  test('a message shows in the open conversation, once however often it is told', () => {
    queryClient.setQueryData(['conversation', 'c1'], snapshot([message(1)], 10))
    const news = event(11, { type: 'message', message: message(2), conversation: conversation() })
    cache.apply(news)
    cache.apply(news)
    expect(seqs()).toEqual([1, 2])
  })

  test('of a conversation that was erased nothing stays, nor comes back with an answer that was under way', async () => {
    queryClient.setQueryData(['conversation', 'c1'], {
      ...snapshot([message(1)], 10),
      captures: [{ id: 'h1', createdAt: '2026-11-24T10:00:00.000Z' }],
    })
    queryClient.setQueryData(['conversation', 'c1', 'flows'], { flows: [] })
    queryClient.setQueryData(['capture', 'h1', 'entry', 3], { url: 'https://host.example/' })
    queryClient.setQueryData(['capture', 'h2'], { name: 'another.har' })
    queryClient.setQueryData(['inbox', 'open'], list([conversation(), conversation({ id: 'c2' })], 10))
    cache.apply(event(11, { type: 'erased', conversationId: 'c1' }))
    expect(inView('open')).toEqual(['c2'])
    const keptOf = (key: unknown[]) => queryClient.getQueryData(key)
    expect(
      [
        ['conversation', 'c1'],
        ['conversation', 'c1', 'flows'],
        ['capture', 'h1', 'entry', 3],
      ].map(keptOf),
    ).toEqual([undefined, undefined, undefined])
    expect(keptOf(['capture', 'h2'])).toBeDefined()

    await queryClient.fetchQuery({ queryKey: ['conversation', 'c1'], queryFn: async () => snapshot([message(1)], 10) })
    expect(keptOf(['conversation', 'c1'])).toBeUndefined()
  })

  test('what else is kept of a conversation is none, and holds nothing up', () => {
    const found = { flows: ['sso-no-accounts'] }
    queryClient.setQueryData(['conversation', 'c1', 'flows'], found)
    queryClient.setQueryData(['conversation', 'c1'], snapshot([message(1)], 10))
    cache.apply(event(11, { type: 'message', message: message(2), conversation: conversation() }))
    expect(seqs()).toEqual([1, 2])
    expect(queryClient.getQueryData(['conversation', 'c1', 'flows'])).toBe(found)
  })

  test('a message that came while the snapshot was on its way is not lost', async () => {
    let answer: (state: ConversationState) => void = () => undefined
    const reading = queryClient.fetchQuery({
      queryKey: ['conversation', 'c1'],
      queryFn: () =>
        new Promise<ConversationState>((resolve) => {
          answer = resolve
        }),
    })
    cache.apply(event(11, { type: 'message', message: message(2), conversation: conversation() }))
    answer(snapshot([message(1)], 10))
    await reading
    expect(seqs()).toEqual([1, 2])
  })

  test('what changed between a snapshot and the place from which the feed tells is read again', async () => {
    let at = 10
    const read = () => snapshot(at === 10 ? [message(1)] : [message(1), message(2)], at)
    const options = { queryKey: ['conversation', 'c1'], queryFn: async () => read() }
    const observer = new QueryObserver(queryClient, options)
    const stop = observer.subscribe(() => undefined)
    await vi.waitFor(() => expect(seqs()).toEqual([1]))
    at = 12
    cache.followFrom(place(12))
    await vi.waitFor(() => expect(seqs()).toEqual([1, 2]))
    stop()
  })

  test('so is a snapshot from before it that comes in late', async () => {
    let at = 10
    let reads = 0
    const queryFn = async () => {
      reads += 1
      const read = snapshot(at === 10 ? [message(1)] : [message(1), message(2)], at)
      at = 12
      return read
    }
    cache.followFrom(place(12))
    const stop = new QueryObserver(queryClient, { queryKey: ['conversation', 'c1'], queryFn }).subscribe(
      () => undefined,
    )
    await vi.waitFor(() => expect(seqs()).toEqual([1, 2]))
    stop()
    expect(reads).toBe(2)
  })

  test('an older event does not undo a newer snapshot', async () => {
    cache.apply(event(11, { type: 'conversation', conversation: conversation({ subject: 'before' }) }))
    const state = { ...snapshot([], 12), conversation: conversation({ subject: 'now' }) }
    await queryClient.fetchQuery({ queryKey: ['conversation', 'c1'], queryFn: async () => state })
    expect(queryClient.getQueryData<ConversationState>(['conversation', 'c1'])?.conversation.subject).toBe('now')
  })

  test('a conversation I take leaves the waiting ones and enters mine', () => {
    queryClient.setQueryData(['inbox', 'unassigned'], list([conversation()], 10))
    queryClient.setQueryData(['inbox', 'mine'], list([], 10))
    const taken = conversation({ handling: 'agent', assignee: { id: me, name: 'Me' } })
    cache.apply(event(11, { type: 'conversation', conversation: taken }))
    expect([inView('unassigned'), inView('mine')]).toEqual([[], ['c1']])
  })

  test('a capture that was read makes its entries be read again', async () => {
    let reads = 0
    const options = { queryKey: ['capture', 'k1'], queryFn: async () => (reads += 1) }
    await queryClient.fetchQuery(options)
    cache.apply(event(11, { type: 'capture', capture: { id: 'k1' }, conversation: conversation() }))
    expect(queryClient.getQueryState(['capture', 'k1'])?.isInvalidated).toBe(true)
  })
})
