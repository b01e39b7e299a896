/** The one place of the bubble that asks for the time. */
export const now = (): Date => new Date()
