import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Feed, type FeedState, openFeed } from './feed.ts'
import { createHttp } from './http.ts'
import { conversation } from './samples.ts'

type Answer = (signal: AbortSignal | null | undefined) => Promise<Response> | Response

/** A server that answers the calls of a feed one after the other, and writes down what it was asked. */
function createWorld() {
  const asked: string[] = []
  const answers: { stream: Answer[]; events: Answer[] } = { stream: [], events: [] }
  const seen: string[] = []
  const states: FeedState[] = []
  const signals: string[] = []
  const refusals: string[] = []
  let wake = () => {}
  let lose = () => {}
  const online = { is: true }
  const flaw = { is: undefined as 'change' | 'signal' | 'state' | undefined }
  const failIf = (kind: typeof flaw.is) => {
    if (flaw.is === kind) throw new Error(`a flaw in ${kind}`)
  }
  const resync = vi.fn(async () => '1-90-9')
  const http = createHttp({
    baseUrl: 'https://help.example/api/v1',
    credentials: 'omit',
    locale: 'en',
    fetch: async (address, init) => {
      const { pathname, search } = new URL(String(address))
      const kind = pathname.endsWith('/stream') ? 'stream' : 'events'
      const lastEventId = new Headers(init?.headers).get('last-event-id')
      asked.push(kind === 'stream' ? `stream ${lastEventId}` : `events ${search}`)
      const answer = answers[kind].shift()
      const aborted = new Promise<never>((_, reject) =>
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
      )
      return Promise.race([answer === undefined ? new Promise<never>(() => {}) : answer(init?.signal), aborted])
    },
  })
  const open = (): Feed =>
    openFeed({
      http,
      streamPath: '/widget/stream',
      eventsPath: '/widget/events',
      position: '1-10-1',
      onChange: (event) => {
        seen.push(event.position)
        failIf('change')
      },
      onSignal: (signal) => {
        signals.push(signal.type)
        failIf('signal')
      },
      onResync: resync,
      onState: (state) => {
        states.push(state)
        failIf('state')
      },
      onRefused: (error) => refusals.push(error.code),
      environment: {
        setTimer: (run, afterMs) => {
          const timer = setTimeout(run, afterMs)
          return () => clearTimeout(timer)
        },
        random: () => 0.5,
        isOnline: () => online.is,
        onWake: (listener) => {
          wake = listener
          return () => {}
        },
        onLost: (listener) => {
          lose = listener
          return () => {}
        },
      },
    })
  return {
    asked,
    answers,
    seen,
    states,
    signals,
    refusals,
    resync,
    online,
    flaw,
    open,
    wake: () => wake(),
    lose: () => lose(),
  }
}

const encoder = new TextEncoder()
const ready = (position: string) => `event: ready\nid: ${position}\ndata: {}\n\n`
const change = (position: string) =>
  `event: change\nid: ${position}\ndata: ${JSON.stringify({ type: 'conversation', conversation: conversation({ subject: 'Ανέβασμα €' }) })}\n\n`

/** A stream that writes its chunks and then stays open, or ends. */
function streaming(chunks: (string | Uint8Array)[], end: 'open' | 'cut' = 'open'): Answer {
  return (signal) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        signal?.addEventListener('abort', () => end === 'open' && controller.error(signal.reason))
        for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
        if (end === 'cut') controller.close()
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
}

const failing: Answer = () => Promise.reject(new TypeError('Failed to fetch'))
const problem = (status: number, code: string, headers: Record<string, string> = {}): Answer => {
  return () => new Response(JSON.stringify({ code, status }), { status, headers })
}
const events = (positions: string[], more: { hasMore?: boolean; resync?: boolean; position?: string } = {}): Answer => {
  return () =>
    Response.json({
      events: positions.map((position) => ({
        position,
        change: { type: 'conversation', conversation: conversation({}) },
      })),
      position: more.position ?? positions.at(-1) ?? '1-10-1',
      hasMore: more.hasMore ?? false,
      resync: more.resync ?? false,
    })
}

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

describe('a feed', () => {
  let feed: Feed | undefined
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => {
    feed?.close()
    vi.useRealTimers()
  })

  test('delivers each event once, with its place, when the bytes are cut in two anywhere', async () => {
    const bytes = encoder.encode(`${ready('1-10-1')}${change('1-11-2')}: beat\n\n${change('1-12-3')}`)
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const world = createWorld()
      world.answers.stream.push(streaming([bytes.slice(0, cut), bytes.slice(cut)]))
      const torn = world.open()
      await settle()
      expect(world.seen, `cut at byte ${cut}`).toEqual(['1-11-2', '1-12-3'])
      torn.close()
    }
  })

  test('never delivers an event whose end did not come, and asks for it again from the last whole one', async () => {
    const whole = ready('1-10-1') + change('1-11-2')
    const bytes = encoder.encode(whole + change('1-12-3'))
    const start = encoder.encode(whole).length
    for (let cut = start; cut < bytes.length; cut += 1) {
      const world = createWorld()
      world.answers.stream.push(
        streaming([bytes.slice(0, cut)], 'cut'),
        streaming([ready('1-11-2') + change('1-12-3')]),
      )
      const torn = world.open()
      await settle(2000)
      expect(world.seen, `cut at byte ${cut}`).toEqual(['1-11-2', '1-12-3'])
      expect(world.asked).toEqual(['stream 1-10-1', 'stream 1-11-2'])
      torn.close()
    }
  })

  test('asks for what it missed as soon as the server is back, and follows its stream again within seconds', async () => {
    const world = createWorld()
    world.answers.stream.push(failing, failing, failing)
    world.answers.events.push(failing, events(['1-11-2'], { hasMore: true }), events(['1-12-3']))
    world.answers.stream.push(streaming([ready('1-12-3') + change('1-14-5')]))
    feed = world.open()
    await settle(15_000)
    expect(world.seen).toEqual(['1-11-2', '1-12-3', '1-14-5'])
    expect(world.states.at(-1)).toBe('live')
    expect(world.asked.filter((call) => call.startsWith('events'))[0]).toBe('events ?after=1-10-1')
    expect(feed.position()).toBe('1-14-5')
  })

  test('leaves a stream that opens but stays silent, as behind a buffering proxy', async () => {
    const world = createWorld()
    world.answers.stream.push(streaming([]), streaming([]), streaming([]))
    world.answers.events.push(events(['1-11-2']), events(['1-12-3']))
    feed = world.open()
    await settle(35_000)
    expect(world.states).toEqual(['reconnecting', 'polling'])
    expect(world.seen).toEqual(['1-11-2'])
    await settle(15_000)
    expect(world.seen).toEqual(['1-11-2', '1-12-3'])
  })

  test('reconnects when a live stream has been silent for 45 s', async () => {
    const world = createWorld()
    world.answers.stream.push(streaming([ready('1-10-1')]), streaming([ready('1-10-1') + change('1-11-2')]))
    feed = world.open()
    await settle(44_000)
    expect(world.states).toEqual(['live'])
    await settle(3000)
    expect(world.seen).toEqual(['1-11-2'])
    expect(world.states).toEqual(['live', 'reconnecting', 'live'])
  })

  test('reads the snapshot again on resync and goes on from its position', async () => {
    const world = createWorld()
    world.answers.stream.push(streaming(['event: resync\ndata: {}\n\n' + change('1-99-9')]))
    world.answers.stream.push(streaming([ready('1-90-9')]))
    feed = world.open()
    await settle(1000)
    expect(world.resync).toHaveBeenCalledTimes(1)
    expect(world.seen).toEqual([])
    expect(world.asked).toEqual(['stream 1-10-1', 'stream 1-90-9'])
  })

  test('resyncs by polling too, and when the server does not know the position at all', async () => {
    const world = createWorld()
    world.answers.stream.push(failing, failing, failing)
    world.answers.events.push(events([], { resync: true }), problem(400, 'stream.position_invalid'))
    feed = world.open()
    await settle(30_000)
    expect(world.resync).toHaveBeenCalledTimes(2)
    expect(world.asked).toContain('events ?after=1-90-9')
  })

  test('keeps trying when the snapshot cannot be read during a resync', async () => {
    const world = createWorld()
    world.resync.mockRejectedValueOnce(new Error('away'))
    world.answers.stream.push(problem(400, 'stream.position_invalid'), problem(400, 'stream.position_invalid'))
    world.answers.stream.push(streaming([ready('1-90-9')]))
    feed = world.open()
    await settle(5000)
    expect(world.resync).toHaveBeenCalledTimes(2)
    expect(world.states.at(-1)).toBe('live')
  })

  test('says offline without a network and comes back the moment it returns', async () => {
    const world = createWorld()
    world.online.is = false
    world.answers.stream.push(failing, streaming([ready('1-10-1')]))
    feed = world.open()
    await settle(10)
    expect(world.states).toEqual(['offline'])
    world.online.is = true
    world.wake()
    await settle(10)
    expect(world.states).toEqual(['offline', 'live'])
  })

  test('says offline the moment the network goes, though the stream has not broken', async () => {
    const world = createWorld()
    world.answers.stream.push(streaming([ready('1-10-1')]), streaming([ready('1-10-1')]))
    feed = world.open()
    await settle(10)
    world.online.is = false
    world.lose()
    await settle(10)
    expect(world.states).toEqual(['live', 'offline'])
    world.online.is = true
    world.wake()
    await settle(10)
    expect(world.states).toEqual(['live', 'offline', 'live'])
  })

  test('asks at once for what it missed when a phone wakes up', async () => {
    const world = createWorld()
    world.answers.stream.push(streaming([ready('1-10-1')]), streaming([ready('1-10-1')]))
    world.answers.events.push(events(['1-11-2']))
    feed = world.open()
    await settle(10)
    world.wake()
    await settle(10)
    expect(world.seen).toEqual(['1-11-2'])
    await settle(27_000)
    expect(world.asked.filter((call) => call === 'stream 1-10-1')).toHaveLength(2)
  })

  test('waits as long as Retry-After says', async () => {
    const world = createWorld()
    world.answers.stream.push(problem(503, 'server.busy', { 'retry-after': '20' }), streaming([ready('1-10-1')]))
    feed = world.open()
    await settle(19_000)
    expect(world.asked).toHaveLength(1)
    await settle(2000)
    expect(world.states).toEqual(['reconnecting', 'live'])
  })

  test('stops for good and says why when the session is no longer valid', async () => {
    const world = createWorld()
    world.answers.stream.push(problem(401, 'session.expired'))
    feed = world.open()
    await settle(120_000)
    expect(world.refusals).toEqual(['session.expired'])
    expect(world.asked).toHaveLength(1)
  })

  test('passes signals on without moving its place', async () => {
    const world = createWorld()
    const signal = JSON.stringify({ type: 'assistant_working', conversationId: conversation({}).id })
    world.answers.stream.push(streaming([`${ready('1-10-1')}event: signal\ndata: ${signal}\n\n`]))
    feed = world.open()
    await settle()
    expect(world.signals).toEqual(['assistant_working'])
    expect(feed.position()).toBe('1-10-1')
  })

  test.each(['change', 'signal', 'state'] as const)(
    'goes on from event to event when a listener of %s throws, and says so on the console',
    async (kind) => {
      const said = vi.spyOn(console, 'error').mockReturnValue()
      const world = createWorld()
      world.flaw.is = kind
      const signal = `event: signal\ndata: ${JSON.stringify({ type: 'status_changed' })}\n\n`
      world.answers.stream.push(streaming([ready('1-10-1') + change('1-11-2') + signal + change('1-12-3')], 'cut'))
      world.answers.stream.push(failing, failing, failing)
      world.answers.events.push(events(['1-13-4', '1-14-5']))
      feed = world.open()
      await settle(10_000)
      expect(world.seen).toEqual(['1-11-2', '1-12-3', '1-13-4', '1-14-5'])
      expect(world.signals).toEqual(['status_changed'])
      expect(world.asked.slice(0, 2)).toEqual(['stream 1-10-1', 'stream 1-12-3'])
      expect(said.mock.calls.map(([, error]) => String(error))).toContain(`Error: a flaw in ${kind}`)
      said.mockRestore()
    },
  )

  test('does nothing more once closed', async () => {
    const world = createWorld()
    world.answers.stream.push(streaming([ready('1-10-1')], 'cut'), streaming([ready('1-10-1') + change('1-11-2')]))
    feed = world.open()
    await settle()
    feed.close()
    await settle(60_000)
    expect(world.asked).toHaveLength(1)
    expect(world.seen).toEqual([])
  })
})
