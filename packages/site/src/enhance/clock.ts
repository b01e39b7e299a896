/** Milliseconds that only ever grow: for how long something took. */
export const ticks = (): number => performance.now()
