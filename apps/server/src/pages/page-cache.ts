import { type Compressed, compress } from './compressed.ts'

const mostPages = 1000
const quality = 6

/** Rendered pages, ready to send. The oldest make room; a page is rendered once, however many ask for it at a time. */
export type PageCache = { get(key: string, render: () => string): Promise<Compressed> }

export function createPageCache(): PageCache {
  const kept = new Map<string, Promise<Compressed>>()
  return {
    get: (key, render) => {
      const known = kept.get(key)
      if (known) return known
      const made = Promise.resolve().then(() => compress(Buffer.from(render()), quality))
      kept.set(key, made)
      made.catch(() => kept.delete(key))
      const [oldest] = kept.keys()
      if (kept.size > mostPages && oldest !== undefined) kept.delete(oldest)
      return made
    },
  }
}
