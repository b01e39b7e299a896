import { readCapture, sanitiseHarBytes } from '@clew/har'
import { expect, test } from 'vitest'
import { readSafeCopy } from './analyse.ts'

const entry = (n: number, letters: number) => ({
  startedDateTime: '2026-11-24T08:00:00.000Z',
  time: 10,
  request: { method: 'GET', url: `https://app.northlight.example/${n}`, headers: [], cookies: [] },
  response: {
    status: 200 + (n % 3),
    headers: [],
    content: {
      size: letters,
      mimeType: 'application/json',
      text: JSON.stringify({ error: 'word '.repeat(letters / 5) }),
    },
  },
  timings: {},
})

test.each([
  ['no entry at all', 0, 10],
  ['one entry', 1, 10],
  ['many small ones', 3000, 50],
  ['more than one piece of it', 40, 400_000],
])('a safe copy of %s is read in pieces as it is read whole', async (_, entries, letters) => {
  const har = {
    log: {
      version: '1.2',
      creator: { name: 'tool', version: '3' },
      entries: Array.from({ length: entries }, (_none, n) => entry(n, letters)),
    },
  }
  const { bytes } = await sanitiseHarBytes(new TextEncoder().encode(JSON.stringify(har)))
  const read = await readSafeCopy(new Blob([bytes as Uint8Array<ArrayBuffer>]))
  const whole = readCapture(bytes)
  const told = ({ index, url, status }: (typeof whole.entries)[number]) => ({ index, url, status })
  expect(read.creator).toBe(whole.creator)
  expect(read.entries.map(told)).toEqual(whole.entries.map(told))
})
