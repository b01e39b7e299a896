/** Asks until the answer is yes; fails with what was waited for. */
export async function eventually(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  withinMs = 30_000,
): Promise<void> {
  const giveUpAt = performance.now() + withinMs
  for (;;) {
    if (await isSo()) return
    if (performance.now() > giveUpAt) throw new Error(`${what}: not within ${withinMs / 1000} s`)
    await pause(50)
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
