import { growth } from '@clew/testkit/growth'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyse } from './analyse.ts'
import { readCapture } from './capture.ts'
import { capture, entry, page } from './test-support.ts'
import type { JsonObject, JsonValue } from './types.ts'

/** Values that exporters and enemies put where a number, a text or a list should be. */
const odd: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    -1,
    0,
    '',
    '12',
    'NaN',
    [],
    {},
    [null],
    [[]],
    true,
    1e308,
    -1e308,
    '__proto__',
    '\ud800',
    'net::ERR_FAILED',
  ),
  fc.integer(),
  fc.string({ maxLength: 30 }),
)
const address = fc.constantFrom(
  'https://app.northlight.example/a',
  'http://login.idp.example/authorize?client_id=x&response_type=code',
  'wss://live.northlight.example/',
  '//x',
  'https://',
  'data:,x',
  'https://[::1]:99999/%zz?error=&error_description=%',
)
const header = fc.record({
  name: fc.oneof(
    fc.constantFrom(
      'Cookie',
      'set-cookie',
      'via',
      'date',
      'content-length',
      'content-type',
      'location',
      'retry-after',
      'x-request-id',
      'origin',
      'accept',
      'referer',
      'user-agent',
      'alt-svc',
      'x-ratelimit-remaining',
    ),
    odd,
  ),
  value: fc.oneof(
    odd,
    fc.constantFrom(
      'a=b; Path=/; SameSite=None',
      'Tue, 24 Nov 2026 10:15:30 GMT',
      'application/json',
      '[token:3f9a, 64 chars]',
    ),
  ),
})
const headers = fc.oneof(fc.array(header, { maxLength: 6 }), odd)
const timings = fc.dictionary(
  fc.constantFrom('blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive', '_blocked_proxy'),
  fc.oneof(odd, fc.integer({ min: -1, max: 90_000 })),
)
const anyEntry = fc.record(
  {
    startedDateTime: fc.oneof(odd, fc.constantFrom('2026-11-24T10:15:30Z', '2026-11-24T10:15:31.5+02:00')),
    time: odd,
    request: fc.oneof(
      odd,
      fc.record(
        {
          method: fc.oneof(odd, fc.constantFrom('GET', 'POST', 'OPTIONS')),
          url: fc.oneof(address, odd),
          headers,
          postData: odd,
          bodySize: odd,
          cookies: odd,
        },
        { requiredKeys: [] },
      ),
    ),
    response: fc.oneof(
      odd,
      fc.record(
        {
          status: fc.oneof(odd, fc.integer({ min: 0, max: 600 })),
          headers,
          content: fc.oneof(
            odd,
            fc.record({
              mimeType: fc.oneof(odd, fc.constantFrom('text/html', 'text/event-stream')),
              text: odd,
              size: odd,
              encoding: odd,
            }),
          ),
          redirectURL: fc.oneof(address, odd),
          _error: odd,
        },
        { requiredKeys: [] },
      ),
    ),
    timings: fc.oneof(timings, odd),
    _resourceType: fc.oneof(odd, fc.constantFrom('document', 'fetch', 'websocket', 'script')),
    _securityDetails: odd,
    _initiator: odd,
    _webSocketMessages: fc.oneof(
      odd,
      fc.array(fc.record({ type: odd, time: odd, opcode: odd, data: odd }), { maxLength: 3 }),
    ),
    _eventSourceMessages: odd,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>

describe('whatever a capture holds', () => {
  test('analysis ends, and what it says is whole', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyEntry, odd), { maxLength: 12 }), odd, (entries, log) => {
        const text = JSON.stringify(capture(entries, { creator: log, browser: log, pages: log }))
        const { findings, undecidable, summary } = analyse(readCapture(text), { reportedAt: '2026-11-24T10:00:00Z' })
        expect(JSON.stringify([findings, undecidable, summary])).not.toContain('undefined')
        for (const { message, entries: shown } of findings) {
          expect(message.customer.el.length).toBeGreaterThan(5)
          for (const index of shown) expect(index).toBeLessThan(entries.length)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('options of any kind do no harm', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, time) => {
        const capturing = readCapture(JSON.stringify(capture([page({ status: 503 })])))
        const incidents = [{ id: name, title: name, startedAt: time, resolvedAt: time, hosts: [name] }]
        analyse(capturing, { firstPartyHosts: [name], reportedAt: time, incidents, certificateIssuers: [name] })
      }),
    )
  })
})

/** How often analysis looks at an entry: unlike a time, the same on every machine, however busy. */
function looksAt(entries: JsonValue[]): number {
  const read = readCapture(JSON.stringify(capture(entries)))
  let looks = 0
  const counted = read.entries.map(
    (one) =>
      new Proxy(one, {
        get: (target, key, receiver) => {
          looks += 1
          return Reflect.get(target, key, receiver)
        },
      }),
  )
  analyse({ ...read, entries: counted })
  return looks
}

describe('the work grows with the size and no faster', () => {
  test.each<[what: string, make: (at: number) => JsonValue]>([
    [
      'failing calls of one address',
      (at) => entry({ status: 500, startedDateTime: new Date(1.8e12 + at).toISOString() }),
    ],
    [
      'redirects to the next',
      (at) => page({ url: `https://a.example/${at}`, status: 302, redirectURL: `https://a.example/${at + 1}` }),
    ],
    [
      'redirects that lead nowhere',
      (at) => page({ url: `https://a.example/${at}`, status: 302, redirectURL: 'https://a.example/gone' }),
    ],
    [
      'cookies that never come back',
      (at) => page({ requestHeaders: { cookie: 'a=b' }, responseHeaders: { 'set-cookie': `sid${at}=x; Path=/` } }),
    ],
    [
      'hosts of their own',
      (at) => entry({ url: `https://h${at}.site${at}.example/`, status: 503, responseHeaders: { via: `1.1 p${at}` } }),
    ],
  ])('%s', (_, make) => {
    const of = (count: number): JsonValue[] => Array.from({ length: count }, (_unused, at) => make(at))
    const [small, large] = [looksAt(of(300)), looksAt(of(2_400))]
    expect(large / small).toBeLessThan(8 * 1.3)
    expect(large / 2_400).toBeLessThan(300)
  })

  test('long values', async () => {
    const hostile = (length: number) => {
      const long = 'access violat'.repeat(length / 13)
      const headers = { via: long, 'set-cookie': long, 'x-cache': long }
      return readCapture(
        JSON.stringify(
          capture([
            page({ status: 403, body: `<html><title>${long}`, responseHeaders: headers }),
            entry({
              url: `https://a.example/?error=${long}`,
              requestHeaders: { cookie: long, 'user-agent': long, origin: long },
            }),
            entry({ mime: 'text/event-stream', body: `"delta"${long}` }),
            entry({ method: 'POST', postData: { mimeType: 'application/csp-report', text: `SAMLResponse=${long}` } }),
          ]),
        ),
      )
    }
    expect(await growth((capturing) => analyse(capturing), hostile, { from: 65_000, factor: 4 })).toBeLessThan(8)
  })
})
