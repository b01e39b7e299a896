import { type Compressed, compress } from './compressed.ts'

const mostPages = 1000
const quality = 6

/** Rendered pages, ready to send. The oldest make room; a page is rendered once, however many ask for it at a time. */
export type PageCache = {
  /** @param slot keeps one page only: another one in the same slot takes its place. */
  get(key: string, render: () => string, slot?: string): Promise<Compressed>
}

export function createPageCache(): PageCache {
  const kept = new Map<string, Promise<Compressed>>()
  const inSlot = new Map<string, string>()
  return {
    get: (key, render, slot) => {
      const known = kept.get(key)
      if (known) return known
      const made = Promise.resolve().then(() => compress(Buffer.from(render()), quality))
      kept.set(key, made)
      if (slot !== undefined) {
        const before = inSlot.get(slot)
        if (before !== undefined) kept.delete(before)
        inSlot.set(slot, key)
      }
      made.catch(() => kept.delete(key))
      const [oldest] = kept.keys()
      if (kept.size > mostPages && oldest !== undefined) kept.delete(oldest)
      if (inSlot.size > mostPages) inSlot.clear()
      return made
    },
  }
}
