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
  const [small, large] = [make(from), make(from * factor)]
  let [leastSmall, leastLarge] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  await cpuMs(work, small, leastMs)
  for (let attempt = 0; attempt < 6; attempt += 1) {
    leastSmall = Math.min(leastSmall, await cpuMs(work, small, leastMs))
    leastLarge = Math.min(leastLarge, await cpuMs(work, large, 0))
    if (leastLarge / leastSmall <= enough) break
  }
  return leastLarge / leastSmall
}

export type GrowthSizes = {
  from: number
  factor: number
  /** A ratio that needs no further try; without it the middle between growing with the size and with its square. */
  enough?: number
}

const leastMs = 5

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
