import { expect, test } from 'vitest'
import { readOwnConversations } from './own-conversations.ts'

const conversation = {
  id: 'a',
  number: 1042,
  subject: 'Upload stops',
  status: 'open',
  handling: 'waiting',
  lastMessagePreview: 'It stops at 100 %',
  lastMessageAt: '2026-11-24T08:00:00Z',
}

test('a conversation is read with what is new in it', () => {
  expect(readOwnConversations({ conversations: [conversation], unread: { a: 2 } })).toMatchObject([
    { number: 1042, unread: 2, handling: 'waiting' },
  ])
})

test('a conversation without a subject is called by its last words', () => {
  expect(readOwnConversations({ conversations: [{ ...conversation, subject: '' }] })[0]?.subject).toBe(
    'It stops at 100 %',
  )
})

test.each([
  [null],
  [{}],
  [{ conversations: 'x' }],
  [{ conversations: [null, 3, { id: 1 }, { ...conversation, lastMessageAt: 'soon' }] }],
])('an answer that is not as promised gives nothing: %j', (answer) => {
  expect(readOwnConversations(answer)).toEqual([])
})
