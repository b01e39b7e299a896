/** How long a proof of who somebody is counts, before something dangerous. */
const freshMinutes = 5

export const isFresh = (provedAt: Date | undefined, now: Date): boolean =>
  provedAt !== undefined && now.getTime() - provedAt.getTime() <= freshMinutes * 60_000
