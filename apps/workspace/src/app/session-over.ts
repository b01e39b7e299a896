/** Set by the router: the way to the sign-in page when the server no longer knows us. Kept apart so that any room can say it. */
let leave: () => void = () => undefined

export const onSessionOver = (way: () => void): void => {
  leave = way
}

export const sessionOver = (): void => leave()
