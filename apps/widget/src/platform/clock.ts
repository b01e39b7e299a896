/** The one place of the bubble that asks for the time. */
export const now = (): Date => new Date()

/** Milliseconds that only grow, for measuring. */
export const monotonicMs = (): number => performance.now()

/** Where the reader's clock runs, as an IANA name; tells the server which moment "today at ten" is. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
