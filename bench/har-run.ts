import { closeSync, createReadStream, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fileShelf, startThreads } from '@clew/har-threads'
import { sanitize as sanitiseByPeer } from 'har-sanitizer'
import chain from 'stream-chain'
import { pick } from 'stream-json/filters/pick.js'
import { parser } from 'stream-json/parser.js'
import { streamArray } from 'stream-json/streamers/stream-array.js'
import type { ByteSource } from '../packages/har/src/byte-source.ts'
import type { LanePort } from '../packages/har/src/lane-port.ts'
import { sanitiseHar } from '../packages/har/src/sanitise.ts'
import { splitHar } from '../packages/har/src/split-har.ts'

/** What one process measures: `alone` uses one thread, `peer` is the library `har-sanitizer`, the rest are baselines. */
export type HarWork = 'sanitise' | 'alone' | 'copy' | 'streamed' | 'whole' | 'peer'

export interface HarRun {
  megabytesPerSecond: number
  peakMegabytes: number
}

const laneWorker = fileURLToPath(new URL('lane-worker.js', import.meta.url))

const WORK: Readonly<Record<HarWork, (path: string) => Promise<void>>> = {
  sanitise: (path) => reading(path, (source) => sanitise(source, (bytes) => startThreads(laneWorker, { bytes }))),
  alone: (path) => reading(path, (source) => sanitise(source, () => [])),
  copy: (path) => reading(path, copy),
  streamed,
  whole: async (path) => void JSON.stringify(JSON.parse(readFileSync(path, 'utf8'))),
  peer: async (path) =>
    void JSON.stringify(
      await sanitiseByPeer(JSON.parse(readFileSync(path, 'utf8')), { cookies: 'hash', tokens: 'hash' }),
    ),
}

const [, , work, path = ''] = process.argv
const started = performance.now()
await WORK[work as HarWork](path)
const run: HarRun = {
  megabytesPerSecond: statSync(path).size / 1e3 / (performance.now() - started),
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
}
console.log(JSON.stringify(run))

async function sanitise(source: ByteSource, threads: (bytes: number) => LanePort[]): Promise<void> {
  const { chunks, report } = sanitiseHar(source, { startThreads: threads, makeShelf: fileShelf })
  for await (const _ of chunks);
  if ((await report).leftOnSecondPass > 0) throw new Error('A secret was left.')
}

/** The floor: splits the file into entries, parses and stringifies each, and does nothing with them. */
async function copy(source: ByteSource): Promise<void> {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  for await (const batch of splitHar(source)) {
    for (const part of batch.parts) {
      if (part.type !== 'skipped') encoder.encode(JSON.stringify(JSON.parse(decoder.decode(part.bytes))))
    }
  }
}

/** The same by the library that most programs read large JSON with. */
async function streamed(file: string): Promise<void> {
  const encoder = new TextEncoder()
  const entries: AsyncIterable<{ value: unknown }> = chain([
    createReadStream(file),
    parser(),
    pick({ filter: 'log.entries' }),
    streamArray(),
  ])
  for await (const { value } of entries) encoder.encode(JSON.stringify(value))
}

/** The file is read in parts, as a browser reads a File. */
async function reading(file: string, use: (source: ByteSource) => Promise<void>): Promise<void> {
  const handle = openSync(file, 'r')
  const slice = async (start: number, end: number): Promise<Uint8Array> => {
    const bytes = new Uint8Array(end - start)
    readSync(handle, bytes, 0, bytes.length, start)
    return bytes
  }
  await use({ size: fstatSync(handle).size, slice })
  closeSync(handle)
}
