export type Keeping = ReturnType<typeof keepingFrom>

interface Known {
  /** Address of the page: also the scope. */
  readonly page: string
  /** Address of the service worker, one level below the root: `/en/har-offline.js`. */
  readonly script: string
  readonly files: readonly string[]
}

/** What is kept for times without a network, where, and which requests it answers. */
export function keepingFrom({ page, script, files }: Known) {
  const locale = new URL(page).pathname.split('/').at(-2) ?? ''
  const assets = new URL('../assets/site/', script).href
  const needed = files.filter((file) => locale === 'el' || !file.includes('-greek-'))
  const family = `clew-har-${locale}-`
  const addresses = new Set(needed.map((file) => new URL(file, assets).href))
  return {
    page,
    files: [...addresses],
    /** Named after what is in it, so that another build has another store. */
    store: family + hashOf(needed.join()),
    isOlder: (name: string): boolean => name.startsWith(family),
    kindOf({ method, mode, url }: Pick<Request, 'method' | 'mode' | 'url'>): 'page' | 'file' | undefined {
      if (method !== 'GET') return undefined
      if (addresses.has(url)) return 'file'
      return mode === 'navigate' && url.replace(/[?#].*$/, '') === page ? 'page' : undefined
    },
  }
}

/** FNV-1a: to tell builds apart, nothing more. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36)
}
