/** The one place in this app that reads the clock and makes ids. */
export const now = (): number => Date.now()

export const newId = (): string => crypto.randomUUID()
