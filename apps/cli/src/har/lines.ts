import type { ByteSource } from '@clew/har'

const newline = 0x0a
const pieceBytes = 1 << 20

/** The line, counted from 1, of each of the given positions. */
export async function linesOf(source: ByteSource, positions: readonly number[]): Promise<Map<number, number>> {
  const lines = new Map<number, number>()
  const sorted = positions.toSorted((a, b) => a - b)
  let line = 1
  let next = 0
  for (let at = 0; at < source.size && next < sorted.length; at += pieceBytes) {
    const piece = await source.slice(at, Math.min(at + pieceBytes, source.size))
    let end = piece.indexOf(newline)
    for (let position = sorted[next]; position !== undefined && position < at + piece.length; position = sorted[next]) {
      while (end >= 0 && at + end < position) {
        line += 1
        end = piece.indexOf(newline, end + 1)
      }
      lines.set(position, line)
      next += 1
    }
    while (end >= 0) {
      line += 1
      end = piece.indexOf(newline, end + 1)
    }
  }
  return lines
}
