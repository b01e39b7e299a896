import type { Activity, Message } from '@clew/contract/conversations'
import { describe, expect, test } from 'vitest'
import { checkBeforeSend } from './draft-guard.ts'

const message = (seq: number, authorId: string) =>
  ({ seq, kind: 'message', author: { type: 'agent', id: authorId } }) as unknown as Message
const activity = (seq: number, what: Activity) =>
  ({ seq, kind: 'activity', author: { type: 'system' }, activity: what }) as unknown as Message
const me = { id: 'me', name: 'Elena' }

describe('before a reply is sent', () => {
  test('it goes when nothing arrived since it was begun', () => {
    expect(checkBeforeSend({ kind: 'message', begunAtSeq: 4 }, [message(4, 'contact')], me)).toEqual({ hold: false })
  })

  test('it is held when the contact wrote meanwhile, and shows what arrived', () => {
    const arrival = message(5, 'contact')
    expect(checkBeforeSend({ kind: 'message', begunAtSeq: 4 }, [message(4, 'contact'), arrival], me)).toEqual({
      hold: true,
      arrivals: [arrival],
    })
  })

  test('my own messages do not hold it', () => {
    expect(checkBeforeSend({ kind: 'message', begunAtSeq: 4 }, [message(5, me.id)], me).hold).toBe(false)
  })

  test('what I did myself does not hold it, and what a colleague did does', () => {
    const draft = { kind: 'message', begunAtSeq: 4 } as const
    const mine = [
      activity(5, { type: 'took_over', agentName: 'Elena' }),
      activity(6, { type: 'reopened', byName: 'Elena' }),
    ]
    expect(checkBeforeSend(draft, mine, me).hold).toBe(false)
    expect(checkBeforeSend(draft, [activity(5, { type: 'took_over', agentName: 'Petros' })], me).hold).toBe(true)
    expect(checkBeforeSend(draft, [activity(5, { type: 'assigned', agentName: 'Elena' })], me).hold).toBe(true)
  })

  test('it asks once about each arrival, and again about a new one', () => {
    const messages = [message(5, 'contact')]
    const asked = { kind: 'message', begunAtSeq: 4, askedAtSeq: 5 } as const
    expect(checkBeforeSend(asked, messages, me).hold).toBe(false)
    expect(checkBeforeSend(asked, [...messages, message(6, 'colleague')], me)).toMatchObject({
      hold: true,
      arrivals: [{ seq: 6 }],
    })
  })

  test('a note is never held', () => {
    expect(checkBeforeSend({ kind: 'note', begunAtSeq: 0 }, [message(5, 'contact')], me).hold).toBe(false)
  })
})
