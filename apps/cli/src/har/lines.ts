/** The line, counted from 1, of each of the given positions. */
export function linesOf(bytes: Uint8Array, positions: readonly number[]): Map<number, number> {
  const lines = new Map<number, number>()
  let line = 1
  let next = bytes.indexOf(0x0a)
  for (const position of positions.toSorted((a, b) => a - b)) {
    while (next >= 0 && next < position) {
      line += 1
      next = bytes.indexOf(0x0a, next + 1)
    }
    lines.set(position, line)
  }
  return lines
}
