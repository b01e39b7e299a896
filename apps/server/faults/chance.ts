/** Numbers that look random and are the same for the same seed, so that a run can be repeated. */
export type Chance = {
  /** From 0 to below 1. */
  next(): number
  below(limit: number): number
  between(low: number, high: number): number
  happens(probability: number): boolean
  pick<T>(choices: readonly [T, ...T[]]): T
  uuid(): string
}

export function seeded(seed: number): Chance {
  let state = seed >>> 0
  // mulberry32 by Tommy Ettinger, public domain: 32 bits of state are plenty for choosing moments and words.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    happens: (probability) => next() < probability,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
    uuid: () => {
      const hex = Array.from({ length: 32 }, () => below(16).toString(16))
      hex[12] = '4'
      hex[16] = '8'
      return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    },
  }
}
