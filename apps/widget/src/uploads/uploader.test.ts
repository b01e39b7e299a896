import { ClewError } from '@clew/client/http'
import type { ResumableUpload } from '@clew/client/resumable'
import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, test, vi } from 'vitest'
import { openDatabase } from '../platform/database.ts'
import type { Lock } from '../platform/lock.ts'
import { databaseUploads, memoryUploads, type UploadStore } from './upload-store.ts'
import { Uploader, type UploadProgress } from './uploader.ts'

const content = () => new Blob([new Uint8Array(1000)])
const upload = (id: string) => ({ id, name: 'a.har', content: content(), isPaused: false, addedAt: '' })
const network = () => new ClewError({ code: 'network', status: 0 })

type Send = (upload: ResumableUpload) => Promise<void>

function uploader(store: UploadStore, send: Send, more: { isSignedIn?: () => boolean; lockFor?: () => Lock } = {}) {
  const seen: Readonly<Record<string, UploadProgress>>[] = []
  const timers: (() => void)[] = []
  const ended: string[] = []
  let now = 0
  const made = new Uploader({
    store,
    lockFor: () => (work) => work(),
    send,
    end: async (id) => void ended.push(id),
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
  return { made, seen, timers, ended, last: () => seen.at(-1) ?? {} }
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

test('a device without room keeps the file as long as the page lasts', async () => {
  const database = {
    run: async (_stores: unknown, mode: string) => {
      if (mode === 'readwrite') throw new DOMException('full', 'QuotaExceededError')
      return undefined
    },
    close: () => undefined,
  }
  const store = databaseUploads(database as never)
  await store.put(upload('u1'))
  expect((await store.find('u1'))?.name).toBe('a.har')
})
