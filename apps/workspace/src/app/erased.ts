import { createStore } from './store.ts'

/** Conversations that were deleted while this page was open, for the screen that still shows one. */
export const erased = createStore<ReadonlySet<string>>(new Set())

export const noteErased = (id: string): void => erased.update((all) => new Set(all).add(id))
