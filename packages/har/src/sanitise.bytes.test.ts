import { expect, test } from 'vitest'
import { at, capture, clean, type EntryParts, entry } from './test-support.ts'

const json = (value: unknown, status = 200): EntryParts => ({ status, body: JSON.stringify(value) })
const textOf = async (parts: EntryParts): Promise<string> =>
  String(at((await clean(capture([entry(parts)]))).har, 'log', 'entries', 0, 'response', 'content', 'text'))

const BYTES = [112, 119, 61, 75, 106, 56, 115, 100, 57, 70]

test('bytes written as numbers go, and numbers that measure something stay', async () => {
  const bytes = { blob: { data: BYTES }, map: { ...BYTES }, deep: [[BYTES]] }
  const edges = [...BYTES].sort((a, b) => a - b)
  const measures = { counts: BYTES, latencies: BYTES, edges, version: [112, 0, 61, 4] }
  const zeros = BYTES.map(() => 0)
  const shown = await textOf(json({ ...bytes, ...measures }))
  expect(JSON.parse(shown)).toEqual({ blob: { data: zeros }, map: { ...zeros }, deep: [[zeros]], ...measures })
})

test('what bytes say is erased elsewhere too', async () => {
  const said = [...new TextEncoder().encode('mail jane.doe@customer.example')]
  const { text } = await clean(
    capture([entry(json({ said })), entry({ responseHeaders: { server: 'for jane.doe@customer.example' } })]),
  )
  expect(text).not.toContain('jane.doe')
})
