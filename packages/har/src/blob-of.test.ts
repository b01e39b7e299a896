import { expect, test } from 'vitest'
import { blobOf } from './blob-of.ts'

async function* chunks(count: number, bytes: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i += 1) yield new Uint8Array(bytes).fill(i)
}

test.each([
  ['nothing', 0, 0],
  ['one chunk', 1, 10],
  ['more than is held at once', 20, 1 << 20],
])('%s becomes one Blob with every byte in order', async (_, count, bytes) => {
  const blob = await blobOf(chunks(count, bytes))
  expect([blob.size, blob.type]).toEqual([count * bytes, 'application/json'])
  const content = new Uint8Array(await blob.arrayBuffer())
  for (let i = 0; i < count; i += 1) expect([content[i * bytes], content[(i + 1) * bytes - 1]]).toEqual([i, i])
})
