import { useSyncExternalStore } from 'react'

/** A value that components follow and plain code changes: for what outlives a screen. */
export type Store<Value> = {
  get(): Value
  set(next: Value): void
  update(change: (value: Value) => Value): void
  subscribe(listener: () => void): () => void
}

export function createStore<Value>(initial: Value): Store<Value> {
  let value = initial
  const listeners = new Set<() => void>()
  const set = (next: Value) => {
    if (Object.is(next, value)) return
    value = next
    for (const listener of listeners) listener()
  }
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const useStore = <Value>(store: Store<Value>): Value => useSyncExternalStore(store.subscribe, store.get)

/** Follows a part; `pick` must answer the same object while nothing in it changed. */
export const usePart = <Value, Part>(store: Store<Value>, pick: (value: Value) => Part): Part =>
  useSyncExternalStore(store.subscribe, () => pick(store.get()))
