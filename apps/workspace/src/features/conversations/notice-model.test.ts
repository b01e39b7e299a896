import type { Conversation, Message } from '@clew/contract/conversations'
import { expect, test } from 'vitest'
import { noticeOf } from './notice-model.ts'

const me = { id: 'agent-me', name: 'Me' }
const createdAt = '2026-11-29T09:00:00.000Z'
const seconds = (count: number) => Date.parse(createdAt) + count * 1000

const written = (author: Message['author'], more: Partial<Message> = {}) => ({
  kind: 'message',
  author,
  createdAt,
  ...more,
})
const happened = (activity: Message['activity']) => written({ type: 'system' }, { kind: 'activity', activity })
const contact: Message['author'] = { type: 'contact' }
const unowned = { id: 'c1', status: 'open', handling: 'waiting' }
const mine = { ...unowned, assignee: me }
const another = { ...unowned, assignee: { id: 'agent-other', name: 'Other' } }

const told = (message: unknown, conversation: unknown, now = seconds(1)) =>
  noticeOf({ type: 'message', message: message as Message, conversation: conversation as Conversation }, { me, now })
    ?.type

test.each([
  ['a contact writes in mine', written(contact), mine, 'wrote'],
  ['a contact writes where nobody answers yet', written(contact), unowned, 'wrote'],
  ['the assistant hands over', happened({ type: 'handed_over', reason: 'asked' }), unowned, 'waits'],
  ['I am given one by somebody who has gone', happened({ type: 'assigned', agentName: 'Me' }), mine, 'given'],
  ['a colleague gives me one', happened({ type: 'assigned', agentName: 'Me', byName: 'Other' }), mine, 'given'],
])('it is told when %s', (_what, message, conversation, type) => {
  expect(told(message, conversation)).toBe(type)
})

test.each([
  ['a contact writes to a colleague', written(contact), another],
  ['a contact writes to the assistant', written(contact), { ...unowned, handling: 'assistant' }],
  ['a contact thanks for what is resolved', written(contact), { ...mine, status: 'resolved' }],
  ['I write', written({ type: 'agent', id: me.id }), mine],
  ['a colleague writes', written({ type: 'agent', id: 'agent-other' }), mine],
  ['a colleague notes something', written({ type: 'agent', id: 'agent-other' }, { kind: 'note' }), mine],
  ['I take one', happened({ type: 'assigned', agentName: 'Me', byName: 'Me' }), mine],
  ['one is given to nobody', happened({ type: 'assigned', byName: 'Other' }), unowned],
  ['one is resolved', happened({ type: 'resolved' }), mine],
])('nothing is told when %s', (_what, message, conversation) => {
  expect(told(message, conversation)).toBeUndefined()
})

test('what a sleeping computer has missed is not told piece by piece', () => {
  expect(told(written(contact), mine, seconds(119))).toBe('wrote')
  expect(told(written(contact), mine, seconds(121))).toBeUndefined()
})
