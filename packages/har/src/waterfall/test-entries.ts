import type { WaterfallEntry } from './entry.ts'

const none = { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 0, receive: 0, total: 0 }

/** An entry for tests: 100 ms after the one before it, and 50 ms long. */
export function testEntry(
  index: number,
  {
    timings,
    ...change
  }: Partial<Omit<WaterfallEntry, 'timings'>> & { timings?: Partial<WaterfallEntry['timings']> } = {},
): WaterfallEntry {
  return {
    index,
    offsetMs: index * 100,
    method: 'GET',
    host: 'app.northlight.example',
    path: `/v1/items/${index}`,
    status: 200,
    mediaType: 'application/json',
    sizeBytes: 100,
    requestIds: [],
    ...change,
    timings: { ...none, ...(timings ?? { wait: 50, total: 50 }) },
  }
}

export const testEntries = (count: number, changes: Readonly<Record<number, Parameters<typeof testEntry>[1]>> = {}) =>
  Array.from({ length: count }, (_, index) => testEntry(index, changes[index]))
