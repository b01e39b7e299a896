/**
 * How many times as much of the processor's time `work` takes on an input `factor` times as large: about `factor` where
 * the time grows with the size, and the square of it where it grows with the square.
 * A time alone says how fast the machine is and how busy; a ratio from the same moment does not. The least of several
 * tries counts, since whatever else runs in this process can only add. Tries end as soon as the ratio is at most `enough`.
 * @param work may answer with a promise, which is waited for.
 * @param make the input for a size, made before the clock starts.
 * @param sizes the smaller size and how many times as large the larger is. On the smaller, `work` should take some
 *   milliseconds; it is repeated until it has taken five.
 * @throws what `work` throws.
 */
export async function growth<T>(
  work: (input: T) => unknown,
  make: (size: number) => T,
  sizes: GrowthSizes,
): Promise<number> {
  const { from, factor, enough = Math.sqrt(factor) * factor } = sizes
  return costRatio(work, [make(from), make(from * factor)], enough)
}

export type GrowthSizes = {
  from: number
  factor: number
  /** A ratio that needs no further try; without it the middle between growing with the size and with its square. */
  enough?: number
}

/** The same for two inputs of any kind: how many times as much of the processor's time the second takes as the first. */
export async function costRatio<T>(
  work: (input: T) => unknown,
  [small, large]: readonly [T, T],
  enough: number,
): Promise<number> {
  let leastSmall = await settledMs(work, small)
  let leastLarge = Number.POSITIVE_INFINITY
  for (let [spent, tries] = [0, 0]; tries < 6 && spent < mostMs; tries += 1) {
    const ms = await cpuMs(work, large, 0)
    spent += ms
    leastLarge = Math.min(leastLarge, ms)
    if (leastLarge / leastSmall <= enough) break
    leastSmall = Math.min(leastSmall, await cpuMs(work, small, leastMs))
  }
  return leastLarge / leastSmall
}

const leastMs = 5
const enoughMs = 600
/** What has taken so long and still seems too slow is slow. */
const mostMs = 3000

/**
 * The least that `work` takes once the engine has made it as fast as it does: before, the larger input, which comes
 * later, would look as if it took less than its share.
 */
async function settledMs<T>(work: (input: T) => unknown, input: T): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let [spent, tries, since] = [0, 0, 0]; tries < 2 || (spent < enoughMs && since < 3); tries += 1) {
    const ms = await cpuMs(work, input, leastMs)
    spent += Math.max(ms, leastMs)
    since = ms < least * 0.95 ? 0 : since + 1
    least = Math.min(least, ms)
  }
  return least
}

/** Milliseconds of this process for one run of `work`, the mean of as many as fill `atLeast` milliseconds. */
async function cpuMs<T>(work: (input: T) => unknown, input: T, atLeast: number): Promise<number> {
  const before = process.cpuUsage()
  for (let runs = 1; ; runs += 1) {
    await work(input)
    const { user, system } = process.cpuUsage(before)
    const ms = (user + system) / 1000
    if (ms >= atLeast && ms > 0) return ms / runs
  }
}
