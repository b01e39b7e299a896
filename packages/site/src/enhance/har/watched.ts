/** A value that others follow. */
export interface Watched<V> {
  get(): V
  subscribe(listener: () => void): () => void
}

export function watched<V>(first: V): Watched<V> & { set(value: V): void } {
  let value = first
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (next === value) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
