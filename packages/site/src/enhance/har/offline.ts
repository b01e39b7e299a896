import { ownScript } from '../start-worker.ts'
import type { OfflineState } from './page.ts'
import { type Watched, watched } from './watched.ts'

interface Kept {
  /** Address of the service worker; undefined where there is none. */
  readonly keeper: string | undefined
  readonly worker: string
}

/** Keeps in this browser what the page needs, once it has loaded, and says when it can do without the network. */
export function keepForOffline({ keeper, worker }: Kept): Watched<OfflineState> {
  const state = watched<OfflineState>('unsure')
  const keep = async () => {
    try {
      if (keeper !== undefined && 'serviceWorker' in navigator) {
        await keepByServiceWorker(keeper, location.pathname)
        state.set('ready')
        return await keepOtherLanguages(keeper)
      }
      await loadAhead(worker)
      state.set('this-visit')
    } catch {
      // Storage is refused in some private windows. The page works all the same while there is a network.
    }
  }
  if (document.readyState === 'complete') void keep()
  else addEventListener('load', () => void keep(), { once: true })
  return state
}

/** The page in the languages that its head offers: switching to one of them needs no network either. */
async function keepOtherLanguages(keeper: string): Promise<void> {
  const name = keeper.slice(keeper.lastIndexOf('/') + 1)
  for (const { href } of document.querySelectorAll<HTMLAnchorElement>('header a[hreflang]'))
    await keepByServiceWorker(new URL(name, href).pathname, new URL(href).pathname)
}

async function keepByServiceWorker(keeper: string, scope: string): Promise<void> {
  const registration = await navigator.serviceWorker.register(ownScript(keeper), { scope, updateViaCache: 'none' })
  const installing = registration.installing ?? registration.waiting
  if (installing !== null) await becomesActive(installing)
  if (registration.active === null) throw new Error('not kept')
}

function becomesActive(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === 'activated') resolve()
      if (worker.state === 'redundant') reject(new Error('not kept'))
    }
    worker.addEventListener('statechange', look)
    look()
  })
}

/** Names with a content hash stay in the browser's own store, so that later they are there without the network. */
async function loadAhead(worker: string): Promise<void> {
  await Promise.all([fetch(worker), import('./timeline/timeline.tsx')])
}
