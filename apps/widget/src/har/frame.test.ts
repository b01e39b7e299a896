import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { brokenMessage, connectMessage } from './protocol.ts'

/** What the frame on Clew's own origin does with messages: the page that embeds it is introduced to the worker, nobody else. */
type Heard = { source: unknown; origin: string; data: unknown; ports: unknown[] }

const page = { postMessage: vi.fn() }
const port = { name: 'a port' }
let workers: { url: string; handed: unknown[]; onerror?: () => void }[]
let hear: (event: Heard) => void

beforeEach(async () => {
  workers = []
  const listeners: ((event: Heard) => void)[] = []
  vi.stubGlobal('parent', page)
  vi.stubGlobal('CLEW_WORKER', 'sanitise-worker.js')
  vi.stubGlobal('addEventListener', (kind: string, listener: (event: Heard) => void) => {
    if (kind === 'message') listeners.push(listener)
  })
  vi.stubGlobal(
    'Worker',
    class {
      handed: unknown[] = []
      url: string
      constructor(url: URL) {
        this.url = String(url)
        workers.push(this)
      }
      postMessage(_data: unknown, handed: unknown[]): void {
        this.handed.push(...handed)
      }
    },
  )
  vi.resetModules()
  await import('./frame.ts')
  hear = (event) => listeners.forEach((listener) => listener(event))
})
afterEach(() => {
  page.postMessage.mockReset()
  vi.unstubAllGlobals()
})

const right: Heard = { source: page, origin: 'https://shop.example', data: connectMessage, ports: [port] }

test('the page that embeds the frame is introduced to the worker, which gets its port', () => {
  hear(right)
  expect(workers.map(({ handed }) => handed)).toEqual([[port]])
})

test.each<[string, Partial<Heard>]>([
  ['another window', { source: { postMessage: () => undefined } }],
  ['no window at all', { source: null }],
  ['the page, but with another word', { data: 'clew:other' }],
  ['the page, but with an object that looks like the word', { data: { toString: () => connectMessage } }],
  ['the page, but with the word in a list', { data: [connectMessage] }],
  ['the page, but without a port', { ports: [] }],
])('a message of %s is ignored', (_who, change) => {
  hear({ ...right, ...change })
  expect(workers).toEqual([])
  expect(page.postMessage).not.toHaveBeenCalled()
})

test('that the worker cannot start is told to the origin that asked, and to no other', () => {
  hear(right)
  workers[0]?.onerror?.()
  expect(page.postMessage).toHaveBeenCalledWith(brokenMessage, 'https://shop.example')
})
