import { expect, test } from 'vitest'
import { EntryStore, type StoredEntry } from './entry-store.ts'
import { sanitiseHarBytes } from './sanitise.ts'
import { capture, entry, KEY } from './test-support.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Now and then one that is longer than what is packed together. */
function jsonOf(index: number): string {
  return JSON.stringify({ index, text: `${index} `.repeat(index === 250 ? 200_000 : 4_000), word: 'κείμενο' })
}

async function filled(room: number, count: number): Promise<EntryStore> {
  const store = new EntryStore(room, true)
  for (let index = 0; index < count; index += 1) {
    store.add(index, jsonOf(index))
    await store.settle()
  }
  return store
}

test('what was stored comes back as it was and in order, packed or not', async () => {
  for (const room of [1, 3 << 20, 1 << 30]) {
    const store = await filled(room, 400)
    expect(store.count).toBe(400)
    const taken: StoredEntry[] = []
    for await (const { index, bytes } of store.take()) taken.push({ index, bytes: bytes.slice() })
    expect(taken.map(({ index }) => index)).toEqual(Array.from({ length: 400 }, (_, index) => index))
    for (const { index, bytes } of taken) expect(decoder.decode(bytes)).toBe(jsonOf(index))
  }
})

test('packed entries leave room for many more', async () => {
  const bytes = jsonOf(100).length
  const room = 4 << 20
  const store = await filled(room, Math.ceil((3 * room) / bytes))
  expect(store.hasRoom).toBe(true)
})

test('a file comes out the same whether its entries are kept, packed or read twice', async () => {
  const entries = Array.from({ length: 300 }, (_, i) =>
    entry({
      url: `https://app.northlight.example/v1/items/${i}?token=tok_7f6e5d4c3b2a1908f7e6d5c4`,
      body: JSON.stringify({ id: i, owner: `person${i}@customer.example`, note: 'words '.repeat(2_000) }),
      responseHeaders: { 'x-note': 'tok_7f6e5d4c3b2a1908f7e6d5c4' },
    }),
  )
  const bytes = encoder.encode(JSON.stringify(capture(entries)))
  const outputs: string[] = []
  for (const memoryBytes of [0, 400_000, 1 << 30]) {
    const result = await sanitiseHarBytes(bytes, { key: KEY, yieldEvery: 0, memoryBytes })
    expect(result.report.entries).toBe(300)
    outputs.push(decoder.decode(result.bytes))
  }
  expect(outputs[0]).not.toContain('tok_7f6e5d4c3b2a1908f7e6d5c4')
  expect(new Set(outputs).size).toBe(1)
})
