import { describe, expect, test } from 'vitest'
import { analyse } from './analyse.ts'
import { readCapture } from './capture.ts'
import { type Finding, fill, type Sentence } from './finding.ts'
import { RULES } from './rules.ts'
import { at, capture, clean, type EntryParts, entry, findingOf, findingsOf, page } from './test-support.ts'
import { isObject, type JsonValue } from './types.ts'

const APP = 'https://app.northlight.example'
const upload: EntryParts = {
  method: 'POST',
  url: `${APP}/v1/uploads`,
  requestBytes: 31_457_280,
  postData: { mimeType: 'multipart/form-data; boundary=XX', text: '' },
}
const bigCookie = { cookie: `sid=${'x'.repeat(9_000)}` }

/** For each rule a case that shows it, and the same made harmless. */
const CASES: readonly [rule: string, shows: JsonValue[], harmless: JsonValue[]][] = [
  ['too-large', [entry({ ...upload, status: 413 })], [entry({ ...upload, status: 201 })]],
  [
    'header-too-big',
    [entry({ status: 431 }), entry({ status: 400, requestHeaders: bigCookie })],
    [entry({ status: 400, requestHeaders: { cookie: 'a=b' } })],
  ],
  [
    'upload-cut',
    [entry({ ...upload, status: 0, error: 'net::ERR_CONNECTION_RESET', timings: { send: 900 } })],
    [entry({ ...upload, status: 200 })],
  ],
  [
    'client-blocked',
    [entry({ status: 0, error: 'net::ERR_BLOCKED_BY_CLIENT' })],
    [entry({ status: 0, error: 'net::ERR_BLOCKED_BY_ORB' })],
  ],
  ['offline', [entry({ status: 0, error: 'net::ERR_INTERNET_DISCONNECTED' })], [entry()]],
  ['dns-fail', [entry({ status: 0, error: 'net::ERR_NAME_NOT_RESOLVED' })], [entry()]],
  ['conn-fail', [entry({ status: 0, error: 'net::ERR_CONNECTION_TIMED_OUT' })], [entry()]],
  ['tls-fail', [entry({ status: 0, error: 'net::ERR_CERT_DATE_INVALID' })], [entry()]],
  ['proxy-auth', [entry({ status: 407 })], [entry({ status: 401 })]],
  [
    'sso-error',
    [
      entry({
        status: 302,
        redirectURL: `${APP}/sso/callback?error=access_denied&error_description=No+accounts+found`,
      }),
    ],
    [entry({ status: 302, redirectURL: `${APP}/sso/callback?code=x` })],
  ],
  [
    'redirect-loop',
    loop(['/en/sign-in', '/sso/start']),
    [entry({ status: 302, redirectURL: `${APP}/b` }), entry({ url: `${APP}/b` })],
  ],
  ['auth-401', [entry({ status: 401 })], [entry({ status: 200 })]],
  ['forbidden-403', [entry({ status: 403 })], [entry({ status: 200 })]],
  [
    'preflight-fail',
    [
      entry({
        method: 'OPTIONS',
        status: 403,
        requestHeaders: { 'access-control-request-method': 'PUT', origin: APP },
      }),
    ],
    [
      entry({
        method: 'OPTIONS',
        status: 204,
        requestHeaders: { 'access-control-request-method': 'PUT' },
        responseHeaders: { 'access-control-allow-origin': '*' },
      }),
    ],
  ],
  ['server-5xx', [entry({ status: 500 })], [entry({ status: 200 })]],
  ['unavailable', [entry({ status: 503 })], [entry({ status: 500 })]],
  ['timeout', [entry({ status: 504 }), entry({ timings: { wait: 61_000 } })], [entry({ timings: { wait: 59_000 } })]],
  [
    'html-for-json',
    [entry({ mime: 'text/html', requestHeaders: { accept: 'application/json' } })],
    [page({ requestHeaders: { accept: 'text/html,application/json' } })],
  ],
  [
    'ws-fail',
    [entry({ url: 'wss://live.northlight.example/', type: 'websocket', status: 403 })],
    [entry({ url: 'wss://live.northlight.example/', type: 'websocket', status: 101 })],
  ],
  ['rate-limit', [entry({ status: 429, responseHeaders: { 'retry-after': '17' } })], [entry()]],
  [
    'bad-request',
    [entry({ status: 422, body: '{"error":{"code":"name_missing","message":"A name is needed"}}' })],
    [entry({ status: 200 })],
  ],
  [
    'not-found',
    [page(), entry({ status: 404, url: `${APP}/api/x` })],
    [page(), entry({ status: 404, url: `${APP}/favicon.ico`, type: 'image', mime: 'image/png' })],
  ],
  [
    'mixed-content',
    [page(), entry({ status: 0, url: 'http://images.northlight.example/a.js', type: 'script' })],
    [page(), entry({ status: 0, url: 'http://localhost:3000/a.js', type: 'script' })],
  ],
  ['status-0-unknown', [entry({ status: 0 })], [entry({ status: 0, error: 'net::ERR_ABORTED' })]],
  ['slow-ttfb', [page(), entry({ timings: { wait: 2_500 } })], [page(), entry({ timings: { wait: 1_500 } })]],
  ['aborted', [entry({ status: 0, error: 'net::ERR_ABORTED' })], [entry({ status: 0 })]],
  ['capture-quality', [], [page({ status: 500 })]],
]

function loop(paths: readonly string[]): JsonValue[] {
  return Array.from({ length: 8 }, (_, i) =>
    page({
      status: 302,
      url: `${APP}${paths[i % paths.length]}`,
      redirectURL: `${APP}${paths[(i + 1) % paths.length]}`,
    }),
  )
}

describe('each rule', () => {
  test.each(CASES)('%s is found where it is, and not where it is not', (rule, shows, harmless) => {
    const found = findingOf(rule, shows)
    expect(found.message.customer.en).not.toMatch(/[{}[\]]|undefined/)
    expect(found.message.agent.el).not.toMatch(/[{}]|\[\[|undefined/)
    expect(findingsOf(harmless).map((finding) => finding.rule)).not.toContain(rule)
  })

  test('has a case here', () => {
    expect(new Set(CASES.map(([rule]) => rule))).toEqual(new Set(RULES.map((rule) => rule.id)))
  })

  test.each(CASES)('%s is still found after sanitising', async (rule, shows) => {
    const { text } = await clean(capture(shows))
    expect(analyse(readCapture(text)).findings.map((finding) => finding.rule)).toContain(rule)
  })

  test.each(RULES.map((rule) => [rule.id, rule] as const))('%s speaks Greek in Greek letters', (_, rule) => {
    for (const sentence of [rule.customer, rule.agent, ...(rule.nextStep === undefined ? [] : [rule.nextStep])]) {
      expect(sentence.el).toMatch(/[α-ω]/)
      expect(sentence.el).not.toBe(sentence.en)
      for (const count of [1, 2]) expect(names(sentence.el, count)).toEqual(names(sentence.en, count))
      for (const [, chooser] of `${sentence.en} ${sentence.el}`.matchAll(/\{(\w+)\?/g))
        expect(chooser).toMatch(/^(?:count|requestIdCount)$/)
    }
  })
})

/** The case with a single request as evidence; a loop needs several unless the browser itself reports it. */
function single(rule: string, shows: JsonValue[]): JsonValue[] {
  if (rule === 'redirect-loop') return [page({ status: 0, error: 'net::ERR_TOO_MANY_REDIRECTS' })]
  const others = new Set(findingOf(rule, shows).entries.slice(1))
  return shows.filter((_, index) => !others.has(index))
}

function sentencesOf({ message, nextStep }: Finding): { en: string[]; el: string[] } {
  const all = [message.customer, message.agent, ...(nextStep === undefined ? [] : [nextStep])]
  return { en: all.map((sentence) => sentence.en), el: all.map((sentence) => sentence.el) }
}

const ONE_OF_MANY = /(?<![\d.,])1 (?:[a-z]+s\b|αιτήματα|κλήσεις|ανακατευθύνσεις|συνδέσεις|φορές)/
const MANY_OF_ONE = /(?<![\d.,])(?:[2-9]|\d\d+) (?:(?:request|call|redirect|time)\b|αίτημα|κλήση|ανακατεύθυνση|φορά)/
const PLURAL_VERB = /αίτημα \S*(?:αν|ουν)(?= )|κλήση \S*(?:αν|ουν)(?= )|request (?:were|have)\b/
const SINGULAR_VERB = /αιτήματα \S{2,}(?:σε|θηκε|γε|ει)(?= )|κλήσεις \S*(?:σε|θηκε)(?= )|requests (?:was|has)\b/
const OF_SEVERAL = /\bfirst (?!byte)|(?:πρώτο|πρώτη) (?!byte)/
const UNFINISHED = /[{}]|\[\[|\]\]|undefined| {2}| [,.:;·]|\(\)/

describe('the sentences of each rule', () => {
  const withIds = (entries: JsonValue[], count: number): JsonValue[] =>
    Array.from({ length: count }, (_, i) => entries.map((value) => withRequestId(value, `req_9aF3kL0pQx7Z${i}`))).flat()

  test.each(CASES)('%s speaks of one request as one', (rule, shows) => {
    const finding = findingOf(rule, withIds(single(rule, shows), 1))
    expect(finding.params['count']).toBe(rule === 'capture-quality' ? 0 : 1)
    const { en, el } = sentencesOf(finding)
    for (const text of [...en, ...el])
      for (const wrong of [ONE_OF_MANY, PLURAL_VERB, OF_SEVERAL, UNFINISHED, /ids:|Αναγνωριστικά/])
        expect(text).not.toMatch(wrong)
  })

  test.each(CASES)('%s speaks of several requests as several', (rule, shows) => {
    const finding = findingOf(rule, withIds(shows, 3))
    if (rule !== 'capture-quality') expect(finding.params['count']).toBeGreaterThan(2)
    const { en, el } = sentencesOf(finding)
    for (const text of [...en, ...el])
      for (const wrong of [MANY_OF_ONE, SINGULAR_VERB, UNFINISHED, /\bid:|Αναγνωριστικό/])
        expect(text).not.toMatch(wrong)
  })
})

function withRequestId(value: JsonValue, id: string): JsonValue {
  const response = at(value, 'response')
  if (!isObject(value) || !isObject(response)) return value
  const before = at(response, 'headers')
  const headers = [...(Array.isArray(before) ? before : []), { name: 'x-request-id', value: id }]
  return { ...value, response: { ...response, headers } }
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

/** What is filled in when there are so many. */
function names(template: string, count: number): string[] {
  const found = (text: string): string[] => Array.from(text.matchAll(/\{(\w+)\}/g), (match) => match[1] ?? '')
  const themselves = Object.fromEntries(found(template).map((name) => [name, `{${name}}`]))
  const params = { ...themselves, count, requestIdCount: count, number: '{count}' }
  return found(fill(template.replaceAll('{count}', '{number}'), params)).sort()
}

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
    params: { limitMb: 25, status: 413, code: 'file_too_large', sizeMb: '31.5' },
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
  expect(finding.nextStep?.flow).toBe('upload-failures')
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
  expect(found).toEqual(['too-large', 'client-blocked', 'rate-limit', 'aborted'])
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
