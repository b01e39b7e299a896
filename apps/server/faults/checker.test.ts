import { describe, expect, test } from 'vitest'
import { type Evidence, isClean, judge } from './checker.ts'
import type { Operation, SeenMessage, StoredMessage } from './history.ts'

const row = (seq: number, more: Partial<StoredMessage> = {}): StoredMessage => ({
  id: `m${seq}`,
  conversationId: 'c',
  contactId: 'ann',
  seq,
  internal: false,
  clientMessageId: `k${seq}`,
  ...more,
})
const shown = ({ id, conversationId, seq, clientMessageId }: StoredMessage): SeenMessage => ({
  id,
  conversationId,
  seq,
  clientMessageId,
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
  views: [{ reader: 'ben', contactId: 'ann', seen: three.map(shown) }],
}

test('a run in which everyone saw what is stored is clean', () => {
  expect(isClean(judge(good))).toBe(true)
})

test('a message told twice at the same place is no duplicate', () => {
  const seen = [row(1), row(2), row(2), row(1), row(3)].map(shown)
  expect(isClean(judge({ ...good, views: [{ reader: 'ben', seen }] }))).toBe(true)
})

test('a contact need not see a note', () => {
  const stored = [...three, row(4, { internal: true })]
  expect(isClean(judge({ ...good, stored }))).toBe(true)
  expect(judge({ ...good, stored, views: [{ reader: 'agent', seen: three.map(shown) }] }).lost).toHaveLength(1)
})

describe('what must be found', () => {
  const cases: [string, keyof ReturnType<typeof judge>, Partial<Evidence>][] = [
    ['an acknowledged message that is not stored', 'lost', { operations: [asked(1), asked(4)] }],
    [
      'an acknowledgement that named another message',
      'lost',
      { operations: [asked(1, { stored: { messageId: 'other', seq: 1, repeated: true } })] },
    ],
    ['a message that a reader never saw', 'lost', { views: [{ reader: 'ben', seen: [row(1), row(3)].map(shown) }] }],
    ['a message stored twice', 'duplicated', { stored: [...three, row(4, { clientMessageId: 'k2' })], views: [] }],
    [
      'a message shown at two places',
      'duplicated',
      { views: [{ reader: 'ben', seen: [...three, row(2, { seq: 4 })].map(shown) }] },
    ],
    [
      'a message shown that is not stored',
      'duplicated',
      { views: [{ reader: 'ben', seen: [...three, row(4)].map(shown) }] },
    ],
    ['a gap in the numbers', 'disordered', { stored: [row(1), row(3)], operations: [], views: [] }],
    [
      'a later message shown before an earlier one',
      'disordered',
      { views: [{ reader: 'ben', seen: [row(1), row(3), row(2)].map(shown) }] },
    ],
    ['words stored in another order than said', 'disordered', { operations: [asked(2), asked(1)] }],
    ['a message that is still being sent', 'stuck', { operations: [asked(1, { outcome: 'open' })] }],
    ['a refusal', 'refused', { operations: [asked(1, { outcome: 'refused', refusal: '409' })] }],
  ]
  test.each(cases)('%s', (_name, kind, part) => {
    expect(judge({ ...good, ...part })[kind]).toHaveLength(1)
  })
})
