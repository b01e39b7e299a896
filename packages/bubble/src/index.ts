import type { BootOptions, Clew } from './calls.ts'
import { scriptAddress } from './script-address.ts'

export type { BootOptions, Clew, ClewCalls, ClewEvents, UpdateOptions } from './calls.ts'

export type LoadOptions = {
  /** What to begin with; `manual` draws nothing until `clew('boot')`. */
  boot?: BootOptions | 'manual'
  /** For a content security policy that goes by nonces. */
  nonce?: string
  /** Pins the script to what your version of Clew serves; copy it anew after an update. */
  integrity?: string
}

type Page = { Clew?: ((...call: unknown[]) => unknown) & { q?: unknown[] } }

/**
 * Loads the bubble from a Clew address, such as `https://help.example.com`, and answers with the function that takes its
 * calls. They are kept in order until the script is there. Again on the same page: the same bubble. Where there is no
 * page, as on a server that renders one, calls do nothing.
 */
export function loadClew(address: string, { boot = {}, ...tag }: LoadOptions = {}): Clew {
  if (typeof document === 'undefined') return noPage
  const source = new URL('clew.js', address.endsWith('/') ? address : `${address}/`).href
  const page = globalThis as Page
  page.Clew ??= createStub()
  if (document.querySelector(`script[src="${CSS.escape(source)}"]`) === null) addScript(source, tag)
  if (boot !== 'manual') clew('boot', boot)
  return clew
}

const noPage = (() => () => undefined) as Clew

/** Always the function that the page has now: first the stub, then the bubble's own. */
const clew = ((verb: string, ...args: unknown[]) => {
  const { Clew: run } = globalThis as Page
  if (verb !== 'on') return void run?.(verb, ...args)
  // The stub cannot answer with a function that stops, so a listener is told nothing once it has.
  const [event, listener] = args as [string, (detail: unknown) => void]
  let isOver = false
  const stop = run?.('on', event, (detail: unknown) => {
    if (!isOver) listener(detail)
  })
  return () => {
    isOver = true
    if (typeof stop === 'function') stop()
  }
}) as Clew

/** Keeps calls in the form in which the bubble's script looks for them. */
function createStub(): NonNullable<Page['Clew']> {
  const stub: NonNullable<Page['Clew']> = (...call) => void stub.q?.push(call)
  stub.q = []
  return stub
}

function addScript(source: string, { nonce, integrity }: Omit<LoadOptions, 'boot'>): void {
  const script = document.createElement('script')
  script.async = true
  script.dataset['boot'] = 'manual'
  if (nonce !== undefined) script.nonce = nonce
  if (integrity !== undefined) {
    script.integrity = integrity
    script.crossOrigin = 'anonymous'
  }
  script.addEventListener('error', () => {
    // The next call of `loadClew` tries again; what was called until then is still in the stub.
    script.remove()
    console.warn(`Clew: ${source} could not be loaded`)
  })
  script.src = scriptAddress(source)
  document.head.append(script)
}
