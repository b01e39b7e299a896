import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sanitiseHarBytes } from '@clew/har'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fileShelf } from './file-shelf.ts'
import { startThreads } from './start-threads.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'clew-threads-'))
const workerFile = path.join(folder, 'lane-worker.mjs')

beforeAll(async () => {
  await build({
    stdin: {
      contents: `import { serveThread } from './serve-thread.ts'; serveThread()`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: workerFile,
    logLevel: 'warning',
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

const LARGE = 600e6
const SECRET = 'tok_7f6e5d4c3b2a1908f7e6d5c4'

function largeCapture(): Uint8Array {
  const entries = Array.from({ length: 90 }, (_, i) => ({
    startedDateTime: '2026-11-24T10:15:30.123Z',
    request: { method: 'GET', url: `https://app.northlight.example/${i === 89 ? `?token=${SECRET}` : ''}` },
    response: {
      status: 200,
      headers: [{ name: 'x-note', value: i < 3 ? `seen ${SECRET}` : 'nothing' }],
      content: { mimeType: 'text/css', text: `.row-${i} { color: red }\n`.repeat(700) },
    },
  }))
  return new TextEncoder().encode(JSON.stringify({ log: { version: '1.2', entries } }))
}

test('real threads clean a file together, in memory and on shelves', async () => {
  const bytes = largeCapture()
  const key = new Uint8Array(16).fill(3)
  const texts: string[] = []
  for (const memoryBytes of [1 << 30, 0]) {
    const { bytes: clean, report } = await sanitiseHarBytes(bytes, {
      key,
      memoryBytes,
      startThreads: () => startThreads(workerFile, { bytes: LARGE, processors: 2 }),
    })
    expect(report).toMatchObject({ entries: 90, entriesDropped: 0, leftOnSecondPass: 0 })
    texts.push(new TextDecoder().decode(clean))
  }
  expect(texts[0]).not.toContain(SECRET)
  expect(texts[1]).toBe(texts[0])
  // Ten digits: the file was cleaned by several.
  expect(texts[0]).toMatch(/\[[a-z_]+:[0-9a-f]{10},\s?\d+\s?chars\]/)
})

test('a small capture and one processor have no use for threads, and where none was built there is none', () => {
  const started = (bytes: number, processors: number, file = workerFile): number => {
    const ports = startThreads(file, { bytes, processors })
    for (const port of ports) port.close()
    return ports.length
  }
  expect(started(LARGE, 8)).toBe(2)
  expect(started(100e6, 3)).toBe(2)
  expect(started(100e6, 2)).toBe(0)
  expect(started(20e6, 8)).toBe(0)
  expect(started(LARGE, 1)).toBe(0)
  expect(started(LARGE, 8, path.join(folder, 'missing.js'))).toBe(0)
})

test('a thread that ends says so', async () => {
  const broken = path.join(folder, 'broken.mjs')
  writeFileSync(broken, 'process.exit(3)')
  const [port] = startThreads(broken, { bytes: LARGE, processors: 2 })
  const error = await new Promise<Error>((resolve) => port?.listen(() => undefined, resolve))
  expect(error.message).toBe('a thread that cleans captures ended')
})

test('a shelf gives back what was put on it, in any order', async () => {
  const shelf = fileShelf()
  const pieces = Array.from({ length: 20 }, (_, i) => new Uint8Array(1 + i * 50_000).fill(i))
  const taken = await Promise.all(pieces.map(async (piece) => ({ piece, take: await shelf.put(piece) })))
  for (const { piece, take } of taken.reverse()) expect(Buffer.compare(await take(), piece)).toBe(0)
  shelf.close()
})

test('a shelf has no name while it is open, and can be closed unused', async () => {
  const own = path.join(folder, 'tmp')
  mkdirSync(own)
  vi.stubEnv('TMPDIR', own)
  const shelf = fileShelf()
  await shelf.put(new Uint8Array(10))
  expect(readdirSync(own)).toEqual([])
  shelf.close()
  fileShelf().close()
  vi.unstubAllEnvs()
})
