import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { captureReader } from './capture-reader.ts'
import type { CaptureSource, Reading, ReadingOptions } from './model.ts'

/**
 * Stands for the built worker: a file of no bytes ends its thread, one of a single byte is never answered, and any
 * other is handed back as it is, with the number of its thread.
 */
const worker = `
import { parentPort, threadId } from 'node:worker_threads'
const analysed = { state: 'analysed', removed: [], entries: [], entryCount: threadId, spanMs: 0, failing: 0,
  findings: [], undecidable: [] }
parentPort.on('message', ({ type, id, size, bytes }) => {
  if (type === 'read' && size === 0) process.exit(1)
  if (type === 'read' && size > 1) parentPort.postMessage({ type: 'wants', id, start: 0, end: size })
  if (type === 'slice') parentPort.postMessage({ type: 'chunk', id, bytes })
  if (type === 'more') parentPort.postMessage({ type: 'done', id, reading: analysed })
  if (type === 'cancel') parentPort.postMessage({ type: 'failed', id, error: 'left off' })
})
`
const folder = mkdtempSync(join(tmpdir(), 'clew-reader-'))
const file = join(folder, 'worker.mjs')
writeFileSync(file, worker)
const reader = captureReader(file)
afterAll(async () => {
  await reader.close()
  rmSync(folder, { recursive: true, force: true })
})

const options: ReadingOptions = {
  firstPartyHosts: [],
  uploadLimitBytes: 1,
  sanitising: { policy: 'standard', keepBodiesOf: [], rules: [] },
}
const begin = (size: number, slice?: CaptureSource['slice']): Reading =>
  reader.read({ size, slice: slice ?? (async (start, end) => new Uint8Array(end - start)) }, options, () => undefined)
async function bytesOf({ clean }: Reading): Promise<number> {
  let bytes = 0
  for await (const chunk of clean) bytes += chunk.length
  return bytes
}
async function threadOf(reading: Reading): Promise<number> {
  await bytesOf(reading)
  const result = await reading.result
  return result.state === 'analysed' ? result.entryCount : -1
}

test('a capture that ends its thread ends no other reading, and the next one is read', async () => {
  let release: ((bytes: Uint8Array) => void) | undefined
  const slow = begin(5, () => new Promise((resolve) => (release = resolve)))
  const hostile = begin(0)
  await expect(bytesOf(hostile)).rejects.toThrow('worker ended')
  expect(await bytesOf(begin(7))).toBe(7)
  await expect.poll(() => release).toBeDefined()
  release?.(new Uint8Array(5))
  expect(await bytesOf(slow)).toBe(5)
})

test('one after the other are read by the same thread, two at once by two', async () => {
  const first = await threadOf(begin(3))
  expect(await threadOf(begin(3))).toBe(first)
  const [one, two] = await Promise.all([threadOf(begin(3)), threadOf(begin(3))])
  expect(one).not.toBe(two)
})

test('a reading that nobody began is stopped, and its thread is free again', async () => {
  const thread = await threadOf(begin(3))
  const never = begin(1)
  never.stop()
  await expect(never.result).rejects.toThrow('left off')
  expect(await threadOf(begin(3))).toBe(thread)
})
