/** The earliest and the latest time, from now, until which a conversation can be put off. */
export const snoozeLimitsMs = { least: 60_000, most: 366 * 24 * 60 * 60_000 } as const
