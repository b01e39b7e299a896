import { ClewError } from '@clew/client/http'
import type { ResumableUpload } from '@clew/client/resumable'
import { IDBFactory } from 'fake-indexeddb'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openDatabase } from '../platform/database.ts'
import type { Lock } from '../platform/lock.ts'
import { databaseUploads, memoryUploads, type PlainFile, type UploadStore } from './upload-store.ts'
import { Uploader, type UploadProgress } from './uploader.ts'

const content = () => new Blob([new Uint8Array(1000)])
const upload = (id: string) => ({ id, name: 'a.har', content: content(), isPaused: false, addedAt: '' })
const network = () => new ClewError({ code: 'network', status: 0 })

type Send = (upload: ResumableUpload) => Promise<void>

type More = { isSignedIn?: () => boolean; lockFor?: () => Lock }

function uploader(store: UploadStore, send: Send, more: More = {}) {
  const seen: Readonly<Record<string, UploadProgress>>[] = []
  const timers: (() => void)[] = []
  const ended: string[] = []
  const brought: [{ id: string; name: string; sizeBytes: number }, PlainFile][] = []
  let now = 0
  const made = new Uploader({
    store,
    lockFor: () => (work) => work(),
    send,
    end: async (id) => void ended.push(id),
    onPlainSent: async (file, plain) => void brought.push([file, plain]),
    isSignedIn: () => true,
    onChange: (uploads) => seen.push(uploads),
    setTimer: (run) => {
      timers.push(run)
      return () => undefined
    },
    monotonicMs: () => (now += 1000),
    random: () => 0.5,
    ...more,
  })
  return { made, seen, timers, ended, brought, last: () => seen.at(-1) ?? {} }
}

const stores = ['IndexedDB', 'memory'] as const
describe.each(stores)('a large file kept in %s', (kind) => {
  const open = async (factory = new IDBFactory()): Promise<UploadStore> =>
    kind === 'memory' ? memoryUploads() : databaseUploads(await openDatabase('clew', factory))

  test('is sent, and then kept no longer', async () => {
    const store = await open()
    const { made, last, seen } = uploader(store, async ({ onProgress }) => {
      onProgress?.(0, 1000)
      onProgress?.(500, 1000)
      onProgress?.(1000, 1000)
    })
    await made.add(upload('u1'))
    await vi.waitFor(() => expect(last()).toEqual({}))
    expect(await store.list()).toEqual([])
    expect(seen.map((each) => each['u1']?.bytesPerSecond)).toContain(500)
  })

  test('waits when the network is away, and goes on by itself', async () => {
    const store = await open()
    let tries = 0
    const { made, timers, last } = uploader(store, async () => {
      tries += 1
      if (tries < 3) throw network()
    })
    await made.add(upload('u1'))
    await vi.waitFor(() => expect(last()['u1']?.state).toBe('waiting'))
    await vi.waitFor(() => expect(timers).toHaveLength(1))
    timers[0]?.()
    await vi.waitFor(() => expect(timers).toHaveLength(2))
    await made.wake()
    await vi.waitFor(() => expect(last()).toEqual({}))
    expect(tries).toBe(3)
  })

  test('stops when it is paused and goes on when it is resumed', async () => {
    const store = await open()
    let tries = 0
    const send: Send = ({ signal, onProgress }) =>
      new Promise((resolve, reject) => {
        tries += 1
        onProgress?.(400, 1000)
        if (tries > 1) return resolve()
        signal?.addEventListener('abort', () => reject(new ClewError({ code: 'aborted', status: 0 })))
      })
    const { made, last } = uploader(store, send)
    await made.add(upload('u1'))
    await vi.waitFor(() => expect(last()['u1']?.state).toBe('uploading'))
    await made.pause('u1')
    await vi.waitFor(() => expect(last()['u1']).toMatchObject({ state: 'paused', sentBytes: 400 }))
    await made.wake()
    expect(tries).toBe(1)
    await made.resume('u1')
    await vi.waitFor(() => expect(last()).toEqual({}))
    expect(tries).toBe(2)
  })

  test('is ended on the server when it is cancelled', async () => {
    const store = await open()
    const { made, last, ended } = uploader(
      store,
      ({ signal }) =>
        new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(new ClewError({ code: 'aborted', status: 0 }))),
        ),
    )
    await made.add(upload('u1'))
    await made.cancel('u1')
    expect([last(), await store.list(), ended]).toEqual([{}, [], ['u1']])
  })

  test('stays cancelled when the server was just about to begin it', async () => {
    const store = await open()
    let begun: (() => void) | undefined
    const { made, last, ended } = uploader(store, async ({ signal, onProgress }) => {
      await new Promise<void>((resolve) => (begun = resolve))
      onProgress?.(0, 1000)
      if (signal?.aborted) throw new ClewError({ code: 'aborted', status: 0 })
    })
    await made.add(upload('u1'))
    await vi.waitFor(() => expect(begun).toBeDefined())
    const cancelled = made.cancel('u1')
    await vi.waitFor(() => expect(last()).toEqual({}))
    expect(ended).toEqual([])
    begun?.()
    await cancelled
    expect(ended).toEqual(['u1'])
    expect(last()).toEqual({})
  })

  test('goes on when it is resumed before it had stopped', async () => {
    const store = await open()
    const stops: (() => void)[] = []
    const { made, last } = uploader(
      store,
      () =>
        new Promise((resolve, reject) => {
          if (stops.length > 0) return resolve()
          stops.push(() => reject(new ClewError({ code: 'aborted', status: 0 })))
        }),
    )
    await made.add(upload('u1'))
    await vi.waitFor(() => expect(stops).toHaveLength(1))
    await made.pause('u1')
    await made.resume('u1')
    stops[0]?.()
    await vi.waitFor(() => expect(last()).toEqual({}))
  })

  test('says why the server does not take it, and is forgotten when it is over there', async () => {
    const store = await open()
    const failures = [
      new ClewError({ code: 'upload.quota_exceeded', status: 413 }),
      new ClewError({ code: 'upload.ended', status: 410 }),
    ]
    const { made, last } = uploader(store, async () => {
      throw failures.shift()
    })
    await made.add(upload('u1'))
    await vi.waitFor(() => expect(last()['u1']).toMatchObject({ state: 'failed', code: 'upload.quota_exceeded' }))
    await made.resume('u1')
    await vi.waitFor(() => expect(last()).toEqual({}))
    expect(await store.list()).toEqual([])
  })

  test('is sent by nobody before there is a session', async () => {
    let isSignedIn = false
    const sent = vi.fn(async () => undefined)
    const { made, last } = uploader(await open(), sent, { isSignedIn: () => isSignedIn })
    await made.add(upload('u1'))
    await vi.waitFor(() => expect(last()['u1']?.state).toBe('waiting'))
    expect(sent).not.toHaveBeenCalled()
    isSignedIn = true
    await vi.waitFor(async () => {
      await made.wake()
      expect(last()).toEqual({})
    })
    expect(sent).toHaveBeenCalledTimes(1)
  })
})

test('what a closed tab left is gone on with by the next one', async () => {
  const factory = new IDBFactory()
  const first = databaseUploads(await openDatabase('clew', factory))
  const never = uploader(first, () => new Promise(() => undefined))
  await never.made.add(upload('u1'))
  const sent: string[] = []
  const second = uploader(databaseUploads(await openDatabase('clew', factory)), async ({ id, content: kept }) => {
    sent.push(`${id} ${kept.size}`)
  })
  await second.made.wake()
  await vi.waitFor(() => expect(sent).toEqual(['u1 1000']))
})

test('a plain file is brought by a message once all of it is there, with ids that a repeat has again', async () => {
  const factory = new IDBFactory()
  const plain = { conversation: 'c1', clientMessageId: 'm1' }
  const kinds: unknown[] = []
  const first = uploader(
    databaseUploads(await openDatabase('clew', factory)),
    async ({ kind }) => void kinds.push(kind),
  )
  await first.made.add({ ...upload('u1'), name: 'screen.mp4', plain })
  await vi.waitFor(() => expect(first.last()).toEqual({}))
  expect(first.seen.some((each) => each['u1']?.name === 'screen.mp4')).toBe(true)
  expect(first.brought).toEqual([[{ id: 'u1', name: 'screen.mp4', sizeBytes: 1000 }, plain]])
  expect(kinds).toEqual(['file'])
})

test('a plain file that is over on the server says so: no timeline does', async () => {
  const { made, last } = uploader(memoryUploads(), async () => {
    throw new ClewError({ code: 'upload.ended', status: 410 })
  })
  await made.add({ ...upload('u1'), plain: { conversation: 'c1', clientMessageId: 'm1' } })
  await vi.waitFor(() => expect(last()['u1']).toMatchObject({ state: 'failed', code: 'upload.ended' }))
})

/** A database that works until the browser takes it away. */
async function fickle() {
  const whole = await openDatabase('clew', new IDBFactory())
  let broken: 'no' | 'write' | 'all' = 'no'
  const store = databaseUploads({
    run: (stores, mode, work) => {
      if (broken === 'all' || (broken === 'write' && mode === 'readwrite'))
        return Promise.reject(new DOMException('closing', 'InvalidStateError'))
      return whole.run(stores, mode, work)
    },
    close: () => whole.close(),
  })
  return { store, breakIt: (how: 'write' | 'all') => void (broken = how) }
}

describe('a browser that takes its database away', () => {
  const unhandled: unknown[] = []
  const note = (error: unknown) => void unhandled.push(error)
  beforeAll(() => void process.on('unhandledRejection', note))
  afterAll(() => void process.off('unhandledRejection', note))

  test('before the file is kept: it is sent from memory, and the person is told', async () => {
    const { store, breakIt } = await fickle()
    breakIt('write')
    const { made, seen, last } = uploader(store, async ({ onProgress }) => onProgress?.(500, 1000))
    await made.add(upload('u1'))
    await vi.waitFor(() => expect(last()).toEqual({}))
    expect(seen.some((each) => each['u1']?.isFragile)).toBe(true)
  })

  test('while it is sent: it goes on from memory, is told and comes to its end', async () => {
    const { store, breakIt } = await fickle()
    const gates: (() => void)[] = []
    const { made, seen, last, timers } = uploader(store, async ({ onProgress }) => {
      await new Promise<void>((resolve) => gates.push(resolve))
      onProgress?.(500, 1000)
      if (timers.length === 0) throw network()
    })
    await made.add(upload('u1'))
    await vi.waitFor(() => expect(gates).toHaveLength(1))
    expect(last()['u1']?.isFragile).toBeUndefined()
    breakIt('all')
    gates[0]?.()
    await vi.waitFor(() => expect(timers).toHaveLength(1))
    await made.wake()
    await vi.waitFor(() => expect(gates).toHaveLength(2))
    expect(last()['u1']?.isFragile).toBe(true)
    gates[1]?.()
    await vi.waitFor(() => expect(last()).toEqual({}))
    expect(seen.at(-2)?.['u1']?.isFragile).toBe(true)
  })

  test('a lock that cannot be had does not keep the file here, and what breaks is told', async () => {
    const sent = vi.fn(async () => undefined)
    const refusing = uploader(memoryUploads(), sent, { lockFor: () => () => Promise.reject(new Error('no lock')) })
    await refusing.made.add(upload('u1'))
    await vi.waitFor(() => expect(refusing.last()).toEqual({}))
    expect(sent).toHaveBeenCalledTimes(1)

    const store = { ...memoryUploads(), find: () => Promise.reject(new Error('broken')) }
    const broken = uploader(store, sent)
    await broken.made.add(upload('u2'))
    await vi.waitFor(() => expect(broken.last()['u2']).toMatchObject({ state: 'failed', code: 'storage' }))
  })

  test('nothing of it is left unhandled', async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(unhandled).toEqual([])
  })
})

test('a device without room keeps the file as long as the page lasts', async () => {
  const database = {
    run: async (_stores: unknown, mode: string) => {
      if (mode === 'readwrite') throw new DOMException('full', 'QuotaExceededError')
      return []
    },
    close: () => undefined,
  }
  const store = databaseUploads(database as never)
  await store.put(upload('u1'))
  expect((await store.find('u1'))?.name).toBe('a.har')
})
