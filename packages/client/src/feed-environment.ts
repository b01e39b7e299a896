/** What a feed needs of the place it runs in. Tests give their own. */
export type FeedEnvironment = {
  setTimer(run: () => void, afterMs: number): () => void
  /** From 0 to below 1, for jitter only. */
  random(): number
  isOnline(): boolean
  /** Calls when the network comes back or the page is looked at again; answers how to stop. */
  onWake(listener: () => void): () => void
  /** Calls when the network is gone; answers how to stop. */
  onLost(listener: () => void): () => void
}

export const browserEnvironment: FeedEnvironment = {
  setTimer(run, afterMs) {
    const timer = setTimeout(run, afterMs)
    return () => clearTimeout(timer)
  },

  random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,

  // Some engines do not say; then we find out by trying.
  isOnline: () => globalThis.navigator?.onLine !== false,

  onWake(listener) {
    const seen = () => {
      if (document.visibilityState === 'visible') listener()
    }
    addEventListener('online', listener)
    addEventListener('pageshow', seen)
    document.addEventListener('visibilitychange', seen)
    return () => {
      removeEventListener('online', listener)
      removeEventListener('pageshow', seen)
      document.removeEventListener('visibilitychange', seen)
    }
  },

  onLost(listener) {
    addEventListener('offline', listener)
    return () => removeEventListener('offline', listener)
  },
}
