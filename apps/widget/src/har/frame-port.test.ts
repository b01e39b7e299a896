import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connectFrame, type FramePort } from './frame-port.ts'
import { brokenMessage, connectMessage } from './protocol.ts'

/** What a page that embeds the frame does with messages: it believes the frame, from Clew's own origin, and nobody else. */
type Heard = { source: unknown; origin: string; data: unknown }

const origin = 'https://help.example'
const inner = { postMessage: vi.fn() }
let listeners: Set<(event: Heard) => void>
let load: () => void
let root: ShadowRoot
let outcome: 'waits' | 'fails' | 'works'
let settled: Promise<FramePort | undefined>

beforeEach(() => {
  listeners = new Set()
  outcome = 'waits'
  vi.stubGlobal('addEventListener', (kind: string, listener: (event: Heard) => void) => {
    if (kind === 'message') listeners.add(listener)
  })
  vi.stubGlobal('removeEventListener', (_kind: string, listener: (event: Heard) => void) => listeners.delete(listener))
  const frame = {
    contentWindow: inner,
    addEventListener: (_kind: string, listener: () => void) => {
      load = listener
    },
    remove: () => undefined,
  }
  vi.stubGlobal('document', {
    createElement: () => frame,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  })
  root = { appendChild: () => undefined } as unknown as ShadowRoot
  settled = connectFrame(root, `${origin}/har-frame.html`).then(
    (port) => {
      outcome = 'works'
      return port
    },
    () => {
      outcome = 'fails'
      return undefined
    },
  )
})
afterEach(async () => {
  hear({ source: inner, origin, data: brokenMessage })
  ;(await settled)?.close()
  inner.postMessage.mockReset()
  vi.unstubAllGlobals()
})

const hear = (event: Heard): void => listeners.forEach((listener) => listener(event))
const turn = () => new Promise((resolve) => setImmediate(resolve))

test.each<[string, Partial<Heard>]>([
  ['another window', { source: { postMessage: () => undefined } }],
  ['another origin in the frame', { origin: 'https://evil.example' }],
  ['an origin that begins like it', { origin: `${origin}.evil.example` }],
  ['no origin', { origin: 'null' }],
  ['the frame, but with another word', { data: 'clew:sanitiser-fine' }],
  ['the frame, but with an object', { data: { type: 'ready' } }],
])('a message of %s changes nothing', async (_who, change) => {
  hear({ source: inner, origin, data: brokenMessage, ...change })
  await turn()
  expect(outcome).toBe('waits')
})

test('the frame itself can say that it does not work', async () => {
  hear({ source: inner, origin, data: brokenMessage })
  await settled
  expect(outcome).toBe('fails')
})

test('the port goes to Clew’s own origin, and what comes over it is the worker’s', async () => {
  load()
  expect(inner.postMessage).toHaveBeenCalledWith(connectMessage, origin, [expect.any(MessagePort)])
  const [, , ports] = inner.postMessage.mock.calls[0] as [string, string, MessagePort[]]
  ports[0]?.postMessage({ type: 'done' })
  await turn()
  expect(outcome).toBe('waits')
  ports[0]?.postMessage({ type: 'ready' })
  await settled
  expect(outcome).toBe('works')
  ports[0]?.close()
})
