import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { BroadcastChannel } from 'node:worker_threads'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { captureReader } from './capture-reader.ts'
import type { CaptureReader, Reading, ReadingOptions } from './model.ts'
import type { ReaderLimits } from './reader-protocol.ts'

const folders: string[] = []
const readers: CaptureReader[] = []
afterAll(async () => {
  await Promise.all(readers.map((reader) => reader.close()))
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** The worker as it is built, beside a lane of its own: as many processors as are said, and nothing is too small for lanes. */
async function readerWith(laneWorker: string, limits: ReaderLimits): Promise<CaptureReader> {
  const folder = mkdtempSync(path.join(tmpdir(), 'clew-lanes-'))
  folders.push(folder)
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}')
  const shared = { bundle: true, platform: 'node', format: 'esm', logLevel: 'warning' } as const
  const here = import.meta.dirname
  const file = path.join(folder, 'capture-worker.js')
  await build({ ...shared, entryPoints: [path.join(here, 'capture-worker.ts')], outfile: file })
  const stdin = { contents: laneWorker, resolveDir: here }
  await build({ ...shared, stdin, outfile: path.join(folder, 'lane-worker.js') })
  const reader = captureReader(file, { worthBytes: 0, ...limits })
  readers.push(reader)
  return reader
}

/** A lane that answers whoever asks, as long as it lives. */
const lane = `
import { BroadcastChannel } from 'node:worker_threads'
import { serveThread } from '@clew/har-threads'
const channel = new BroadcastChannel('clew-lanes')
channel.onmessage = ({ data }) => data === 'who' && channel.postMessage('here')
serveThread()
`
/** One that dies when it is given the first entries. */
const dyingLane = `
import { parentPort } from 'node:worker_threads'
import { serveThread } from '@clew/har-threads'
let heard = 0
parentPort.on('message', () => ++heard > 1 && process.exit(3))
serveThread()
`

const channel = new BroadcastChannel('clew-lanes')
afterAll(() => channel.close())
async function livingLanes(): Promise<number> {
  let living = 0
  channel.onmessage = () => {
    living += 1
  }
  channel.postMessage('who')
  await wait(150)
  return living
}

let four: CaptureReader
let two: CaptureReader
beforeAll(async () => {
  four = await readerWith(lane, { processors: 4 })
  two = await readerWith(lane, { processors: 2 })
})

const secret = 'tok_7f6e5d4c3b2a1908f7e6d5c4'
/** What the last entry gives away stands in the first ones. */
const har = Buffer.from(
  JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'made up', version: '1' },
      entries: Array.from({ length: 300 }, (_, i) => ({
        startedDateTime: `2026-11-24T10:15:${String(i % 60).padStart(2, '0')}.000Z`,
        time: 12,
        request: {
          method: 'GET',
          url: `https://app.northlight.example/v1/items/${i}${i === 299 ? `?access_token=${secret}` : ''}`,
          headers: [{ name: 'cookie', value: `sid=hunter2hunter2${i}` }],
        },
        response: {
          status: i === 7 ? 500 : 200,
          headers: [{ name: 'x-note', value: i < 3 ? `seen ${secret}` : 'nothing' }],
          content: {
            mimeType: 'application/json',
            text: JSON.stringify({ id: i, words: 'some words '.repeat(1_200) }),
          },
        },
        timings: { send: 0, wait: 12, receive: 0 },
      })),
    },
  }),
)

const options: ReadingOptions = {
  firstPartyHosts: ['app.northlight.example'],
  uploadLimitBytes: 25_000_000,
  sanitising: { policy: 'standard', keepBodiesOf: [], rules: [] },
}
const begin = (reader: CaptureReader, onProgress: (doneBytes: number) => void = () => undefined): Reading =>
  reader.read({ size: har.length, slice: async (start, end) => har.subarray(start, end) }, options, onProgress)
async function textOf({ clean }: Reading): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of clean) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}
const longTag = /\[[a-z_]+:[0-9a-f]{10},\s?\d+\s?chars\]/

test('with processors to spare a capture is cleaned in lanes, and nothing else is different', async () => {
  const together = begin(four)
  const text = await textOf(together)
  expect(text).not.toContain(secret)
  expect(text).not.toContain('hunter2')
  expect(text).toMatch(longTag)
  const alone = begin(two)
  const other = await textOf(alone)
  expect(other).not.toMatch(longTag)
  const [one, another] = [await together.result, await alone.result]
  expect(one).toMatchObject({ state: 'analysed', entryCount: 300, failing: 1 })
  // Where an entry stands depends on how long the tags before it are.
  const withoutSpans = (read: typeof one) =>
    JSON.parse(JSON.stringify(read, (key, value) => (key === 'span' ? 0 : value)))
  expect(withoutSpans(one)).toEqual(withoutSpans(another))
  await expect.poll(livingLanes).toBe(0)
})

test('who leaves off in the middle of the clean copy ends its lanes', async () => {
  const reading = begin(four)
  for await (const piece of reading.clean) {
    expect(piece.length).toBeGreaterThan(0)
    expect(await livingLanes()).toBe(2)
    break
  }
  await expect(reading.result).rejects.toThrow('left off')
  await expect.poll(livingLanes).toBe(0)
  expect(await textOf(begin(four))).toMatch(longTag)
})

test('a reading that is stopped while the lanes learn ends them, and the next one is read', async () => {
  let stop: () => void = () => undefined
  const reading = begin(four, () => stop())
  stop = reading.stop
  await expect(textOf(reading)).rejects.toThrow('left off')
  await expect(reading.result).rejects.toThrow('left off')
  await expect.poll(livingLanes).toBe(0)
  expect(await textOf(begin(four))).toMatch(longTag)
})

test('a lane that dies fails its reading and nothing more: the thread that reads lives on', async () => {
  const dying = await readerWith(dyingLane, { processors: 4 })
  for (const reading of [begin(dying), begin(dying)]) {
    await expect(textOf(reading)).rejects.toThrow('a thread that cleans captures ended')
    await expect(reading.result).rejects.toThrow('a thread that cleans captures ended')
  }
})
