import type { AgentId, ContactId, ConversationId } from '@clew/contract/primitives'
import { expect, test } from 'vitest'
import {
  afterMessage,
  assignTo,
  type ConversationRow,
  handOver,
  previewOf,
  reopen,
  resolve,
  subjectOf,
} from './model.ts'

const at = new Date('2026-11-24T10:00:00Z')
const earlier = new Date('2026-11-24T09:00:00Z')
const conversation = (change: Partial<ConversationRow> = {}): ConversationRow => ({
  id: 'c' as ConversationId,
  number: 1001,
  contactId: 'p' as ContactId,
  locale: 'en',
  timeZone: undefined,
  subject: 'Upload fails',
  status: 'open',
  handling: 'assistant',
  assigneeId: undefined,
  assigneeName: undefined,
  lastSeq: 3,
  lastMessageAt: earlier,
  lastMessagePreview: '',
  waitingSince: undefined,
  contactReadSeq: 0,
  ...change,
})
const message = (authorType: 'contact' | 'agent' | 'assistant', kind: 'message' | 'note' = 'message') =>
  ({ kind, authorType, body: 'Hello', content: {}, createdAt: at }) as const

test.each([
  ['assistant', undefined, undefined],
  ['waiting', undefined, at],
  ['waiting', earlier, earlier],
  ['agent', undefined, at],
] as const)(
  'a contact who writes while %s handles it, waiting since %s, waits since %s',
  (handling, since, expected) => {
    const change = afterMessage(conversation({ handling, waitingSince: since }), message('contact'))
    expect(change.waitingSince).toEqual(expected)
  },
)

test('a contact who writes opens what was resolved', () => {
  expect(afterMessage(conversation({ status: 'resolved' }), message('contact'))).toMatchObject({ status: 'open' })
})

test('an answer of an agent ends the waiting and the assistant', () => {
  expect(afterMessage(conversation({ handling: 'waiting', waitingSince: earlier }), message('agent'))).toMatchObject({
    handling: 'agent',
    waitingSince: undefined,
  })
})

test('a note changes nothing that a contact could see', () => {
  expect(afterMessage(conversation(), message('agent', 'note'))).toEqual({})
})

test('handing over twice changes nothing', () => {
  expect(handOver(conversation(), at)).toEqual({ handling: 'waiting', waitingSince: at })
  expect(handOver(conversation({ handling: 'waiting' }), at)).toBeUndefined()
  expect(handOver(conversation({ handling: 'agent' }), at)).toBeUndefined()
})

test('giving it to nobody lets it wait again', () => {
  const agent = { id: 'a' as AgentId, name: 'Maria' }
  expect(assignTo(conversation(), agent, at)).toMatchObject({
    assigneeName: 'Maria',
    handling: 'agent',
    waitingSince: at,
  })
  expect(assignTo(conversation({ handling: 'agent', assigneeId: agent.id }), undefined, at)).toMatchObject({
    handling: 'waiting',
  })
})

test('resolving and reopening are each done once', () => {
  expect(resolve(conversation({ status: 'resolved' }))).toBeUndefined()
  expect(reopen(conversation())).toBeUndefined()
})

test.each([
  ['\n\n  Upload fails  \nsecond line', [], 'Upload fails'],
  ['', [{ name: 'trace.har' }], 'trace.har'],
  ['x'.repeat(500), [], `${'x'.repeat(119)}…`],
  [`${'x'.repeat(110)}. ${'y'.repeat(5)}...`.padEnd(200, 'z'), [], `${'x'.repeat(110)}. yyyyy…`],
  ['😀'.repeat(200), [], `${'😀'.repeat(119)}…`],
] as const)('the subject of %j is its first line, cut between characters', (body, files, subject) => {
  expect(subjectOf(body, files)).toBe(subject)
})

test('a message of files alone is previewed by their names', () => {
  const file = { fileId: 'f' as never, name: 'a.png', mediaType: 'image/png', sizeBytes: 1 }
  expect(previewOf({ body: '', content: { attachments: [file] } })).toBe('a.png')
})
