export type Store<S> = {
  get(): S
  set(patch: Partial<S>): void
  update(change: (state: S) => S): void
  subscribe(listener: (state: S) => void): () => void
}

/** One value that parts of the screen follow. Listeners hear once for all that changes in the same breath. */
export function createStore<S extends object>(initial: S): Store<S> {
  let state = initial
  let isTold = true
  const listeners = new Set<(state: S) => void>()

  const update = (change: (state: S) => S) => {
    const next = change(state)
    if (next === state) return
    state = next
    if (!isTold) return
    isTold = false
    queueMicrotask(() => {
      isTold = true
      for (const listener of listeners) listener(state)
    })
  }

  return {
    get: () => state,
    set: (patch) => update((before) => ({ ...before, ...patch })),
    update,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
