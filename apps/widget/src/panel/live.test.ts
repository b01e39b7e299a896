import { createHttp } from '@clew/client/http'
import { conversation } from '@clew/client/samples'
import type { RealtimeEvent } from '@clew/contract/realtime'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Live, type TabMessage } from './live.ts'

/** The locks of one browser, shared by all its tabs. */
function createLocks() {
  let held: { reject(reason: Error): void } | undefined
  const line: (() => void)[] = []
  const request = (_name: string, options: LockOptions, hold: () => Promise<void>): Promise<void> =>
    new Promise((resolve, reject) => {
      const take = () => {
        const mine = { reject }
        held = mine
        void hold().then(() => {
          resolve()
          if (held !== mine) return
          held = undefined
          line.shift()?.()
        })
      }
      if (options.steal) {
        held?.reject(new Error('stolen'))
        take()
      } else if (held === undefined) take()
      else line.push(() => (options.signal?.aborted ? line.shift()?.() : take()))
    })
  return { request }
}

const event = (position: string): RealtimeEvent => ({
  position,
  change: { type: 'conversation', conversation: conversation({}) },
})
const wire = ({ position, change }: RealtimeEvent) =>
  `event: change\nid: ${position}\ndata: ${JSON.stringify(change)}\n\n`

/** A browser with tabs: each has its own stream, all share the locks and the channel. */
function createBrowser() {
  const tabs: { live: Live; isFrozen: boolean }[] = []
  const streams: { from: string; push(text: string): void }[] = []
  const http = createHttp({
    baseUrl: 'https://help.example',
    credentials: 'omit',
    locale: 'en',
    fetch: async (_address, init) => {
      const from = new Headers(init?.headers).get('last-event-id') ?? ''
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const stream = { from, push: (text: string) => controller.enqueue(new TextEncoder().encode(text)) }
          streams.push(stream)
          stream.push(`event: ready\nid: ${from}\ndata: {}\n\n`)
          init?.signal?.addEventListener('abort', () => {
            streams.splice(streams.indexOf(stream), 1)
            controller.error(init.signal?.reason)
          })
        },
      })
      return new Response(body)
    },
  })

  const openTab = () => {
    const seen: string[] = []
    const states: string[] = []
    const channel = {
      postMessage(message: TabMessage) {
        if (tab.isFrozen) return
        for (const other of tabs) if (other !== tab && !other.isFrozen) other.live.hear(message)
      },
    }
    const live = new Live({
      http,
      tabs: channel as BroadcastChannel,
      onEvent: ({ position }) => seen.push(position),
      onSignal: () => {},
      onState: (state) => states.push(state),
      onResync: async () => '1-1-1',
      onRefused: () => {},
    })
    const tab = { live, isFrozen: false }
    tabs.push(tab)
    return { live, seen, states, freeze: () => (tab.isFrozen = true) }
  }
  return { openTab, streams }
}

const settle = (ms = 10) => vi.advanceTimersByTimeAsync(ms)

describe('the tabs of one site', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('navigator', { locks: createLocks(), onLine: true })
    vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
    vi.stubGlobal('addEventListener', () => {})
    vi.stubGlobal('removeEventListener', () => {})
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  test('share one stream, and each hears every event once', async () => {
    const { openTab, streams } = createBrowser()
    const [first, second] = [openTab(), openTab()]
    first.live.start('1-10-1')
    second.live.start('1-10-1')
    await settle(5000)
    streams[0]?.push(wire(event('1-11-2')))
    await settle()
    expect(streams).toHaveLength(1)
    expect([first.seen, second.seen]).toEqual([['1-11-2'], ['1-11-2']])
    expect(second.states.at(-1)).toBe('live')
  })

  test('go on from the last event heard when the leading one closes', async () => {
    const { openTab, streams } = createBrowser()
    const [first, second] = [openTab(), openTab()]
    first.live.start('1-10-1')
    second.live.start('1-10-1')
    await settle()
    streams[0]?.push(wire(event('1-11-2')))
    await settle()
    first.live.close()
    await settle()
    expect(streams.map(({ from }) => from)).toEqual(['1-11-2'])
  })

  test('take over from a leader that is frozen with the lock in its hand', async () => {
    const { openTab, streams } = createBrowser()
    const [first, second] = [openTab(), openTab()]
    first.live.start('1-10-1')
    await settle()
    first.freeze()
    second.live.start('1-10-1')
    await settle(2500)
    streams.at(-1)?.push(wire(event('1-11-2')))
    await settle()
    expect(second.seen).toEqual(['1-11-2'])
  })

  test('each hold a stream of their own where there are no locks', async () => {
    vi.stubGlobal('navigator', { onLine: true })
    const { openTab, streams } = createBrowser()
    for (const tab of [openTab(), openTab()]) tab.live.start('1-10-1')
    await settle()
    expect(streams).toHaveLength(2)
  })
})
