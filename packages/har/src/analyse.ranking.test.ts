import { describe, expect, test } from 'vitest'
import { analyse } from './analyse.ts'
import { readCapture } from './capture.ts'
import { API, APP, after, failed, TRACKER, upload } from './rules/testing.ts'
import type { AnalyseOptions } from './scene.ts'
import { capture, entry, findingOf, findingsOf, page } from './test-support.ts'
import type { JsonValue } from './types.ts'

const rulesOf = (entries: JsonValue[], options: AnalyseOptions = {}): string[] =>
  findingsOf(entries, options).map((finding) => finding.rule)

describe('of what explains the same requests only the more specific is told', () => {
  test.each<[told: string, notTold: string, entries: JsonValue[]]>([
    ['upload-cut', 'conn-fail', [failed('ERR_CONNECTION_RESET', upload)]],
    ['upload-cut', 'aborted', [failed('ERR_ABORTED', upload)]],
    ['sse-cut', 'quic-trouble', [failed('ERR_QUIC_PROTOCOL_ERROR', { mime: 'text/event-stream' })]],
    [
      'sse-cut',
      'truncated-body',
      [failed('ERR_INCOMPLETE_CHUNKED_ENCODING', { mime: 'text/event-stream', status: 200 })],
    ],
    ['ws-fail', 'forbidden-403', [entry({ url: 'wss://live.northlight.example/', type: 'websocket', status: 403 })]],
    ['header-too-big', 'bad-request', [entry({ status: 400, requestHeaders: { cookie: 'x'.repeat(9_000) } })]],
    [
      'preflight-fail',
      'forbidden-403',
      [entry({ method: 'OPTIONS', status: 403, requestHeaders: { 'access-control-request-method': 'PUT' } })],
    ],
    [
      'tls-intercept',
      'slow-tls',
      [entry({ timings: { connect: 900, ssl: 800 }, entry: { _securityDetails: { issuer: 'Fortinet CA' } } })],
    ],
  ])('%s instead of %s', (told, notTold, entries) => {
    const found = rulesOf(entries)
    expect(found).toContain(told)
    expect(found).not.toContain(notTold)
  })

  test('but what it does not explain stays', () => {
    const found = findingOf('conn-fail', [failed('ERR_CONNECTION_RESET', upload), failed('ERR_CONNECTION_RESET')])
    expect(found).toMatchObject({ entries: [1], params: { count: 1 } })
  })
})

describe('severity', () => {
  test('is less for the hosts of others, and least for trackers', () => {
    const severityAt = (url: string): string | undefined =>
      findingsOf([page(), failed('ERR_CONNECTION_RESET', { url })]).find(({ rule }) => rule === 'conn-fail')?.severity
    expect([`${API}/x`, 'https://files.other.example/x', `${TRACKER}/x`].map(severityAt)).toEqual([
      'high',
      'medium',
      'low',
    ])
  })

  test('stays high for an upload, wherever it goes', () => {
    const elsewhere = failed('ERR_CONNECTION_RESET', { ...upload, url: 'https://storage.other.example/put' })
    expect(findingOf('upload-cut', [page(), elsewhere]).severity).toBe('high')
  })

  test('decides before everything else, then our own hosts, then the reported time, then how specific a rule is', () => {
    const entries = [
      page(),
      entry({ url: `${API}/late`, status: 500, startedDateTime: after(7_200) }),
      entry({ url: `${APP}/now`, status: 503, startedDateTime: after(0) }),
      entry({ url: 'https://other.example/x', status: 407, startedDateTime: after(0) }),
      failed('ERR_ABORTED', { startedDateTime: after(0) }),
    ]
    const found = findingsOf(entries, { firstPartyHosts: ['northlight.example'], reportedAt: after(0) })
    expect(found.map(({ rule, nearReportedTime }) => [rule, nearReportedTime])).toEqual([
      ['unavailable', true],
      ['server-5xx', false],
      ['proxy-auth', true],
      ['aborted', true],
    ])
  })
})

describe('the reported time', () => {
  const at = (reportedAt: AnalyseOptions['reportedAt']): boolean | undefined =>
    findingOf('server-5xx', [page(), entry({ status: 500 })], reportedAt === undefined ? {} : { reportedAt })
      .nearReportedTime

  test('may be an instant or a range, in either order', () => {
    expect(at('2026-11-24T12:20:00+02:00')).toBe(true)
    expect(at('2026-11-24T13:20:00+02:00')).toBe(false)
    expect(at({ from: '2026-11-24T08:00:00Z', to: '2026-11-24T12:00:00Z' })).toBe(true)
    expect(at({ from: '2026-11-24T12:00:00Z', to: '2026-11-24T08:00:00Z' })).toBe(true)
  })

  test('says nothing when it was not given or cannot be read', () => {
    expect(at(undefined)).toBeUndefined()
    expect(at('yesterday')).toBeUndefined()
  })

  test('is compared with the clock of the servers when that of the device is wrong', () => {
    const entries = [500, 200, 200, 200].map((status) =>
      entry({ status, responseHeaders: { date: 'Tue, 24 Nov 2026 12:15:30 GMT' } }),
    )
    expect(findingOf('server-5xx', entries, { reportedAt: '2026-11-24T12:16:00Z' }).nearReportedTime).toBe(true)
  })
})

describe('an incident', () => {
  const incident = { id: 'inc_1', title: 'Uploads are slow', startedAt: '2026-11-24T10:00:00Z' }
  const found = (more: object, url = `${API}/x`): string | undefined =>
    findingOf('unavailable', [page(), entry({ url, status: 503 })], { incidents: [{ ...incident, ...more }] })
      .incidentId

  test('is named when a failure of ours falls into it', () => {
    expect(found({})).toBe('inc_1')
    expect(found({ resolvedAt: '2026-11-24T11:00:00Z' })).toBe('inc_1')
    expect(found({ hosts: ['api.northlight.example'] })).toBe('inc_1')
  })

  test('is not when the time, the host or the kind of failure is another', () => {
    expect(found({ resolvedAt: '2026-11-24T09:50:00Z' })).toBeUndefined()
    expect(found({ startedAt: '2026-11-24T11:00:00Z' })).toBeUndefined()
    expect(found({ hosts: ['files.northlight.example'] })).toBeUndefined()
    expect(found({}, 'https://other.example/x')).toBeUndefined()
    expect(found({ startedAt: 'a while ago' })).toBeUndefined()
    const blocked = findingOf('client-blocked', [failed('ERR_BLOCKED_BY_CLIENT')], { incidents: [incident] })
    expect(blocked.incidentId).toBeUndefined()
  })

  test('is told to agent and customer in both languages, whatever its title holds', () => {
    const { message } = findingOf('unavailable', [entry({ status: 503 })], {
      incidents: [{ ...incident, title: 'Uploads {host} [[x]]' }],
    })
    expect(message.agent.en).toMatch(/ This falls into the incident “Uploads \{host\} \[\[x\]\]”\.$/)
    expect(message.customer.el).toMatch(/ Συμπίπτει με το περιστατικό «Uploads \{host\} \[\[x\]\]»\.$/)
  })
})

test('of several cookies the one that was lost is named', () => {
  const set = page({
    requestHeaders: { cookie: 'lang=el' },
    responseHeaders: { 'set-cookie': 'lang=el; Path=/\nsession_id=x; Path=/' },
  })
  const later = [20, 30].map((at) => page({ requestHeaders: { cookie: 'lang=el' }, startedDateTime: after(at) }))
  expect(findingOf('cookie-dropped', [set, ...later]).params).toMatchObject({ cookie: 'session_id' })
})

describe('request ids', () => {
  test('come best first: one of each request before the second of any', () => {
    const ids = (n: number): Record<string, string> => ({
      'cf-ray': `8f2a1b3c4d5e6f7${n}-ATH`,
      'x-request-id': `req_9aF3kL0pQx7Z${n}`,
    })
    const finding = findingOf(
      'server-5xx',
      [0, 1].map((n) => entry({ status: 500, responseHeaders: ids(n) })),
    )
    expect(finding.requestIds).toEqual([
      'req_9aF3kL0pQx7Z0',
      'req_9aF3kL0pQx7Z1',
      '8f2a1b3c4d5e6f70-ATH',
      '8f2a1b3c4d5e6f71-ATH',
    ])
  })

  test('are not taken from requests that only show how the capture was made', () => {
    const headers = { via: '1.1 gw (Zscaler/6)', 'x-request-id': 'req_9aF3kL0pQx7Z1' }
    expect(findingOf('proxy-seen', [page(), entry({ responseHeaders: headers })]).requestIds).toEqual([])
  })
})

describe('what cannot be told', () => {
  const undecidable = (entries: JsonValue[]): string[] =>
    analyse(readCapture(JSON.stringify(capture(entries)))).undecidable.map(({ rule }) => rule)

  test('is said when the browser left the cookies out', () => {
    expect(undecidable([page({ status: 400 })])).toEqual(['header-too-big', 'cookie-dropped'])
    expect(undecidable([page({ status: 500 })])).toEqual([])
    expect(undecidable([page({ url: 'https://login.idp.example/authorize' }), page({ url: `${APP}/` })])).toContain(
      'sso-pingpong',
    )
  })

  test('is not said when they are there, or were cleaned by us', () => {
    for (const cookie of ['sid=x', 'sid=[cookie:3f9a, 64 chars]'])
      expect(undecidable([page({ status: 400, requestHeaders: { cookie } })])).toEqual([])
  })

  test('is said when bodies are missing that would tell', () => {
    expect(undecidable([entry({ mime: 'text/event-stream', body: '' })])).toContain('sse-cut')
    expect(undecidable([page({ status: 403, body: '[html:3f9a, 900 chars]' })])).toContain('block-page')
    expect(undecidable([entry({ method: 'POST', url: `${APP}/saml/acs`, type: 'document' })])).toContain('sso-error')
  })

  test('speaks both languages', () => {
    const { undecidable: all } = analyse(readCapture(JSON.stringify(capture([page({ status: 400 })]))))
    for (const { why } of all) {
      expect(why.el).toMatch(/[α-ω]/)
      expect(why.en).not.toBe(why.el)
    }
  })
})
