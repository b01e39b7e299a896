import type { Conversation, InboxView } from '@clew/contract/conversations'
import type { RealtimeEvent } from '@clew/contract/realtime'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appendPage, applyToInbox, belongsTo, inboxFromList, withCounts } from './inbox-state.ts'
import { conversation, otherConversationId } from './samples.ts'

const me = '00000009-0000-7000-8000-000000000001'
const counts: Record<InboxView, number> = {
  mine: 0,
  unassigned: 0,
  open: 1,
  with_assistant: 1,
  snoozed: 0,
  resolved: 0,
}
const list = (conversations: Conversation[]) => ({ conversations, tags: {}, counts, position: '1-100-1' })
const event = (position: string, over: Partial<Conversation>): RealtimeEvent => ({
  position,
  change: { type: 'conversation', conversation: conversation(over) },
})
const erased = (position: string, n = 1): RealtimeEvent => ({
  position,
  change: { type: 'erased', conversationId: otherConversationId(n) },
})
const assignee = { id: me as NonNullable<Conversation['assignee']>['id'], name: 'Nefeli Pappa' }

describe('an inbox', () => {
  test('shows the same conversations in whatever order and however often its events come', () => {
    const step = fc.record({
      id: fc.integer({ min: 1, max: 4 }),
      status: fc.constantFrom('open' as const, 'resolved' as const),
      handling: fc.constantFrom('assistant' as const, 'waiting' as const, 'agent' as const),
      minute: fc.integer({ min: 0, max: 59 }),
      mine: fc.boolean(),
      sleeps: fc.boolean(),
    })
    const gone = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 })
    const deliveries = fc.tuple(fc.array(step, { maxLength: 12 }), gone).chain(([steps, ended]) => {
      const lived = steps.map((one, index) =>
        event(`1-${101 + index}-${index}`, {
          id: otherConversationId(one.id),
          status: one.status,
          handling: one.handling,
          lastMessageAt: `2026-11-24T10:${String(one.minute).padStart(2, '0')}:00.000Z`,
          ...(one.mine ? { assignee } : {}),
          ...(one.sleeps
            ? { snoozed: { until: `2026-11-25T10:${String(one.minute).padStart(2, '0')}:00.000Z`, by: assignee } }
            : {}),
        }),
      )
      const events = [...lived, ...ended.map((n, index) => erased(`1-${201 + index}-${index}`, n))]
      const all = [...events, ...events]
      return fc.tuple(fc.constant(events), fc.shuffledSubarray(all, { minLength: all.length }))
    })
    const view = fc.constantFrom<InboxView>('mine', 'unassigned', 'open', 'with_assistant', 'snoozed', 'resolved')
    fc.assert(
      fc.property(deliveries, view, ([inOrder, delivered], shown) => {
        const start = inboxFromList(list([]))
        const apply = (events: RealtimeEvent[]) =>
          events.reduce((state, one) => applyToInbox(state, one, { view: shown, me }), start).conversations
        expect(apply(delivered)).toEqual(apply(inOrder))
      }),
    )
  })

  test('forgets a conversation that was erased, and does not take it in again with a page read before', () => {
    const shown = inboxFromList({ ...list([conversation({ handling: 'waiting' })]), nextCursor: 'x' })
    const after = applyToInbox(shown, erased('1-101-1'), { view: 'open', me })
    expect(after.conversations).toEqual([])
    expect(after.known).toEqual({})
    expect(after.counts).toMatchObject({ open: 0, with_assistant: 1 })
    expect(after.countsAreStale).toBe(false)
    expect(appendPage(after, list([conversation({})])).conversations).toEqual([])
  })

  test('moves a conversation out of the view and counts it elsewhere', () => {
    const start = inboxFromList(list([conversation({})]))
    const after = applyToInbox(start, event('1-101-1', { handling: 'agent', assignee }), { view: 'with_assistant', me })
    expect(after.conversations).toEqual([])
    expect(after.counts).toEqual({ mine: 1, unassigned: 0, open: 2, with_assistant: 0, snoozed: 0, resolved: 0 })
    expect(after.countsAreStale).toBe(false)
  })

  test('keeps what goes back to the assistant neither in the list of what a person has to do nor in its count', () => {
    const start = inboxFromList(list([conversation({ handling: 'agent', assignee })]))
    const after = applyToInbox(start, event('1-101-1', { handling: 'assistant' }), { view: 'open', me })
    expect(after.conversations).toEqual([])
    expect(after.counts).toMatchObject({ open: 0, with_assistant: 2 })
    const met = applyToInbox(inboxFromList(list([])), event('1-101-1', { handling: 'assistant' }), { view: 'open', me })
    expect(met.conversations).toEqual([])
  })

  test('keeps what is put off in a view of its own, the first to wake first, and has it back when it wakes', () => {
    const mine = { handling: 'agent', assignee } as const
    const until = (time: string) => ({ snoozed: { until: `2026-11-25T${time}:00.000Z`, by: assignee } })
    const seen = { view: 'snoozed', me } as const
    const start = inboxFromList(list([conversation({ ...mine, id: otherConversationId(2), ...until('12:00') })]))
    const slept = applyToInbox(start, event('1-101-1', { ...mine, ...until('09:00') }), seen)
    expect(slept.conversations.map(({ snoozed }) => snoozed?.until.slice(11, 16))).toEqual(['09:00', '12:00'])
    for (const view of ['open', 'mine', 'unassigned'] as const)
      expect(
        applyToInbox(inboxFromList(list([])), event('1-101-1', { ...mine, ...until('09:00') }), { view, me }),
      ).toMatchObject({ conversations: [] })
    const woken = applyToInbox(slept, event('1-102-1', mine), seen)
    expect(woken.conversations.map(({ id }) => id)).toEqual([otherConversationId(2)])
  })

  test('keeps to a tag, whatever is heard first of the conversation', () => {
    const seen = { view: 'open', me, tag: 'upload' } as const
    const tagged = (position: string, tags: string[]): RealtimeEvent => ({
      position,
      change: { type: 'tags', tags, conversation: conversation({ handling: 'waiting' }) },
    })
    const events = [
      event('1-101-1', { handling: 'waiting' }),
      tagged('1-102-1', ['upload', 'urgent']),
      event('1-103-1', { handling: 'waiting', lastSeq: 2 }),
    ]
    const shownAfter = (heard: RealtimeEvent[]) =>
      heard.reduce((state, one) => applyToInbox(state, one, seen), inboxFromList(list([]))).conversations
    expect(shownAfter(events.slice(0, 1))).toEqual([])
    expect(shownAfter(events)).toMatchObject([{ lastSeq: 2 }])
    expect(shownAfter(events.toReversed())).toMatchObject([{ lastSeq: 2 }])
    expect(shownAfter([...events, tagged('1-104-1', ['urgent'])])).toEqual([])
  })

  test('says that its counts are a guess when it meets a conversation it did not know', () => {
    const after = applyToInbox(inboxFromList(list([])), event('1-101-1', { handling: 'waiting' }), { view: 'open', me })
    expect(after.conversations).toHaveLength(1)
    expect(after.countsAreStale).toBe(true)
  })

  test('takes new counts and goes on showing what it showed, and counts nothing a second time', () => {
    const read = (position: string, open: number) => ({ ...list([]), counts: { ...counts, open }, position })
    const waiting = { handling: 'waiting' } as const
    const seen = { view: 'open', me } as const
    const start = inboxFromList(list([conversation({ ...waiting, id: otherConversationId(2) })]))
    const met = applyToInbox(start, event('1-105-1', waiting), seen)
    expect(withCounts(met, read('1-104-1', 9))).toBe(met)

    const recounted = withCounts(met, read('1-110-1', 2))
    expect(recounted.conversations).toEqual(met.conversations)
    expect(recounted).toMatchObject({ counts: { open: 2 }, countsAreStale: false })

    // It had been resolved before the counts were read, and only now it is told.
    const told = applyToInbox(recounted, event('1-108-1', { ...waiting, status: 'resolved' }), seen)
    expect(told.conversations.map(({ id }) => id)).toEqual([otherConversationId(2)])
    expect(told.counts).toMatchObject({ open: 2, resolved: 0 })
    expect(applyToInbox(told, event('1-111-1', { ...waiting, status: 'open' }), seen).counts).toMatchObject({ open: 3 })
  })

  test('keeps what events taught it when an older page arrives', () => {
    const live = applyToInbox(inboxFromList(list([])), event('1-101-1', { status: 'resolved' }), { view: 'open', me })
    const paged = appendPage(live, {
      ...list([conversation({}), conversation({ id: otherConversationId(2) })]),
      nextCursor: 'c',
    })
    expect(paged.conversations.map(({ id }) => id)).toEqual([otherConversationId(2)])
    expect(paged.nextCursor).toBe('c')
    expect(appendPage(paged, list([])).nextCursor).toBeUndefined()
  })

  test('puts a conversation nobody has taken among the unassigned only once the assistant has let go', () => {
    expect(belongsTo('unassigned', conversation({ handling: 'assistant' }), me)).toBe(false)
    expect(belongsTo('unassigned', conversation({ handling: 'waiting' }), me)).toBe(true)
    expect(belongsTo('unassigned', conversation({ handling: 'waiting', status: 'resolved' }), me)).toBe(false)
  })
})
