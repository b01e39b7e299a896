import type { ContactApi } from '@clew/client/contact-api'
import { ClewError } from '@clew/client/http'
import { conversation, message } from '@clew/client/samples'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Outgoing } from '../outbox/outbox.ts'
import { Sending } from './sending.ts'
import type { Session } from './session.ts'
import { emptyState, type PanelState } from './state.ts'
import { createStore } from './store.ts'

const firstWords: Outgoing = { kind: 'start', clientMessageId: 'one', body: 'Hello', files: [], locale: 'en' }
const { id } = conversation({})

/** A tab of the browser: all share what is stored, each has a way to the server of its own. */
function createTab(startConversation: () => Promise<unknown>) {
  const store = createStore<PanelState>({ ...emptyState, current: 'mine' })
  const started: string[] = []
  const told = vi.fn()
  const sending = new Sending({
    api: { startConversation } as unknown as ContactApi,
    session: { ensure: async () => {} } as Session,
    store,
    onDelivered: () => {},
    onStarted: (conversationId) => started.push(conversationId),
    onGone: () => {},
    tellTabs: told,
  })
  return { store, started, told, sending }
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('removeEventListener', () => {})
  vi.stubGlobal('document', new EventTarget())
})

afterEach(() => vi.unstubAllGlobals())

test('a tab follows its conversation to the server when another tab has sent the first words', async () => {
  const mute = createTab(() => Promise.reject(new ClewError({ code: 'network', status: 0 })))
  const other = createTab(async () => ({ conversation: conversation({}), message: message(1) }))
  await mute.sending.add('mine', firstWords)
  await vi.waitFor(() => expect(mute.store.get().isWaiting).toBe(true))
  expect(mute.store.get().current).toBe('mine')

  await other.sending.wake()
  await vi.waitFor(() => expect(other.told).toHaveBeenCalled())
  await mute.sending.wake()
  expect(mute.store.get()).toMatchObject({ current: id, outbox: [] })
  expect(mute.started).toEqual([id])

  await mute.sending.wake()
  expect(mute.started).toHaveLength(1)
  await Promise.all([mute.sending.close(false), other.sending.close(false)])
})
