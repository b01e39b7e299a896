import type { AgentId, ContactId, ConversationId } from '@clew/contract/primitives'
import { snoozeLimitsMs } from '@clew/contract/snooze-limits'
import { expect, test } from 'vitest'
import {
  afterMessage,
  assignTo,
  type ConversationRow,
  callBack,
  handOver,
  previewOf,
  reopen,
  resolve,
  snooze,
  subjectOf,
  underwayMs,
  wake,
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
  snoozed: undefined,
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

const maria = { by: 'm' as AgentId, byName: 'Maria' }
const ahead = (ms: number) => ({ ...maria, until: new Date(at.getTime() + ms) })
const hourMs = 3_600_000
const asleep = { handling: 'agent', snoozed: ahead(hourMs) } as const

test.each([
  [{ status: 'resolved', handling: 'agent' }, hourMs, 'conversation.resolved'],
  [{ status: 'resolved', handling: 'assistant' }, hourMs, 'conversation.resolved'],
  [{ handling: 'assistant' }, hourMs, 'conversation.with_assistant'],
  [{ handling: 'agent' }, -hourMs, 'conversation.snooze_time'],
  [{ handling: 'agent' }, snoozeLimitsMs.least - underwayMs - 1, 'conversation.snooze_time'],
  [{ handling: 'agent' }, snoozeLimitsMs.most + 1, 'conversation.snooze_time'],
  [{ handling: 'agent' }, snoozeLimitsMs.least, { snoozed: ahead(snoozeLimitsMs.least) }],
  [{ handling: 'waiting' }, snoozeLimitsMs.most, { snoozed: ahead(snoozeLimitsMs.most) }],
  [asleep, hourMs, undefined],
  [asleep, 2 * hourMs, { snoozed: ahead(2 * hourMs) }],
] as const)('putting %j off for %d ms comes to %j', (change, ms, expected) => {
  expect(snooze(conversation(change), ahead(ms), at)).toEqual(expected)
})

test('what sleeps wakes by hand at any time, and by itself not before its time', () => {
  const sleeping = conversation(asleep)
  expect(wake(sleeping)).toEqual({ snoozed: undefined })
  expect(wake(sleeping, { at: new Date(at.getTime() + hourMs - 1) })).toBeUndefined()
  expect(wake(sleeping, { at: new Date(at.getTime() + hourMs) })).toEqual({ snoozed: undefined })
  expect(wake(conversation({ handling: 'agent' }))).toBeUndefined()
})

test.each([
  ['a word of the contact', (of: ConversationRow) => afterMessage(of, message('contact')), true],
  ['a reply', (of: ConversationRow) => afterMessage(of, message('agent')), true],
  ['a note', (of: ConversationRow) => afterMessage(of, message('agent', 'note')), false],
  ['what the assistant says', (of: ConversationRow) => afterMessage(of, message('assistant')), false],
  ['resolving', resolve, true],
  ['another assignee', (of: ConversationRow) => assignTo(of, { id: maria.by, name: 'Maria' }, at), false],
  ['the way back to the assistant', callBack, true],
] as const)('%s wakes what sleeps: %s', (_what, change, wakes) => {
  expect(Object.hasOwn(change(conversation(asleep)) ?? {}, 'snoozed')).toBe(wakes)
  expect(Object.hasOwn(change(conversation({ handling: 'agent' })) ?? {}, 'snoozed')).toBe(false)
})
