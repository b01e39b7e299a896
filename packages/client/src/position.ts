import type { Position } from '@clew/contract/primitives'

/** Which of two places in the event log is later: below, at or above zero. */
export function comparePositions(a: Position, b: Position): number {
  const left = parts(a)
  const right = parts(b)
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0n) - (right[index] ?? 0n)
    if (difference !== 0n) return difference < 0n ? -1 : 1
  }
  return 0
}

const parts = (position: Position): bigint[] =>
  position.split('-').map((part) => (/^\d{1,20}$/.test(part) ? BigInt(part) : 0n))
