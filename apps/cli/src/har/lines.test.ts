import { bytesSource } from '@clew/har'
import { expect, test } from 'vitest'
import { linesOf } from './lines.ts'

test('positions are found on their lines, across the pieces in which the file is read', async () => {
  const text = `${'x'.repeat(10)}\n`.repeat(300_000)
  const positions = [0, 9, 11, 1 << 20, (1 << 20) + 1, 3_000_000, 22]
  const lines = await linesOf(bytesSource(new TextEncoder().encode(text)), positions)
  for (const at of positions) expect([at, lines.get(at)]).toEqual([at, Math.floor(at / 11) + 1])
})

test('a file without a line end has one line', async () => {
  expect(await linesOf(bytesSource(new TextEncoder().encode('abc')), [0, 2])).toEqual(
    new Map([
      [0, 1],
      [2, 1],
    ]),
  )
})
