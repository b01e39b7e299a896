import { expect, test } from 'vitest'
import { at, capture, clean, entry, page } from './test-support.ts'
import type { JsonObject } from './types.ts'

/** What an engineer needs must be byte for byte what it was, although much of it looks random. */

const APP = 'https://app.northlight.example'

const HEADERS: readonly [name: string, value: string][] = [
  ['x-request-id', 'req_9aF3kL0pQx7ZbT2mWc8YvR1d'],
  ['request-id', '5f1c9c7e-3b1d-4f7e-9b57-0d7c6d1f2a3b'],
  ['cf-ray', '8f2a1b3c4d5e6f70-ATH'],
  ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
  ['x-amzn-trace-id', 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1'],
  ['x-amz-cf-id', 'k9wX7mNbVc3ZlKjHgFdSaPoIuYtReWq1aBcDeFgHiJkLmNoPqRsTuA=='],
  ['openai-organization', 'org-9aF3kL0pQx7ZbT2mWc8YvR1d'],
  ['x-correlation-id', '4111111111111111'],
  [
    'content-security-policy',
    "default-src 'self'; script-src 'self' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='",
  ],
  ['via', '1.1 varnish, 2.0 10.1.2.3 (squid/6.1)'],
  ['server', 'nginx/1.25.3'],
  [
    'user-agent',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36',
  ],
  ['etag', 'W/"5f1c9c7e-3b1d4f7e9b57"'],
  ['retry-after', '30'],
  ['x-ratelimit-remaining-tokens', '149984'],
  ['content-type', 'multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW'],
  ['access-control-allow-origin', 'https://app.northlight.example'],
  ['strict-transport-security', 'max-age=31536000; includeSubDomains'],
  ['www-authenticate', 'Bearer error="invalid_token", error_description="The access token expired"'],
  ['content-disposition', 'attachment; filename="quarterly-report-2026.pdf"'],
  ['host', 'app.northlight.example:8443'],
  ['sec-ch-ua', '"Chromium";v="147", "Not.A/Brand";v="8"'],
]

test.each(HEADERS)('the header %s: %s is kept', async (name, value) => {
  const { har } = await clean(capture([entry({ responseHeaders: { [name]: value } })]))
  expect(headersOf(har.log.entries[0])).toEqual([{ name, value }])
})

function headersOf(from: JsonObject | undefined): unknown {
  return at(from, 'response', 'headers')
}

const URLS: readonly string[] = [
  `${APP}/en/settings`,
  `${APP}/assets/main.8f3a2c1d9e4b7a60.js`,
  `${APP}/_next/static/chunks/pages/_app-9aF3kL0pQx7ZbT2m.js`,
  `${APP}/v1/uploads?page=2&limit=50&sort=created`,
  `${APP}/oauth/callback?error=access_denied&error_description=No+accounts+found`,
  `${APP}/api/v2/files/list?format=json`,
  `https://cdn.northlight.example:8443/fonts/inter-v12-latin-regular.woff2`,
  `${APP}/help#capture-a-har`,
  `${APP}/files?x-request-id=req_9aF3kL0pQx7ZbT2mWc8YvR1d`,
  `wss://live.northlight.example/socket.io/?EIO=4&transport=websocket`,
]

test.each(URLS)('the address %s is kept', async (url) => {
  const { har } = await clean(capture([entry({ url })]))
  expect(at(har.log.entries, 0, 'request', 'url')).toBe(url)
})

const BODIES: readonly [what: string, body: object][] = [
  [
    'an error code and its message',
    {
      error: {
        code: 'file_too_large',
        message: 'The file is larger than 20 MB.',
        type: 'invalid_request_error',
        param: 'file',
      },
    },
  ],
  [
    'a problem report',
    {
      type: 'https://app.northlight.example/problems/too-large',
      title: 'Payload too large',
      status: 413,
      detail: 'Limit is 20 MB',
    },
  ],
  ['an OAuth error', { error: 'invalid_grant', error_description: 'The code was already used' }],
  [
    'GraphQL errors',
    { errors: [{ message: 'Not allowed', path: ['viewer', 'files'], extensions: { code: 'FORBIDDEN' } }], data: null },
  ],
  [
    'a request id in a body',
    {
      error: { code: 'oops', message: 'Try again' },
      request_id: 'req_9aF3kL0pQx7ZbT2mWc8YvR1d',
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
    },
  ],
  [
    'sizes and counts',
    { error: { code: 'limit', message: 'Too large' }, limit: 20000000, size: 20481337, retry_after: 30 },
  ],
]

test.each(BODIES)('%s is kept', async (_, body) => {
  const text = JSON.stringify(body)
  const { har } = await clean(capture([entry({ status: 413, body: text })]))
  expect(at(har.log.entries, 0, 'response', 'content', 'text')).toBe(text)
})

test('the operation of a GraphQL call and the name of an uploaded file are kept', async () => {
  const { text } = await clean(
    capture([
      entry({
        method: 'POST',
        postData: {
          mimeType: 'application/json',
          text: JSON.stringify({ operationName: 'UploadFile', query: 'mutation UploadFile { x }' }),
        },
      }),
      entry({
        method: 'POST',
        postData: {
          mimeType: 'multipart/form-data; boundary=XX',
          text: '--XX\r\nContent-Disposition: form-data; name="file"; filename="report.pdf"\r\nContent-Type: application/pdf\r\n\r\nabc\r\n--XX--\r\n',
        },
      }),
    ]),
  )
  expect(text).toContain('\\"operationName\\":\\"UploadFile\\"')
  expect(text).toContain('filename=\\"report.pdf\\"')
  expect(text).toContain('Content-Type: application/pdf')
})

test('the page of a server that refuses keeps its title, a page of the application does not', async () => {
  const { text } = await clean(
    capture([
      entry({
        status: 413,
        mime: 'text/html',
        body: '<html><head><title>413 Request Entity Too Large</title></head></html>',
      }),
      entry({ mime: 'text/html', body: '<html><head><title>Inbox of Jane</title></head></html>' }),
    ]),
  )
  expect(text).toContain('413 Request Entity Too Large')
  expect(text).not.toContain('Inbox of Jane')
})

test('statuses, times, sizes, cookie names and attributes and the server address are kept', async () => {
  const cookies = [
    {
      name: 'sid',
      value: 'x1y2z3x1y2z3',
      path: '/',
      domain: '.northlight.example',
      expires: '2026-12-24T10:15:30.000Z',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
    },
  ]
  const source = page({
    status: 302,
    response: {
      cookies,
      statusText: 'Found',
      content: { size: 123456, compression: 99, mimeType: 'text/html; charset=utf-8' },
      _transferSize: 4321,
    },
    entry: {
      serverIPAddress: '203.0.113.7',
      connection: '443',
      pageref: 'page_1',
      _priority: 'VeryHigh',
      _securityDetails: { protocol: 'TLS 1.3', issuer: 'Northlight CA', validFrom: 1700000000 },
    },
    requestHeaders: { cookie: 'sid=x1y2z3x1y2z3; theme=dark' },
  })
  const { har } = await clean(capture([source]))
  const out = har.log.entries[0] as JsonObject
  const response = out['response'] as JsonObject
  expect(response['cookies']).toEqual([
    { ...cookies[0], value: expect.stringMatching(/^\[cookie:[0-9a-f]{4}, 12 chars\]$/) },
  ])
  for (const key of [
    'startedDateTime',
    'time',
    'timings',
    'serverIPAddress',
    'connection',
    'pageref',
    '_priority',
    '_securityDetails',
    'cache',
  ]) {
    expect(out[key]).toEqual(source[key])
  }
  for (const key of ['status', 'statusText', 'httpVersion', 'content', 'headersSize', 'bodySize', '_transferSize']) {
    expect(response[key]).toEqual((source['response'] as JsonObject)[key])
  }
})

test('sizes stay what they were when a body is replaced, and JSON keeps its types', async () => {
  const body = JSON.stringify({ name: 'Jane Doe', age: 41, ok: true, nothing: null, list: [{ a: 'b' }] })
  const { har } = await clean(
    capture([entry({ response: { content: { size: body.length, mimeType: 'application/json', text: body } } })]),
  )
  const content = at(har.log.entries, 0, 'response', 'content')
  expect(at(content, 'size')).toBe(body.length)
  expect(JSON.parse(String(at(content, 'text')))).toEqual({
    name: '[string, 8 chars]',
    age: 41,
    ok: true,
    nothing: null,
    list: [{ a: '[string, 1 chars]' }],
  })
})

test('the strict policy keeps codes and drops the words of error messages', async () => {
  const body = JSON.stringify({ error: { code: 'file_too_large', message: 'The file of Jane is too large' } })
  const { text } = await clean(capture([entry({ status: 413, body })]), { policy: 'strict' })
  expect(text).toContain('file_too_large')
  expect(text).not.toContain('Jane')
})
