import type { ConversationSnapshot } from '@clew/contract/conversations'
import type { RealtimeEvent } from '@clew/contract/realtime'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEvent, type ConversationState, fromSnapshot, withMessage, withSnapshot } from './conversation-state.ts'
import { comparePositions } from './position.ts'
import { capture, caseOf, conversation, message, otherConversationId, snapshot } from './samples.ts'

type Kind = 'message' | 'case' | 'capture' | 'conversation'

/** A history as the server would tell it: each event shows the conversation as it was at that place. */
function history(kinds: readonly (Kind | 'erased')[]): RealtimeEvent[] {
  let seq = 1
  return kinds.map((kind, index) => {
    if (kind === 'message') seq += 1
    const position = `1-${101 + Math.floor(index / 2)}-${2 + index}`
    const now = conversation({ lastSeq: seq, caseGiven: index, handling: index % 2 === 0 ? 'waiting' : 'agent' })
    const state = index % 2 === 0 ? 'received' : 'analysed'
    if (kind === 'erased') return { position, change: { type: kind, conversationId: now.id } }
    if (kind === 'message') return { position, change: { type: kind, message: message(seq), conversation: now } }
    if (kind === 'case') return { position, change: { type: kind, case: caseOf(index), conversation: now } }
    if (kind === 'capture')
      return {
        position,
        change: { type: kind, capture: capture(index % 3, { state, entries: index }), conversation: now },
      }
    return { position, change: { type: kind, conversation: now } }
  })
}

const lived = fc.array(fc.constantFrom<Kind>('message', 'case', 'capture', 'conversation'), {
  minLength: 1,
  maxLength: 14,
})
/** Now and then it is erased at the end. */
const kinds = fc.tuple(lived, fc.nat(3)).map(([list, chance]) => (chance === 0 ? [...list, 'erased' as const] : list))

const replay = (events: readonly RealtimeEvent[], from: ConversationState | undefined) =>
  events.reduce<ConversationState | undefined>(applyEvent, from)
const plain = (state: ConversationState | undefined) => state && { ...state, versions: {}, position: '' }

/** The snapshot that the server would have given out after these events. */
const asRead = (state: ConversationState, events: readonly RealtimeEvent[]): ConversationSnapshot => ({
  ...state,
  messages: [...state.messages],
  captures: [...state.captures],
  position: events.at(-1)?.position ?? state.position,
})

describe('a conversation', () => {
  test('ends the same in whatever order and however often its events come', () => {
    const shuffled = kinds.chain((list) => {
      const events = history(list)
      const repeats = fc.array(fc.integer({ min: 0, max: events.length - 1 }), { maxLength: 10 })
      return fc.tuple(repeats, fc.constant(events)).chain(([again, all]) => {
        const delivered = [...all, ...again.flatMap((index) => all[index] ?? [])]
        return fc.tuple(fc.constant(all), fc.shuffledSubarray(delivered, { minLength: delivered.length }))
      })
    })
    fc.assert(
      fc.property(shuffled, ([inOrder, delivered]) => {
        const start = fromSnapshot(snapshot())
        expect(plain(replay(delivered, start))).toEqual(plain(replay(inOrder, start)))
      }),
      { numRuns: 300 },
    )
  })

  test('is the same as a fresh snapshot after any part of its events', () => {
    fc.assert(
      fc.property(kinds, fc.nat(14), (list, cut) => {
        const events = history(list)
        const whole = replay(events, fromSnapshot(snapshot()))
        const early = replay(events.slice(0, cut), fromSnapshot(snapshot()))
        const later = early && fromSnapshot(asRead(early, events.slice(0, cut)))
        expect(plain(replay(events, later))).toEqual(plain(whole))
      }),
    )
  })

  test('stays as it is when a snapshot comes that events have overtaken', () => {
    fc.assert(
      fc.property(lived, fc.nat(14), fc.nat(14), (list, cut, arrival) => {
        const events = history(list)
        const whole = replay(events, fromSnapshot(snapshot()))
        const read = events.slice(0, cut)
        const early = replay(read, fromSnapshot(snapshot()))
        const known = replay(events.slice(0, cut + arrival), fromSnapshot(snapshot()))
        const renewed = early && withSnapshot(known, asRead(early, read))
        expect(plain(renewed)).toEqual(plain(known))
        expect(plain(replay(events, renewed))).toEqual(plain(whole))
      }),
    )
  })

  test('takes from a snapshot what it had not heard', () => {
    const events = history(['message', 'case', 'capture', 'conversation'])
    const whole = replay(events, fromSnapshot(snapshot()))
    expect(plain(whole && withSnapshot(fromSnapshot(snapshot()), asRead(whole, events)))).toEqual(plain(whole))
    expect(plain(whole && withSnapshot(undefined, asRead(whole, events)))).toEqual(plain(whole))
  })

  test('is nothing once it was erased, and stays so whatever comes late', () => {
    const [late, erased] = history(['message', 'erased'])
    expect(
      replay(
        [erased, late, erased].flatMap((each) => each ?? []),
        fromSnapshot(snapshot()),
      ),
    ).toBeUndefined()
  })

  test('keeps its messages in order of seq, each once', () => {
    const state = [message(3), message(2), message(3)].reduce(withMessage, fromSnapshot(snapshot()))
    expect(state.messages.map(({ seq }) => seq)).toEqual([1, 2, 3])
  })

  test('passes over what belongs to another conversation', () => {
    const state = fromSnapshot(snapshot())
    const other = conversation({ id: otherConversationId(2) })
    expect(applyEvent(state, { position: '9-9-9', change: { type: 'conversation', conversation: other } })).toBe(state)
    expect(withMessage(state, message(2, { conversationId: other.id }))).toBe(state)
  })

  test('does not let an event older than the snapshot undo it, but takes a message it lacks', () => {
    const state = fromSnapshot(snapshot({ conversation: conversation({ status: 'resolved', lastSeq: 2 }) }))
    const late = applyEvent(state, {
      position: '1-99-9',
      change: { type: 'message', message: message(2), conversation: conversation({}) },
    })
    expect(late?.conversation.status).toBe('resolved')
    expect(late?.messages).toHaveLength(2)
  })
})

describe('positions', () => {
  test('are ordered by epoch, then transaction, then id, as numbers', () => {
    const sorted = ['2-1-1', '1-9-1', '1-10-1', '1-10-12', '1-10-2'].sort(comparePositions)
    expect(sorted).toEqual(['1-9-1', '1-10-1', '1-10-2', '1-10-12', '2-1-1'])
    expect(comparePositions('1-18446744073709551615-1', '1-18446744073709551614-1')).toBe(1)
  })

  test('that are not positions sort lowest instead of throwing', () => {
    expect(comparePositions('nonsense', '1-1-1')).toBe(-1)
  })
})
