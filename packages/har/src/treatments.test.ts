import { expect, test } from 'vitest'
import { capture, clean, entry } from './test-support.ts'
import { CONTENT, ENTRY, LOG, MESSAGE, POST_DATA, type TreatmentTable } from './treatments.ts'

function nested(table: TreatmentTable, ...names: string[]): TreatmentTable {
  return names.reduce((inner, name) => {
    const treatment = inner.get(name)
    if (typeof treatment !== 'object') throw new Error(`${name} has no table`)
    return 'object' in treatment ? treatment.object : treatment.list
  }, table)
}

/** The objects of HAR 1.2 with all fields, optional ones too. Lists of pairs (headers, cookies, parameters) have walkers. */
const STANDARD: readonly [what: string, table: TreatmentTable, fields: string][] = [
  ['log', LOG, 'version creator browser pages comment'],
  ['creator', nested(LOG, 'creator'), 'name version comment'],
  ['browser', nested(LOG, 'browser'), 'name version comment'],
  ['page', nested(LOG, 'pages'), 'startedDateTime id title pageTimings comment'],
  ['page timings', nested(LOG, 'pages', 'pageTimings'), 'onContentLoad onLoad comment'],
  ['entry', ENTRY, 'pageref startedDateTime time request response cache timings serverIPAddress connection comment'],
  [
    'request',
    nested(ENTRY, 'request'),
    'method url httpVersion cookies headers queryString postData headersSize bodySize comment',
  ],
  [
    'response',
    nested(ENTRY, 'response'),
    'status statusText httpVersion cookies headers content redirectURL headersSize bodySize comment',
  ],
  ['post data', POST_DATA, 'mimeType params comment'],
  ['content', CONTENT, 'size compression mimeType comment'],
  ['cache', nested(ENTRY, 'cache'), 'beforeRequest afterRequest comment'],
  ['cache state', nested(ENTRY, 'cache', 'beforeRequest'), 'expires lastAccess eTag hitCount comment'],
  ['timings', nested(ENTRY, 'timings'), 'blocked dns connect send wait receive ssl comment'],
  ['WebSocket message', MESSAGE, 'type time opcode'],
]

test.each(STANDARD)('every field of %s in HAR 1.2 has a treatment', (_, table, fields) => {
  expect(fields.split(' ').filter((field) => !table.has(field))).toEqual([])
})

const VENDORS: readonly [exporter: string, fields: string][] = [
  [
    'Chrome and Edge',
    '_initiator _priority _resourceType _fromCache _connectionId _webSocketMessages _eventSourceMessages',
  ],
  ['Firefox', '_securityState'],
  ['Safari', '_fetchType'],
  ['Playwright', '_securityDetails _serverPort _monotonicTime _frameref'],
  ['WebPageTest and chrome-har', '_full_url _headers _requestId _request_id _ip_addr'],
  ['Charles', '_charlesStatus'],
  ['Proxyman', '_clientName _remoteDeviceIP _clientAddress _clientPort'],
]

test.each(VENDORS)('the fields that %s adds have a treatment', (_, fields) => {
  expect(fields.split(' ').filter((field) => !ENTRY.has(field))).toEqual([])
})

test('a comment is denied wherever HAR allows one', async () => {
  const secret = 'Jane asked about the loan'
  const one = entry({
    request: {
      comment: secret,
      headers: [{ name: 'a', value: '1', comment: secret }],
      queryString: [{ name: 'a', value: '1', comment: secret }],
    },
    response: {
      comment: secret,
      cookies: [{ name: 'a', value: '1', comment: secret }],
      content: { size: 0, mimeType: '', comment: secret },
    },
    postData: { mimeType: 'a/b', comment: secret, params: [{ name: 'a', comment: secret }] },
    timings: { comment: secret },
    entry: {
      comment: secret,
      cache: {
        comment: secret,
        beforeRequest: { comment: secret, lastAccess: 'x' },
        afterRequest: { comment: secret },
      },
    },
  })
  const product = { name: 'x', version: '1', comment: secret }
  const { text } = await clean(
    capture([one], {
      comment: secret,
      creator: product,
      browser: product,
      pages: [{ id: 'p', title: 't', comment: secret, pageTimings: { comment: secret } }],
    }),
  )
  expect(text).not.toContain('loan')
})

test('what stands around the entries is cleaned as they are', async () => {
  const pages = [
    { startedDateTime: '2026-11-24T10:15:30.123Z', id: 'page_1', title: 'Inbox of Maria', pageTimings: { onLoad: 7 } },
    {
      startedDateTime: '2026-11-24T10:15:31.123Z',
      id: 'page_2',
      title: 'https://app.northlight.example/en/a?token=x1y2z3',
    },
  ]
  const { har, report } = await clean(capture([entry()], { pages, comment: 'for Maria' }))
  expect(har.log['pages']).toEqual([
    { ...pages[0], title: '[title, 14 chars]' },
    {
      ...pages[1],
      title: expect.stringMatching(/^https:\/\/app\.northlight\.example\/en\/a\?token=\[token:.*,6chars\]$/),
    },
  ])
  expect(har.log['comment']).toBe('[text, 9 chars]')
  expect(har.log['creator']).toEqual({ name: 'WebInspector', version: '537.36' })
  expect(report.removedTotal).toBe(3)
})
