import { describe, expect, test } from 'vitest'
import { type Evidence, isClean, judge, tellings } from './checker.ts'
import type { Operation, StoredMessage, View } from './history.ts'

const row = (seq: number, more: Partial<StoredMessage> = {}): StoredMessage => ({
  id: `m${seq}`,
  conversationId: 'c',
  contactId: 'ann',
  seq,
  internal: false,
  clientMessageId: `k${seq}`,
  ...more,
})
const screen = (shown: readonly StoredMessage[], contactId?: string): View => ({
  reader: 'ben',
  told: [...shown],
  shown: new Map([['c', shown]]),
  ...(contactId === undefined ? {} : { contactId }),
})
const asked = (seq: number, more: Partial<Operation> = {}): Operation => ({
  client: 'ann',
  conversationId: 'c',
  clientMessageId: `k${seq}`,
  outcome: 'acknowledged',
  unknown: 0,
  stored: { messageId: `m${seq}`, seq, repeated: false },
  ...more,
})
const three = [row(1), row(2), row(3)]
const good: Evidence = {
  operations: [asked(1), asked(2), asked(3)],
  stored: three,
  views: [screen(three, 'ann')],
}

test('a run in which everyone saw what is stored is clean', () => {
  expect(isClean(judge(good))).toBe(true)
})

test('what is told again or early is counted, and is no fault where the screen is right', () => {
  const view = { ...screen(three), told: [row(1), row(3), row(2), row(2)] }
  expect(tellings([view])).toEqual({ told: 4, again: 1, early: 1 })
  expect(isClean(judge({ ...good, views: [view] }))).toBe(true)
})

test('a contact need not see a note', () => {
  const stored = [...three, row(4, { internal: true })]
  expect(isClean(judge({ ...good, stored }))).toBe(true)
  expect(judge({ ...good, stored, views: [screen(three)] }).lost).toHaveLength(1)
})

test('what was said after the last look is shown or not, and is no fault either way', () => {
  const storedAtEnd = [...three, row(4)]
  expect(isClean(judge({ ...good, storedAtEnd }))).toBe(true)
  expect(isClean(judge({ ...good, storedAtEnd, views: [screen(storedAtEnd)] }))).toBe(true)
  expect(judge({ ...good, storedAtEnd, views: [screen([...storedAtEnd, row(5)])] }).duplicated).toHaveLength(1)
})

describe('what must be found', () => {
  const cases: [string, keyof ReturnType<typeof judge>, Partial<Evidence>][] = [
    ['an acknowledged message that is not stored', 'lost', { operations: [asked(1), asked(4)] }],
    [
      'an acknowledgement that named another message',
      'lost',
      { operations: [asked(1, { stored: { messageId: 'other', seq: 1, repeated: true } })] },
    ],
    ['a message that a screen does not show', 'lost', { views: [screen([row(1), row(3)])] }],
    ['a message stored twice', 'duplicated', { stored: [...three, row(4, { clientMessageId: 'k2' })], views: [] }],
    ['a message shown twice', 'duplicated', { views: [screen([row(1), row(2), row(2), row(3)])] }],
    ['a message shown that is not stored', 'duplicated', { views: [screen([...three, row(4)])] }],
    [
      "another contact's message",
      'duplicated',
      { stored: [...three, row(4, { contactId: 'eve' })], views: [screen([...three, row(4)], 'ann')] },
    ],
    ['a gap in the numbers', 'disordered', { stored: [row(1), row(3)], operations: [], views: [] }],
    ['a later message shown above an earlier one', 'disordered', { views: [screen([row(1), row(3), row(2)])] }],
    ['a message shown under another number', 'disordered', { views: [screen([row(1), row(2), row(3, { seq: 5 })])] }],
    ['words stored in another order than said', 'disordered', { operations: [asked(2), asked(1)] }],
    ['a message that is still being sent', 'stuck', { operations: [asked(1, { outcome: 'open' })] }],
    ['a refusal', 'refused', { operations: [asked(1, { outcome: 'refused', refusal: '409' })] }],
  ]
  test.each(cases)('%s', (_name, kind, part) => {
    expect(judge({ ...good, ...part })[kind]).toHaveLength(1)
  })
})
