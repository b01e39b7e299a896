import { ClewError } from '@clew/client/http'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openDatabase } from '../platform/database.ts'
import { type Lock, leaseLock } from '../platform/lock.ts'
import { databaseOutbox } from './database-store.ts'
import { createFlusher } from './flush.ts'
import { memoryOutbox } from './memory-store.ts'
import type { NewEntry, OutboxEntry, OutboxStore } from './outbox.ts'

const start = (conversation: string, body: string): NewEntry => ({
  conversation,
  createdAt: '2026-11-24T10:00:00.000Z',
  outgoing: { kind: 'start', clientMessageId: `m-${body}`, body, files: [], locale: 'en' },
})
const message = (conversation: string, body: string): NewEntry => ({
  conversation,
  createdAt: '2026-11-24T10:00:01.000Z',
  outgoing: { kind: 'message', clientMessageId: `m-${body}`, body, files: [] },
})
const bodyOf = ({ outgoing }: OutboxEntry) => ('body' in outgoing ? outgoing.body : outgoing.kind)

/** A server that keeps what it is sent by client id, as ours does, and fails as told. */
function createServer() {
  const kept: { conversation: string; body: string }[] = []
  const seen = new Set<string>()
  const failures: ClewError[] = []
  const answersLost: boolean[] = []
  const deliver = async (entry: OutboxEntry, conversation: string) => {
    const failure = failures.shift()
    if (failure !== undefined) throw failure
    const id = 'clientMessageId' in entry.outgoing ? entry.outgoing.clientMessageId : String(entry.order)
    const target = entry.outgoing.kind === 'start' ? `server-${conversation}` : conversation
    if (!seen.has(id)) kept.push({ conversation: target, body: bodyOf(entry) })
    seen.add(id)
    if (answersLost.shift()) throw new ClewError({ code: 'network', status: 0 })
    return entry.outgoing.kind === 'start' ? { conversation: { id: target } as never } : {}
  }
  return { kept, failures, answersLost, deliver }
}

const alone: Lock = (work) => work()

function flusherFor(store: OutboxStore, server: ReturnType<typeof createServer>, lock: Lock = alone) {
  const delivered: string[] = []
  const refused: string[] = []
  const waiting: boolean[] = []
  const gone: string[] = []
  const renewSession = vi.fn(async () => true)
  const flusher = createFlusher({
    store,
    lock,
    deliver: server.deliver,
    renewSession,
    onDelivered: (entry) => delivered.push(bodyOf(entry)),
    onRefused: (entry) => refused.push(bodyOf(entry)),
    onGone: (conversation) => gone.push(conversation),
    onWaiting: (isWaiting) => waiting.push(isWaiting),
    setTimer: (run, afterMs) => {
      const timer = setTimeout(run, afterMs)
      return () => clearTimeout(timer)
    },
    random: () => 0.5,
  })
  return { ...flusher, delivered, refused, waiting, gone, renewSession }
}

const network = () => new ClewError({ code: 'network', status: 0 })
const refused = (status: number, code: string) => new ClewError({ code, status })

describe.each(['IndexedDB', 'memory'] as const)('the outbox in %s', (kind) => {
  let factory: IDBFactory
  const open = async () => (kind === 'memory' ? memoryOutbox() : databaseOutbox(await openDatabase('clew', factory)))
  beforeEach(() => {
    factory = new IDBFactory()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('sends in the order of writing, the start first, to the id the server gave', async () => {
    const store = await open()
    const server = createServer()
    for (const entry of [start('c1', 'one'), message('c1', 'two'), message('c1', 'three')]) await store.add(entry)
    const flusher = flusherFor(store, server)
    flusher.wake()
    await vi.waitFor(() => expect(flusher.delivered).toEqual(['one', 'two', 'three']))
    expect(server.kept.map(({ conversation }) => conversation)).toEqual(['server-c1', 'server-c1', 'server-c1'])
    expect(await store.list()).toEqual([])
  })

  test('arrives once when the answer is lost after the server has stored it', async () => {
    const store = await open()
    const server = createServer()
    server.answersLost.push(true, false, true, true)
    for (const entry of [start('c1', 'one'), message('c1', 'two')]) await store.add(entry)
    const flusher = flusherFor(store, server)
    flusher.wake()
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(20_000)
      expect(flusher.delivered).toEqual(['one', 'two'])
    })
    expect(server.kept.map(({ body }) => body)).toEqual(['one', 'two'])
  })

  test('keeps the order when the first fails for a while, and waits as long as it is told', async () => {
    const store = await open()
    const server = createServer()
    server.failures.push(network(), new ClewError({ code: 'rate.limited', status: 429, retryAfterMs: 30_000 }))
    for (const entry of [start('c1', 'one'), message('c1', 'two')]) await store.add(entry)
    const flusher = flusherFor(store, server)
    flusher.wake()
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(1000)
      expect(server.failures).toHaveLength(0)
    })
    await vi.advanceTimersByTimeAsync(20_000)
    expect(server.kept).toEqual([])
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(11_000)
      expect(flusher.delivered).toEqual(['one', 'two'])
    })
  })

  test('writes a refusal on the entry and goes on with the next', async () => {
    const store = await open()
    const server = createServer()
    server.failures.push(refused(409, 'message.id_reused'))
    for (const entry of [message('c1', 'one'), message('c1', 'two')]) await store.add(entry)
    const flusher = flusherFor(store, server)
    flusher.wake()
    await vi.waitFor(() => expect(flusher.delivered).toEqual(['two']))
    const [failed] = await store.list()
    expect(failed?.failure).toEqual({ code: 'message.id_reused' })
    expect(flusher.refused).toEqual(['one'])

    await store.retry(failed?.order ?? 0)
    flusher.wake()
    await vi.waitFor(() => expect(flusher.delivered).toEqual(['two', 'one']))
  })

  test('holds back what belongs to a conversation that could not be started, and nothing else', async () => {
    const store = await open()
    const server = createServer()
    server.failures.push(refused(400, 'input.invalid'))
    for (const entry of [start('c1', 'one'), message('c1', 'two'), message('c2', 'other')]) await store.add(entry)
    const flusher = flusherFor(store, server)
    flusher.wake()
    await vi.waitFor(() => expect(flusher.delivered).toEqual(['other']))
    expect((await store.list()).map(bodyOf)).toEqual(['one', 'two'])
  })

  test('takes back what was for a conversation that is no more, and says of which', async () => {
    const store = await open()
    await store.settle((await store.add(start('c1', 'one'))).order, { clientId: 'c1', id: 's1' })
    const server = createServer()
    server.failures.push(refused(404, 'conversation.not_found'))
    for (const entry of [message('c1', 'two'), message('c2', 'other')]) await store.add(entry)
    const flusher = flusherFor(store, server)
    flusher.wake()
    await vi.waitFor(() => expect(flusher.delivered).toEqual(['other']))
    expect(flusher.gone).toEqual(['s1'])
    expect(await store.list()).toEqual([])
  })

  test('begins a new session once when the old one is no longer valid', async () => {
    const store = await open()
    const server = createServer()
    server.failures.push(refused(401, 'session.expired'))
    await store.add(start('c1', 'one'))
    const flusher = flusherFor(store, server)
    flusher.wake()
    await vi.waitFor(() => expect(flusher.delivered).toEqual(['one']))
    expect(flusher.renewSession).toHaveBeenCalledTimes(1)
  })

  test('tells nobody of a round in which there was nothing to send', async () => {
    const flusher = flusherFor(await open(), createServer())
    flusher.wake()
    await vi.waitFor(() => expect(flusher.waiting).toEqual([false]))
    expect([flusher.delivered, flusher.refused]).toEqual([[], []])
  })

  test('forgets everything when told to', async () => {
    const store = await open()
    await store.add(start('c1', 'one'))
    await store.settle((await store.add(start('c2', 'two'))).order, { clientId: 'c2', id: 's2' })
    await store.clear()
    expect(await store.list()).toEqual([])
    expect(await store.conversationId('c2')).toBe('c2')
  })
})

describe('the outbox over several tabs', () => {
  test('still has its words, in order, after the tab was closed', async () => {
    const factory = new IDBFactory()
    const before = await openDatabase('clew', factory)
    const first = databaseOutbox(before)
    for (const entry of [start('c1', 'one'), message('c1', 'two')]) await first.add(entry)
    before.close()

    const server = createServer()
    const flusher = flusherFor(databaseOutbox(await openDatabase('clew', factory)), server)
    flusher.wake()
    await vi.waitFor(() => expect(server.kept.map(({ body }) => body)).toEqual(['one', 'two']))
  })

  test('knows after a restart which conversation was started', async () => {
    const factory = new IDBFactory()
    const store = databaseOutbox(await openDatabase('clew', factory))
    await store.settle((await store.add(start('c1', 'one'))).order, { clientId: 'c1', id: 's1' })
    const later = databaseOutbox(await openDatabase('clew', factory))
    expect(await later.conversationId('c1')).toBe('s1')
  })

  test('is sent by one tab at a time, by lease where there are no locks', async () => {
    const database = await openDatabase('clew', new IDBFactory())
    const store = databaseOutbox(database)
    const server = createServer()
    let at = 0
    let inside = 0
    let most = 0
    const lockOf = (owner: string): Lock => {
      const lease = leaseLock(database, {
        name: 'outbox',
        owner,
        now: () => at,
        leaseMs: 40,
        wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms / 4)),
      })
      return (work) =>
        lease(async () => {
          inside += 1
          most = Math.max(most, inside)
          await new Promise((resolve) => setTimeout(resolve, 5))
          const result = await work()
          inside -= 1
          return result
        })
    }
    for (let n = 0; n < 10; n += 1) await store.add(message('c1', String(n)))
    const tabs = ['a', 'b', 'c'].map((owner) => flusherFor(store, server, lockOf(owner)))
    for (const tab of tabs) tab.wake()
    await vi.waitFor(async () => expect(await store.list()).toEqual([]))
    at += 1
    expect(most).toBe(1)
    expect(server.kept.map(({ body }) => body)).toEqual(Array.from({ length: 10 }, (_, n) => String(n)))
  })

  test('takes over a lease whose tab has died, once it has run out', async () => {
    const database = await openDatabase('clew', new IDBFactory())
    let at = 0
    const lock = (owner: string) =>
      leaseLock(database, {
        name: 'outbox',
        owner,
        now: () => at,
        leaseMs: 1000,
        wait: (ms) =>
          new Promise((resolve) => {
            // The first tab is dead: its timers never fire.
            if (owner === 'a') return
            at += ms
            setTimeout(resolve, 1)
          }),
      })
    void lock('a')(() => new Promise(() => {}))
    await new Promise((resolve) => setTimeout(resolve, 5))
    await expect(lock('b')(async () => 'mine')).resolves.toBe('mine')
  })
})
