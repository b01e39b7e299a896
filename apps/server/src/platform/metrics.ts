import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What the process counts. Labels are route patterns and codes, never ids. */
export type Metrics = ReturnType<typeof createMetrics>

export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'clew_' })
  const registers = [registry]
  const requests = new Histogram({
    name: 'clew_http_request_duration_seconds',
    help: 'Time from request to answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  })
  const streams = new Gauge({ name: 'clew_realtime_streams', help: 'Open event streams.', registers })
  const pool = new Gauge({
    name: 'clew_database_connections',
    help: 'Database connections.',
    labelNames: ['state'],
    registers,
  })
  const behind = new Gauge({
    name: 'clew_dispatch_behind',
    help: 'Events a subscriber has not seen yet.',
    labelNames: ['subscriber'],
    registers,
  })
  const parked = new Gauge({
    name: 'clew_dispatch_parked',
    help: 'Events a subscriber could not take in.',
    labelNames: ['subscriber'],
    registers,
  })
  const mails = new Counter({
    name: 'clew_mails_total',
    help: 'Outgoing mails by what became of them.',
    labelNames: ['state'],
    registers,
  })
  const model = modelMetrics(registers)
  return {
    ...model,
    observeRequest: ({ method, route, status, ms }: { method: string; route: string; status: number; ms: number }) =>
      requests.observe({ method, route, status: String(status) }, ms / 1000),
    countMail: (state: 'sent' | 'kept' | 'failed') => mails.inc({ state }),
    setStreams: (count: number) => streams.set(count),
    setPool: (stats: { total: number; idle: number; waiting: number }) => {
      for (const [state, count] of Object.entries(stats)) pool.set({ state }, count)
    },
    setDispatch: (rows: readonly { subscriber: string; behind: number; parked: number }[]) => {
      for (const row of rows) {
        behind.set({ subscriber: row.subscriber }, row.behind)
        parked.set({ subscriber: row.subscriber }, row.parked)
      }
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

export type ModelObserved = {
  outcome: 'composed' | 'handed_over' | 'stored'
  /** Why the stored words were said. */
  reason: string | undefined
  ms: number
  inputTokens: number
  outputTokens: number
  calls: number
}

function modelMetrics(registers: Registry[]) {
  const turns = new Histogram({
    name: 'clew_model_turn_duration_seconds',
    help: 'Time from taking up a turn to its answer, by what became of it.',
    labelNames: ['outcome'],
    buckets: [0.1, 0.25, 0.5, 1, 2, 4, 6, 8, 10, 20, 60],
    registers,
  })
  const calls = new Counter({ name: 'clew_model_calls_total', help: 'Requests sent to the model.', registers })
  const tokens = new Counter({
    name: 'clew_model_tokens_total',
    help: 'Tokens used, as the provider reports them or estimated.',
    labelNames: ['direction'],
    registers,
  })
  const fallbacks = new Counter({
    name: 'clew_model_fallbacks_total',
    help: "Turns that were answered without the model's words, by why.",
    labelNames: ['reason'],
    registers,
  })
  return {
    observeModel: ({ outcome, reason, ms, inputTokens, outputTokens, calls: sent }: ModelObserved) => {
      turns.observe({ outcome }, ms / 1000)
      calls.inc(sent)
      tokens.inc({ direction: 'in' }, inputTokens)
      tokens.inc({ direction: 'out' }, outputTokens)
      if (reason !== undefined) fallbacks.inc({ reason })
    },
  }
}
