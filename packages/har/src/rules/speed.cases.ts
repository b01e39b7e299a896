import { type EntryParts, entry, page } from '../test-support.ts'
import type { JsonValue } from '../types.ts'
import { APP, failed, type RuleCase, times } from './testing.ts'

const script = (at: number, parts: EntryParts = {}): JsonValue =>
  entry({ url: `${APP}/assets/app-${at}.js`, type: 'script', mime: 'text/javascript', ...parts })
const over = (version: string, at = 0): JsonValue =>
  entry({ url: `${APP}/v1/items/${at}`, response: { httpVersion: version } })
const slowBytes = (bytes: number, parts: EntryParts = {}): JsonValue =>
  entry({ timings: { receive: 9_000 }, response: { bodySize: bytes }, ...parts })

/** What takes long, and why. */
export const SPEED_CASES: readonly RuleCase[] = [
  {
    rule: 'slow-ttfb',
    shows: [page(), entry({ timings: { wait: 2_500 } })],
    nearMisses: {
      'quick enough': [page(), entry({ timings: { wait: 1_500 } })],
      'an event stream': [page(), entry({ timings: { wait: 9_000 }, mime: 'text/event-stream' })],
      'another site': [page(), entry({ url: 'https://other.example/x', timings: { wait: 2_500 } })],
      'an error, which is told as such': [page(), entry({ status: 500, timings: { wait: 2_500 } })],
    },
  },
  {
    rule: 'slow-dns',
    shows: [entry({ timings: { dns: 800 } })],
    nearMisses: { 'quick enough': [entry({ timings: { dns: 300 } })], unknown: [entry({ timings: { dns: -1 } })] },
  },
  {
    rule: 'slow-connect',
    shows: [entry({ timings: { connect: 1_900, ssl: 400 } })],
    nearMisses: { 'slow for its TLS': [entry({ timings: { connect: 1_900, ssl: 1_200 } })] },
  },
  {
    rule: 'slow-tls',
    shows: [entry({ timings: { connect: 1_900, ssl: 1_200 } })],
    nearMisses: { 'slow before TLS': [entry({ timings: { connect: 1_900, ssl: 400 } })] },
  },
  {
    rule: 'slow-download',
    shows: [slowBytes(300_000)],
    nearMisses: {
      'a lot of data': [slowBytes(30_000_000)],
      'an answer that is written while it is sent': [slowBytes(4_000)],
      'an event stream': [slowBytes(300_000, { mime: 'text/event-stream' })],
    },
  },
  {
    rule: 'queued',
    shows: [entry({ timings: { blocked: 1_800 } })],
    nearMisses: {
      'a moment': [entry({ timings: { blocked: 400 } })],
      'one that failed': [failed('ERR_FAILED', { timings: { blocked: 1_800 } })],
    },
  },
  {
    rule: 'h1-downgrade',
    shows: [over('http/1.1'), over('http/1.1', 1), over('h2', 2)],
    one: 'never',
    nearMisses: {
      'a host that knows no other': [over('http/1.1'), over('http/1.1', 1)],
      'the first of many': [over('http/1.1'), ...times(9, (at) => over('h2', at))],
    },
  },
  {
    rule: 'cache-miss',
    shows: [
      page(),
      ...times(5, (at) => script(at, { requestHeaders: { pragma: 'no-cache', 'cache-control': 'no-cache' } })),
    ],
    one: 'never',
    nearMisses: {
      'a few': [page(), ...times(3, (at) => script(at, { responseHeaders: { 'x-cache': 'MISS' } }))],
      'most of them kept': [
        page(),
        ...times(9, (at) => script(at, { responseHeaders: { 'x-cache': at < 5 ? 'MISS' : 'HIT' } })),
      ],
    },
  },
]
