import { type Keeping, keepingFrom } from './har/keeping.ts'

/** Written in by the build: the hashed names of the files that the page needs. */
declare const CLEW_OFFLINE_FILES: readonly string[]

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface KeeperScope {
  readonly registration: { readonly scope: string }
  readonly location: { readonly href: string }
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
}

/** Keeps the HAR page and its files for times without a network. Nothing else of the site passes through here. */
function serve(scope: KeeperScope): void {
  const keeping = keepingFrom({
    page: scope.registration.scope,
    script: scope.location.href,
    files: CLEW_OFFLINE_FILES,
  })
  scope.addEventListener('install', (event) => event.waitUntil(fillStore(keeping).then(() => scope.skipWaiting())))
  scope.addEventListener('activate', (event) => event.waitUntil(tidy(keeping).then(() => scope.clients.claim())))
  scope.addEventListener('fetch', (event) => {
    const kind = keeping.kindOf(event.request)
    if (kind === 'file') event.respondWith(fromStore(keeping, event.request))
    if (kind === 'page') event.respondWith(fromNetwork(keeping, event.request))
  })
}

async function fillStore({ store, files, page }: Keeping): Promise<void> {
  const cache = await caches.open(store)
  await cache.addAll([...files])
  await cache.add(new Request(page, { cache: 'no-cache' }))
}

async function tidy({ store, isOlder }: Keeping): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== store && isOlder(name)).map((name) => caches.delete(name)))
}

async function fromStore({ store }: Keeping, request: Request): Promise<Response> {
  const cache = await caches.open(store)
  return (await cache.match(request, { ignoreVary: true })) ?? fetch(request)
}

/** The newest page where there is a network; else the one that was kept. */
async function fromNetwork({ store, page }: Keeping, request: Request): Promise<Response> {
  const cache = await caches.open(store)
  try {
    const answer = await fetch(request)
    if (answer.ok) await cache.put(page, answer.clone())
    return answer
  } catch (error) {
    const kept = await cache.match(page, { ignoreVary: true })
    if (kept === undefined) throw error
    return kept
  }
}

serve(self as unknown as KeeperScope)
