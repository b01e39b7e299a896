/** Numbers and texts that look random and are the same in every run. */
export interface Random {
  /** A whole number below `limit`. */
  upTo(limit: number): number
  /** Of so many characters, letters and digits. */
  text(length: number): string
  hex(length: number): string
  pick<T>(list: readonly T[]): T
  /** About `median`, now and then many times as much, as sizes on the web are. */
  size(median: number, most: number): number
  /** What stands in the place of `{id}`, `{hash}`, `{word}`, … */
  fill(what: string): string
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

export const WORDS =
  `account answer article assistant billing browser button caption channel column comment company contact content conversation country customer
  detail device document download editor email export feature filter folder gallery handover header history inbox invoice language layout
  library locale manager member message module notice number office option order outline panel payment picture plan policy preview
  profile project question record region release report result review schedule search section segment server setting shipment status storage
  subject summary support survey table template theme ticket timeline upload version viewer widget window workspace`.split(
    /\s+/,
  )

export function createRandom(seed: number): Random {
  let state = seed
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const upTo = (limit: number): number => Math.floor(next() * limit)
  const of = (letters: string, length: number): string => {
    let text = ''
    while (text.length < length) text += letters.charAt(upTo(letters.length))
    return text
  }
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length)] as T
  const hex = (length: number): string => of('0123456789abcdef', length)
  const fillers: Readonly<Record<string, () => string>> = {
    id: () => String(100_000 + upTo(900_000)),
    digit: () => String(1 + upTo(9)),
    hash: () => hex(8),
    word: () => pick(WORDS),
    secret: () => of(LETTERS, 40),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  }
  return {
    upTo,
    text: (length) => of(LETTERS, length),
    hex,
    pick,
    size: (median, most) => Math.min(most, Math.ceil(median * Math.exp((next() + next() + next() - 1.5) * 2.2))),
    fill: (what) => fillers[what]?.() ?? '',
  }
}
