import { caseOf, conversation, message, otherConversationId, snapshot } from '@clew/client/samples'
import { describe, expect, test } from 'vitest'
import type { OutboxEntry } from '../outbox/outbox.ts'
import {
  begunIds,
  lastUnread,
  withDelivered,
  withEvent,
  withList,
  withoutConversation,
  withRead,
  withSnapshot,
  withStarted,
} from './changes.ts'
import { emptyState, unreadCount, waitingHere } from './state.ts'

const { id } = conversation({})
const answer = message(2, { author: { type: 'assistant' }, body: 'try again' })
const entry: OutboxEntry = {
  order: 1,
  conversation: 'mine',
  createdAt: '2026-11-24T10:00:00.000Z',
  outgoing: { kind: 'message', clientMessageId: '00000007-0000-7000-8000-000000000002', body: 'two', files: [] },
}

describe('the panel', () => {
  test('follows a conversation from its own id to the server’s, with what still waits', () => {
    const before = { ...emptyState, current: 'mine', outbox: [entry] }
    const after = withStarted(before, 'mine', { conversation: conversation({}), message: message(1) })
    expect(after.current).toBe(id)
    expect(waitingHere(after)).toHaveLength(1)
    expect(after.loaded[id]?.messages).toHaveLength(1)
    expect(after.conversations).toHaveLength(1)
  })

  test('stays where the person is when another conversation starts', () => {
    const after = withStarted({ ...emptyState, current: 'elsewhere' }, 'mine', { conversation: conversation({}) })
    expect(after.current).toBe('elsewhere')
  })

  test('shows a message once, whether its event or its answer comes first', () => {
    const clientMessageId = entry.outgoing.kind === 'message' ? entry.outgoing.clientMessageId : ''
    const mine = message(2, { clientMessageId })
    const start = withSnapshot({ ...emptyState, current: id, outbox: [{ ...entry, conversation: id }] }, snapshot())
    const told = withEvent(start, {
      position: '1-101-1',
      change: { type: 'message', message: mine, conversation: conversation({ lastSeq: 2 }) },
    })
    expect(waitingHere(told)).toHaveLength(0)
    expect(withDelivered(told, { message: mine }).loaded[id]?.messages).toHaveLength(2)
  })

  test('keeps a message that arrived while an older snapshot was on its way', () => {
    const early = withDelivered(withSnapshot(emptyState, snapshot()), { message: answer })
    expect(withSnapshot(early, snapshot()).loaded[id]?.messages.map(({ seq }) => seq)).toEqual([1, 2])
  })

  test('keeps a case that events told of while an older snapshot was on its way', () => {
    const told = withEvent(withSnapshot(emptyState, snapshot()), {
      position: '1-101-1',
      change: { type: 'case', case: caseOf(3), conversation: conversation({ caseGiven: 3 }) },
    })
    const { loaded } = withSnapshot(told, snapshot())
    expect(loaded[id]?.case).toEqual(caseOf(3))
    expect(loaded[id]?.conversation.caseGiven).toBe(3)
  })

  test('counts what others have said as unread until it is seen, and own words never', () => {
    const state = withSnapshot(emptyState, snapshot({ messages: [message(1), answer, message(3)] }))
    expect(unreadCount(state)).toBe(1)
    expect(lastUnread(state, id)).toBe(2)
    const read = withRead(state, id, 2)
    expect(unreadCount(read)).toBe(0)
    expect(lastUnread(read, id)).toBe(0)
    expect(withRead(read, id, 1).readSeq[id]).toBe(2)
  })

  test('is as at the start once the shown conversation was erased, and takes in nothing of it that comes late', () => {
    const other = conversation({ id: otherConversationId(2) })
    const shown = withSnapshot(
      {
        ...emptyState,
        current: id,
        conversations: [conversation({}), other],
        outbox: [{ ...entry, conversation: id }],
      },
      snapshot({ messages: [message(1), answer] }),
    )
    const gone = withEvent(shown, { position: '1-101-1', change: { type: 'erased', conversationId: id } })
    expect(gone).toEqual({ ...emptyState, conversations: [other], gone: { [id]: '1-101-1' } })
    const late = withEvent(withSnapshot(gone, snapshot()), {
      position: '1-100-9',
      change: { type: 'message', message: answer, conversation: conversation({}) },
    })
    expect(late).toEqual(gone)
  })

  test('shows again what is told of it at a later place: they returned to where it was asked', () => {
    const shown = withSnapshot({ ...emptyState, current: id, conversations: [conversation({})] }, snapshot())
    const gone = withEvent(shown, { position: '1-101-1', change: { type: 'erased', conversationId: id } })
    const change = { type: 'conversation', conversation: conversation({}) } as const
    const back = withEvent(gone, { position: '1-102-1', change })
    expect(back).toMatchObject({ conversations: [{ id }], gone: {} })
    const list = [conversation({})]
    expect(withList(gone, list, '1-101-1')).toEqual(gone)
    expect(withList(gone, list, '1-102-1')).toMatchObject({ conversations: [{ id }], gone: {} })
    const unknown = withoutConversation(shown, id)
    expect(withEvent(unknown, { position: '1-102-1', change })).toEqual(unknown)
  })

  test('stays where the person is when another conversation was erased', () => {
    const shown = withSnapshot({ ...emptyState, current: id, conversations: [conversation({})] }, snapshot())
    const conversationId = otherConversationId(2)
    const after = withEvent(shown, { position: '1-101-1', change: { type: 'erased', conversationId } })
    expect({ ...after, gone: {} }).toEqual(shown)
  })

  test('knows which conversations the server has', () => {
    const start: OutboxEntry = {
      ...entry,
      outgoing: { kind: 'start', clientMessageId: 'm', body: 'hello', files: [], locale: 'en' },
    }
    const state = withSnapshot({ ...emptyState, current: 'shown', conversations: [] }, snapshot())
    const outbox = [start, entry, { ...entry, conversation: 'theirs' }]
    expect(begunIds({ ...state, outbox })).toEqual([id, 'theirs', 'shown'])
  })

  test('lists conversations by their latest message', () => {
    const older = conversation({ id: otherConversationId(2), lastMessageAt: '2026-11-20T10:00:00.000Z' })
    const both = [older, conversation({})].reduce(
      (state, one) => withEvent(state, { position: '1-1-1', change: { type: 'conversation', conversation: one } }),
      emptyState,
    )
    expect(both.conversations.map((one) => one.id)).toEqual([id, older.id])
  })
})
