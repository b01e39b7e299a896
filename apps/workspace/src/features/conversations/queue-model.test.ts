import type { Conversation } from '@clew/contract/conversations'
import { describe, expect, test } from 'vitest'
import { groupByNextAction, nextActionOf, nextAfter, stepFrom } from './queue-model.ts'

const me = 'agent-me'
let made = 0
function conversation(change: object): Conversation {
  made += 1
  return {
    id: `c${made}`,
    status: 'open',
    handling: 'agent',
    lastMessageAt: '2026-11-24T10:00:00.000Z',
    ...change,
  } as unknown as Conversation
}
const mine = { assignee: { id: me, name: 'Me' } }
const waiting = { waitingSince: '2026-11-24T09:00:00.000Z' }

describe('the next action', () => {
  test.each([
    ['a resolved one is done whoever has it', { status: 'resolved', ...mine, ...waiting }, 'resolved'],
    ['the assistant keeps what it answers', { handling: 'assistant' }, 'assistant'],
    ['handed over and taken by nobody waits for a person', { handling: 'waiting', ...waiting }, 'waiting'],
    ['given back to nobody waits for a person too', { handling: 'agent' }, 'waiting'],
    ['mine with a waiting contact needs my reply', { ...mine, ...waiting }, 'reply'],
    ['mine and answered waits on the contact', mine, 'contact'],
    ['a colleague has it', { assignee: { id: 'other', name: 'Other' }, ...waiting }, 'colleagues'],
  ])('%s', (_name, change, action) => {
    expect(nextActionOf(conversation(change), me)).toBe(action)
  })
})

test('groups come most pressing first, and the longest wait first inside', () => {
  const early = conversation({ handling: 'waiting', waitingSince: '2026-11-24T08:00:00.000Z' })
  const late = conversation({ handling: 'waiting', waitingSince: '2026-11-24T09:30:00.000Z' })
  const quiet = conversation({ handling: 'assistant' })
  const groups = groupByNextAction([quiet, late, early], me)
  expect(groups.map((group) => group.action)).toEqual(['waiting', 'assistant'])
  expect(groups[0]?.conversations).toEqual([early, late])
})

describe('moving through the queue', () => {
  const order = ['a', 'b', 'c']
  test('with nothing open the first opens', () => expect(stepFrom(order, undefined, 1)).toBe('a'))
  test('the end is the end, without jumping back to the top', () => expect(stepFrom(order, 'c', 1)).toBe('c'))
  test('up from the middle', () => expect(stepFrom(order, 'b', -1)).toBe('a'))
  test('one that is no longer listed leads to the first', () => expect(stepFrom(order, 'gone', -1)).toBe('a'))
  test('after resolving, the one below opens', () => expect(nextAfter(order, 'b')).toBe('c'))
  test('after resolving the last, the one above opens', () => expect(nextAfter(order, 'c')).toBe('b'))
  test('after resolving the only one, none opens', () => expect(nextAfter(['a'], 'a')).toBeUndefined())
})
