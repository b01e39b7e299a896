import { expect, test } from 'vitest'
import { analyse } from './analyse.ts'
import { readCapture } from './capture.ts'
import type { Sentence } from './finding.ts'
import { capture, type EntryParts, entry, findingOf, findingsOf, page } from './test-support.ts'
import type { JsonValue } from './types.ts'

const APP = 'https://app.northlight.example'
const upload: EntryParts = {
  method: 'POST',
  url: `${APP}/v1/uploads`,
  requestBytes: 31_457_280,
  postData: { mimeType: 'multipart/form-data; boundary=XX', text: '' },
}

test('one refused request is named, of several the first', () => {
  const refused = entry({ status: 403, url: `${APP}/x` })
  const agent = (entries: JsonValue[]): Sentence => findingOf('forbidden-403', entries).message.agent
  expect(agent([refused])).toEqual({
    en: '1 request to app.northlight.example answered 403: GET /x.',
    el: '1 αίτημα προς app.northlight.example απάντησε 403: GET /x.',
  })
  expect(agent([refused, refused, refused])).toEqual({
    en: '3 requests to app.northlight.example answered 403, first GET /x.',
    el: '3 αιτήματα προς app.northlight.example απάντησαν 403, πρώτο το GET /x.',
  })
})

test('an upload that broke off says its size and time only when the capture does', () => {
  const cut: EntryParts = { ...upload, status: 0, error: 'net::ERR_CONNECTION_RESET' }
  const known = findingOf('upload-cut', [entry({ ...cut, time: 4_200 })])
  expect(known.message.agent.en).toContain('/v1/uploads with 31.5 MB ended after 4 s without an answer')
  expect(known.message.customer.el).toContain('διακόπηκε μετά από 4 s, πριν απαντήσει')
  const unknown = findingOf('upload-cut', [entry({ ...cut, requestBytes: -1, time: -1 })])
  expect(unknown.message.agent.en).toContain('/v1/uploads ended without an answer (net::ERR_CONNECTION_RESET)')
  expect(unknown.message.agent.el).toContain('/v1/uploads τελείωσε χωρίς απάντηση')
  expect(unknown.message.customer.en).toContain('The upload broke off before the server answered.')
})

test('without request ids nobody is asked to send them', () => {
  const { nextStep } = findingOf('forbidden-403', [entry({ status: 403 })])
  expect(nextStep).toMatchObject({
    en: 'Check the permissions of the account.',
    el: 'Ελέγξτε τα δικαιώματα του λογαριασμού.',
  })
})

test('too-large names the limit and the status and quotes the ids of the failing request', () => {
  const finding = findingOf(
    'too-large',
    [
      page({ responseHeaders: { 'x-request-id': 'req_of_the_page_1234' } }),
      entry({
        ...upload,
        status: 413,
        body: '{"error":{"code":"file_too_large","message":"Too large"}}',
        responseHeaders: { 'X-Request-Id': 'req_9aF3kL0pQx7ZbT2m', 'CF-Ray': '8f2a1b3c4d5e6f70-ATH' },
        requestHeaders: { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
      }),
    ],
    { uploadLimitBytes: 25_000_000 },
  )
  expect(finding).toMatchObject({
    severity: 'high',
    entries: [1],
    params: { limitMb: 25, status: 413, code: 'file_too_large', sizeMb: 31.5 },
  })
  expect(finding.requestIds).toEqual([
    'req_9aF3kL0pQx7ZbT2m',
    '8f2a1b3c4d5e6f70-ATH',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  ])
  expect(finding.message.customer.en).toBe(
    'The file was refused because it is too large (31.5 MB). The limit is 25 MB.',
  )
  expect(finding.message.agent.en).toContain('answered 413 (file_too_large)')
  expect(finding.message.agent.el).toContain('req_9aF3kL0pQx7ZbT2m')
  expect(finding.nextStep?.flow).toBe('upload-failure')
})

test('the most severe come first, and of those our own before others', () => {
  const found = findingsOf(
    [
      page(),
      entry({ status: 0, error: 'net::ERR_ABORTED' }),
      entry({ status: 429 }),
      entry({ url: 'https://tracker.example/x', status: 0, error: 'net::ERR_BLOCKED_BY_CLIENT' }),
      entry({ status: 413 }),
    ],
    { firstPartyHosts: ['northlight.example'] },
  ).map((finding) => finding.rule)
  expect(found).toEqual(['too-large', 'rate-limit', 'aborted', 'client-blocked'])
})

test('an issuer of certificates that signs for the whole web without being a public authority is found', () => {
  const secured = (name: string, issuer: string): JsonValue =>
    entry({ url: `https://${name}.site-${name}.example/`, entry: { _securityDetails: { issuer } } })
  const names = ['a', 'b', 'c', 'd']
  const found = findingOf(
    'tls-intercept',
    names.map((name) => secured(name, 'ACME Web Security')),
  )
  expect(found.params).toMatchObject({ issuer: 'ACME Web Security', count: 4 })
  const expected = { firstPartyHosts: ['site-a.example'], certificateIssuers: ["Let's Encrypt"] }
  expect(findingOf('tls-intercept', [secured('a', 'DigiCert TLS')], expected).params).toMatchObject({ count: 1 })
  expect(findingsOf([secured('a', "Let's Encrypt")], expected).map(({ rule }) => rule)).not.toContain('tls-intercept')
})

test('first-party hosts are taken from the page when nobody names them', () => {
  const { summary } = analyse(
    readCapture(
      JSON.stringify(
        capture([page(), entry({ url: 'https://api.northlight.example/x' }), entry({ url: 'https://cdn.example/y' })]),
      ),
    ),
  )
  expect(
    summary.hosts
      .filter((host) => host.isFirstParty)
      .map((host) => host.host)
      .sort(),
  ).toEqual(['api.northlight.example', 'app.northlight.example'])
})

test('the summary counts entries, failures, hosts and the time they span', () => {
  const { summary } = analyse(
    readCapture(
      JSON.stringify(
        capture([
          entry({ startedDateTime: '2026-11-24T10:00:00+02:00', time: 500 }),
          entry({ startedDateTime: '2026-11-24T10:00:10+02:00', time: 1_000, status: 500 }),
        ]),
      ),
    ),
  )
  expect(summary).toMatchObject({ entries: 2, failing: 1, spanMs: 11_000, startedAt: '2026-11-24T10:00:00+02:00' })
})

test('a capture from another day than the report is named as such', () => {
  const found = findingsOf([page({ status: 500 })], { reportedAt: '2026-11-20T10:00:00Z' })
  expect(found.find((finding) => finding.rule === 'capture-quality')?.params).toMatchObject({ step: 'other_time' })
})

const ODD: readonly [what: string, entries: JsonValue[]][] = [
  ['entries without anything', [{}, { request: null, response: null, timings: null }]],
  [
    'numbers as strings',
    [{ request: { url: 'https://a.example/' }, response: { status: '413' }, time: '12', timings: { wait: '70000' } }],
  ],
  ['lists in place of objects', [{ request: [], response: [], timings: [], _initiator: [] }]],
  ['objects in place of lists', [{ request: { headers: { a: 1 } }, response: { headers: {}, content: { text: 1 } } }]],
  [
    'minus one everywhere',
    [entry({ status: -1, time: -1, timings: { blocked: -1, send: -1, wait: -1, receive: -1 } })],
  ],
  [
    'impossible dates',
    [entry({ startedDateTime: 'yesterday' }), entry({ startedDateTime: '+999999-01-01T00:00:00Z' })],
  ],
]

test.each(ODD)('%s are read without a crash', (_, entries) => {
  expect(() => findingsOf(entries)).not.toThrow()
})

test('a status that is a string counts', () => {
  expect(
    findingOf('too-large', [{ request: { method: 'POST', url: `${APP}/x` }, response: { status: '413' } }]).params,
  ).toMatchObject({ status: 413 })
})

test('NaN in the timings is read as nothing', () => {
  const text = JSON.stringify(capture([entry({ status: 500 })])).replace('100.3', 'NaN')
  expect(readCapture(text).entries[0]?.timings.wait).toBeUndefined()
})

test('a tracker that redirects often is no loop', () => {
  const tracker = Array.from({ length: 12 }, (_, i) => [
    entry({
      url: `https://tracker.example/p?n=${i}`,
      status: 302,
      redirectURL: `https://tracker.example/p?n=${i}&c=1`,
    }),
    entry({ url: `https://tracker.example/p?n=${i}&c=1`, status: 200 }),
  ]).flat()
  expect(findingsOf([page(), ...tracker]).map((finding) => finding.rule)).not.toContain('redirect-loop')
})

test('a social button that says nobody is signed in is no failed single sign-on', () => {
  const ping = entry({
    url: 'https://social.example/oauth/ping',
    status: 302,
    redirectURL: 'https://social.example/static#error=unknown_user',
  })
  expect(
    findingsOf([page(), ping], { firstPartyHosts: ['northlight.example'] }).map((finding) => finding.rule),
  ).not.toContain('sso-error')
})
