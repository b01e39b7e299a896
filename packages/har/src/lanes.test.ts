import { expect, test } from 'vitest'
import { bytesSource } from './byte-source.ts'
import { serveLane } from './lane-link.ts'
import type { LanePort } from './lane-port.ts'
import { sanitiseHar, sanitiseHarBytes } from './sanitise.ts'
import type { Shelf } from './shelf.ts'
import { capture, entry, KEY } from './test-support.ts'
import type { SanitiseOptions } from './types.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

const LATE_SECRET = 'tok_7f6e5d4c3b2a1908f7e6d5c4'

/** Of several batches. What the last entry gives away stands in the first ones, under a harmless name. */
const FILE = encoder.encode(
  JSON.stringify(
    capture(
      Array.from({ length: 400 }, (_, i) =>
        entry({
          url: `https://app.northlight.example/v1/items/${i}${i === 399 ? `?access_token=${LATE_SECRET}` : ''}`,
          body: JSON.stringify({ id: i, owner: `person${i % 40}@customer.example`, note: 'some words '.repeat(1_200) }),
          responseHeaders: { 'x-note': i < 3 ? `seen ${LATE_SECRET}` : 'nothing', 'x-request-id': `req_${i}` },
        }),
      ),
    ),
  ),
)

interface Threads {
  start(): LanePort[]
  open: number
  calls: number
}

/** Ports as a platform gives them: messages are copied, moved buffers leave this side. */
function threads(
  count: number,
  { makeShelf, breakAfter = Infinity }: { makeShelf?: () => Shelf; breakAfter?: number } = {},
): Threads {
  const made: Threads = {
    open: 0,
    calls: 0,
    start: () =>
      Array.from({ length: count }, () => {
        made.open += 1
        let hear: (message: unknown) => void = () => undefined
        let fail: (error: Error) => void = () => undefined
        const serve = serveLane(
          (message, moved) => {
            const copy = structuredClone(message, { transfer: moved })
            queueMicrotask(() => hear(copy))
          },
          () => makeShelf?.(),
        )
        return {
          post: (message, moved) => {
            made.calls += 1
            const copy = structuredClone(message, { transfer: moved })
            queueMicrotask(() => (made.calls > breakAfter ? fail(new Error('the thread died')) : serve(copy)))
          },
          listen: (hears, fails) => {
            hear = hears
            fail = fails
          },
          close: () => {
            made.open -= 1
          },
        }
      }),
  }
  return made
}

const clean = async (options: SanitiseOptions = {}) => {
  const { bytes, report } = await sanitiseHarBytes(FILE, { key: KEY, yieldEvery: 0, ...options })
  return { text: decoder.decode(bytes), report }
}

/** Tags are longer where several work. */
const withoutTags = (text: string): string => text.replace(/(\[[a-z_ -]+):[0-9a-f]{4,16},/g, '$1,')

test('several threads make the same of a file as one', async () => {
  const alone = await clean()
  for (const count of [2, 3]) {
    const made = threads(count)
    const together = await clean({ startThreads: made.start })
    expect(made.calls).toBeGreaterThan(12)
    expect(made.open).toBe(0)
    expect(withoutTags(together.text)).toBe(withoutTags(alone.text))
    const { examples, ...told } = alone.report
    expect(together.report).toMatchObject(told)
    expect(together.report.examples.map(({ where }) => where)).toEqual(examples.map(({ where }) => where))
  }
})

test('the same value has the same tag whoever cleaned it, and the same in every run', async () => {
  const first = await clean({ startThreads: threads(2).start })
  const second = await clean({ startThreads: threads(3).start })
  expect(second.text).toBe(first.text)
  const emails = new Set(first.text.match(/\[email:[0-9a-f]+,/g))
  expect(emails.size).toBe(40)
})

test('what one thread learns last is erased by the others too', async () => {
  const { text, report } = await clean({ startThreads: threads(2).start })
  expect(text).not.toContain(LATE_SECRET)
  expect(report.entries).toBe(400)
  expect(report.leftOnSecondPass).toBe(0)
})

test('it comes out the same with room for all, for some, for none, and with a shelf that gets full', async () => {
  const whole = (await clean({ startThreads: threads(2).start })).text
  const alone = (await clean()).text
  for (const memoryBytes of [0, 1 << 20]) {
    expect((await clean({ startThreads: threads(2).start, memoryBytes })).text).toBe(whole)
    expect((await clean({ memoryBytes })).text).toBe(alone)
    for (const room of [0, 2, Infinity]) {
      const makeShelf = (): Shelf => smallShelf(room)
      expect((await clean({ startThreads: threads(2, { makeShelf }).start, memoryBytes })).text).toBe(whole)
      expect((await clean({ makeShelf, memoryBytes })).text).toBe(alone)
    }
  }
})

test('a thread that cannot be had leaves the work to this one', async () => {
  const made = threads(2, { breakAfter: 0 })
  const { text, report } = await clean({ startThreads: made.start })
  expect(report.entries).toBe(400)
  expect(text).toBe((await clean()).text)
  expect(made.open).toBe(0)
})

test('a thread that dies on the way ends the whole with an error', async () => {
  const made = threads(2, { breakAfter: 5 })
  await expect(clean({ startThreads: made.start })).rejects.toThrow('the thread died')
  expect(made.open).toBe(0)
})

test('threads end when the work is left off or cancelled', async () => {
  const made = threads(2)
  const work = sanitiseHar(bytesSource(FILE), { startThreads: made.start })
  for await (const _ of work.chunks) break
  expect(made.open).toBe(0)
  const cancelled = new AbortController()
  const onProgress = (): void => cancelled.abort()
  await expect(clean({ startThreads: made.start, signal: cancelled.signal, onProgress })).rejects.toThrow(
    'har.cancelled',
  )
  expect(made.open).toBe(0)
})

test('progress rises to the end and counts what all have removed', async () => {
  const seen: number[] = []
  let removed = 0
  const { report } = await clean({
    startThreads: threads(2).start,
    onProgress: ({ phase, bytesDone, removedSoFar }) => {
      if (phase === 'harvest') seen.push(bytesDone)
      removed = removedSoFar
    },
  })
  expect(seen).toEqual([...seen].sort((a, b) => a - b))
  expect(seen.at(-1)).toBe(FILE.length)
  expect(removed).toBe(report.removedTotal)
})

/** Takes so many pieces and no more. */
function smallShelf(room: number): Shelf {
  let taken = 0
  return {
    put: async (bytes) => {
      taken += 1
      if (taken > room) throw new Error('full')
      const copy = bytes.slice()
      return async () => copy
    },
    close: () => undefined,
  }
}
