import { decodedViews, toBase64 } from '@clew/redact'
import { expect, test } from 'vitest'
import { capture, clean, type EntryParts, entry, page } from './test-support.ts'
import type { JsonObject } from './types.ts'

/** Each secret is planted in one kind of place and must be gone from the clean file: as it is and in every decoded view. */

const SESSION = 's3ss10n-9aF3kL0pQx7ZbT2mWc8Y'
const PASSWORD = 'hunter2-Δelta&<x>'
const EMAIL = 'jane.doe@customer.example'
const API_KEY = 'sk-proj-abcdEFGH1234ijklMNOP5678'
const BEARER = 'tok_7f6e5d4c3b2a1908f7e6d5c4'
const PHONE = '+30 694 123 4567'
const CARD = '4111111111111111'
const JWT_PAYLOAD = base64Url(JSON.stringify({ sub: 'user-771', email: EMAIL }))
const JWT = `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${JWT_PAYLOAD}.c2lnbmF0dXJlLWJ5dGVzLTEyMzQ1`

function base64(text: string): string {
  return toBase64(new TextEncoder().encode(text))
}

function base64Url(text: string): string {
  return base64(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

const url = encodeURIComponent
const APP = 'https://app.northlight.example'

const json = (value: unknown): EntryParts => ({ body: JSON.stringify(value) })
const post = (mimeType: string, text: string): EntryParts => ({ method: 'POST', postData: { mimeType, text } })

const PLACES: readonly [place: string, secret: string, plant: EntryParts][] = [
  ['Cookie header', SESSION, { requestHeaders: { Cookie: `sid=${SESSION}; theme=dark` } }],
  ['lower-case cookie header', SESSION, { requestHeaders: { cookie: `a=b; __Host-sid="${SESSION}"` } }],
  ['cookie without a name', SESSION, { requestHeaders: { cookie: SESSION } }],
  ['request cookies list', SESSION, { request: { cookies: [{ name: 'sid', value: SESSION }] } }],
  ['response cookies list', SESSION, { response: { cookies: [{ name: 'sid', value: SESSION, httpOnly: true }] } }],
  [
    'Set-Cookie header',
    SESSION,
    { responseHeaders: { 'Set-Cookie': `sid=${SESSION}; Path=/; HttpOnly; SameSite=Lax` } },
  ],
  [
    'two cookies in one Set-Cookie',
    SESSION,
    { responseHeaders: { 'set-cookie': `a=1; Expires=Tue, 24 Nov 2026 10:00:00 GMT, sid=${SESSION}; Path=/` } },
  ],
  [
    'Set-Cookie joined by line breaks',
    SESSION,
    { responseHeaders: { 'set-cookie': `a=1; Path=/\nsid=${SESSION}; Secure` } },
  ],
  ['Authorization: Bearer', BEARER, { requestHeaders: { authorization: `Bearer ${BEARER}` } }],
  ['Authorization: Basic', PASSWORD, { requestHeaders: { authorization: `Basic ${base64(`jane:${PASSWORD}`)}` } }],
  ['Authorization without a scheme', BEARER, { requestHeaders: { authorization: BEARER } }],
  ['Proxy-Authorization', BEARER, { requestHeaders: { 'Proxy-Authorization': `Basic ${BEARER}` } }],
  ['X-Api-Key header', BEARER, { requestHeaders: { 'X-Api-Key': BEARER } }],
  ['CSRF header', BEARER, { requestHeaders: { 'x-csrf-token': BEARER } }],
  ['unknown header', BEARER, { requestHeaders: { 'x-northlight-thing': BEARER } }],
  ['known header misused', API_KEY, { requestHeaders: { accept: `text/html;key=${API_KEY}` } }],
  ['Referer query', BEARER, { requestHeaders: { referer: `${APP}/a?token=${BEARER}` } }],
  [
    'Location fragment',
    BEARER,
    { responseHeaders: { location: `${APP}/cb#access_token=${BEARER}&state=1` }, status: 302 },
  ],
  ['redirectURL', BEARER, { redirectURL: `${APP}/cb?code=${BEARER}`, status: 302 }],
  ['Link header', BEARER, { responseHeaders: { link: `<${APP}/x?sig=${BEARER}>; rel=preload` } }],
  ['Refresh header', BEARER, { responseHeaders: { refresh: `0; url=${APP}/x?t=${BEARER}` } }],
  ['client address', '198.51.100.23', { requestHeaders: { 'x-forwarded-for': '198.51.100.23' } }],
  ['URL userinfo', PASSWORD, { url: `https://jane:${url(PASSWORD)}@app.northlight.example/` }],
  ['URL query token', BEARER, { url: `${APP}/a?access_token=${BEARER}` }],
  ['URL unknown query value', BEARER, { url: `${APP}/a?zz=${BEARER}` }],
  ['URL flag without a name', BEARER, { url: `${APP}/a?${BEARER}` }],
  ['URL fragment', BEARER, { url: `${APP}/a#${BEARER}` }],
  ['URL fragment route', EMAIL, { url: `${APP}/a#/users/${url(EMAIL)}` }],
  ['URL path e-mail', EMAIL, { url: `${APP}/users/${url(EMAIL)}/files` }],
  ['URL path token', BEARER, { url: `${APP}/reset-password/${BEARER}` }],
  ['URL path parameter', SESSION, { url: `${APP}/a;jsessionid=${SESSION}` }],
  ['URL path JWT', JWT, { url: `${APP}/x/${JWT}` }],
  ['URL path user name', 'janedoe', { url: `${APP}/users/janedoe` }],
  ['URL in a query value', BEARER, { url: `${APP}/login?return_to=${url(`${APP}/b?token=${BEARER}`)}` }],
  [
    'URL twice inside a query value',
    BEARER,
    { url: `${APP}/l?u=${url(`${APP}/m?u=${url(`${APP}/b?token=${BEARER}`)}`)}` },
  ],
  [
    'signed link',
    BEARER,
    { url: `https://files.northlight.example/f.bin?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=${BEARER}` },
  ],
  ['data URL', base64(EMAIL), { url: `data:text/plain;base64,${base64(EMAIL)}` }],
  ['queryString list', BEARER, { request: { queryString: [{ name: 'q', value: BEARER }] } }],
  ['JSON body password', PASSWORD, post('application/json', JSON.stringify({ user: 'x', password: PASSWORD }))],
  ['JSON body any string', 'A private sentence', json({ note: 'A private sentence' })],
  ['JSON body number', '123456789', json({ account: 123456789 })],
  ['JSON body key', EMAIL, json({ [EMAIL]: true })],
  ['JSON in a JSON string', PASSWORD, json({ payload: JSON.stringify({ inner: JSON.stringify({ pwd: PASSWORD }) }) })],
  ['JSON name and value pair', PASSWORD, json({ fields: [{ name: 'password', value: PASSWORD }] })],
  [
    'JSON in an error message',
    EMAIL,
    { status: 400, body: JSON.stringify({ error: { code: 'bad', message: `No user ${EMAIL}` } }) },
  ],
  [
    'data beside GraphQL errors',
    'A private sentence',
    json({ errors: [{ message: 'x' }], data: { note: { text: 'A private sentence', title: 'A private sentence' } } }),
  ],
  [
    'data in a failed answer',
    'Jane Doe',
    {
      status: 422,
      body: JSON.stringify({ error: { code: 'bad' }, name: 'Jane Doe', user: { description: 'Jane Doe' } }),
    },
  ],
  ['JSON after a guard', BEARER, { body: `)]}'\n${JSON.stringify({ token: BEARER })}` }],
  ['JSON with a text type', BEARER, { mime: 'text/plain', body: JSON.stringify({ token: BEARER }) }],
  [
    'JSON in base64',
    BEARER,
    {
      response: {
        content: {
          size: 9,
          mimeType: 'application/json',
          encoding: 'base64',
          text: base64(JSON.stringify({ token: BEARER })),
        },
      },
    },
  ],
  ['JSON lines', BEARER, { mime: 'application/x-ndjson', body: `{"token":"${BEARER}"}\n{"a":1}` }],
  ['broken JSON', BEARER, { body: `{"token":"${BEARER}"` }],
  ['JSON with NaN', BEARER, { body: `{"n":NaN,"token":"${BEARER}"}` }],
  [
    'GraphQL literal',
    PASSWORD,
    post('application/json', JSON.stringify({ query: `mutation Login { login(password: "${PASSWORD}") { id } }` })),
  ],
  [
    'GraphQL variables',
    PASSWORD,
    post('application/json', JSON.stringify({ operationName: 'Login', variables: { password: PASSWORD } })),
  ],
  ['urlencoded body', PASSWORD, post('application/x-www-form-urlencoded', `user=x&password=${url(PASSWORD)}`)],
  ['urlencoded unknown field', BEARER, post('application/x-www-form-urlencoded; charset=UTF-8', `zz=${BEARER}`)],
  [
    'postData params',
    PASSWORD,
    {
      method: 'POST',
      postData: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'password', value: PASSWORD }] },
    },
  ],
  [
    'multipart field',
    PASSWORD,
    post(
      'multipart/form-data; boundary=XX',
      `--XX\r\nContent-Disposition: form-data; name="password"\r\n\r\n${PASSWORD}\r\n--XX--\r\n`,
    ),
  ],
  [
    'multipart file',
    'private file text',
    post(
      'multipart/form-data; boundary=XX',
      '--XX\r\nContent-Disposition: form-data; name="file"; filename="report.pdf"\r\nContent-Type: application/pdf\r\n\r\nprivate file text\r\n--XX--\r\n',
    ),
  ],
  [
    'SAML response',
    base64(`<Assertion>${EMAIL}</Assertion>`),
    post('application/x-www-form-urlencoded', `SAMLResponse=${url(base64(`<Assertion>${EMAIL}</Assertion>`))}`),
  ],
  ['XML body', PASSWORD, post('application/xml', `<login><password>${PASSWORD}</password></login>`)],
  ['plain text body', PASSWORD, { mime: 'text/plain', body: `password: ${PASSWORD}` }],
  ['HTML body', BEARER, { mime: 'text/html', body: `<input name="csrf" value="${BEARER}">` }],
  ['JavaScript body', API_KEY, { mime: 'application/javascript', body: `const key = "${API_KEY}"` }],
  [
    'event stream body',
    BEARER,
    { mime: 'text/event-stream', body: `event: message\ndata: {"token":"${BEARER}"}\n\ndata: plain ${BEARER}\n\n` },
  ],
  [
    'WebSocket message',
    BEARER,
    { entry: { _webSocketMessages: [{ type: 'send', time: 1, opcode: 1, data: `{"auth":"${BEARER}"}` }] } },
  ],
  [
    'WebSocket text',
    BEARER,
    { entry: { _webSocketMessages: [{ type: 'send', time: 1, opcode: 1, data: `AUTH ${BEARER}` }] } },
  ],
  [
    'EventSource message',
    BEARER,
    { entry: { _eventSourceMessages: [{ time: 1, eventName: 'm', eventId: '1', data: `{"t":"${BEARER}"}` }] } },
  ],
  ['initiator URL', BEARER, { entry: { _initiator: { type: 'script', url: `${APP}/a.js?token=${BEARER}` } } }],
  [
    'initiator call frame',
    BEARER,
    {
      entry: {
        _initiator: {
          type: 'script',
          stack: {
            callFrames: [{ functionName: 'f', url: `${APP}/?t=${BEARER}`, lineNumber: 1 }],
            parent: { callFrames: [{ functionName: 'g', url: `${APP}/?t=${BEARER}` }] },
          },
        },
      },
    },
  ],
  ['comment', PASSWORD, { entry: { comment: `the password is ${PASSWORD}` } }],
  ['unknown vendor field', BEARER, { entry: { _somethingNew: { deep: [BEARER] } } }],
  [
    'vendor client address',
    '198.51.100.23',
    { entry: { _clientAddress: '198.51.100.23', _remoteDeviceIP: '198.51.100.23' } },
  ],
  [
    'vendor copy of the headers',
    SESSION,
    { entry: { _headers: { request: [`cookie: sid=${SESSION}`], response: [] } } },
  ],
  ['vendor copy of the URL', BEARER, { entry: { _full_url: `${APP}/?token=${BEARER}` } }],
  [
    'content file',
    'jane-doe-private',
    { response: { content: { size: 1, mimeType: 'text/plain', _file: 'jane-doe-private' } } },
  ],
  ['status text', EMAIL, { response: { statusText: `Hello ${EMAIL}` } }],
  [
    'file name of a part',
    EMAIL,
    {
      method: 'POST',
      postData: { mimeType: 'multipart/form-data', params: [{ name: 'f', fileName: `${EMAIL}.pdf` }] },
    },
  ],
  ['JSON phone', PHONE, json({ contact_phone: PHONE })],
  ['card in an error message', CARD, { status: 422, body: JSON.stringify({ message: `Card ${CARD} declined` }) }],
  ['wrong type in place of a URL', BEARER, { request: { url: [BEARER] } }],
  ['wrong type in place of headers', BEARER, { request: { headers: { authorization: BEARER } } }],
  ['cookie name that is a secret', SESSION, { requestHeaders: { cookie: `${SESSION}0123456789=1` } }],
  ['header name that is a secret', SESSION, { requestHeaders: { [`x-${SESSION}0123456789`]: '1' } }],
]

/** Everything that a reader could make of the file: its strings after JSON, and every decoded view of them. */
function views(text: string): string[] {
  const strings: string[] = []
  JSON.parse(text, (key, value) => {
    strings.push(key)
    if (typeof value === 'string' || typeof value === 'number') strings.push(String(value))
    return value
  })
  return [
    text,
    ...strings.flatMap((string) => [string, ...decodedViews(string), ...decodedViews(string).flatMap(decodedViews)]),
  ]
}

function holds(text: string, secret: string): boolean {
  const wanted = secret.toLowerCase()
  return views(text).some((view) => view.toLowerCase().includes(wanted))
}

test.each(PLACES)('a secret in the %s is gone', async (_, secret, plant) => {
  const har = capture([page(), entry(plant)])
  expect(holds(JSON.stringify(har), secret), 'the plant is there before').toBe(true)
  const { text, report } = await clean(har)
  expect(holds(text, secret)).toBe(false)
  expect(report.removedTotal).toBeGreaterThan(0)
  expect(report.entries).toBe(2)
  expect(JSON.stringify(report)).not.toContain(secret)
})

test('titles, page comments and the fields of log lose their secrets', async () => {
  const log: JsonObject = {
    comment: `by ${EMAIL}`,
    pages: [
      {
        id: 'page_1',
        title: `${APP}/a?token=${BEARER}#${SESSION}`,
        startedDateTime: '2026-11-24T10:15:30Z',
        pageTimings: { onLoad: 1, comment: PASSWORD },
      },
      { id: 'page_2', title: `Inbox of ${EMAIL}`, startedDateTime: '2026-11-24T10:15:30Z', pageTimings: {} },
    ],
    _vendor: { token: BEARER },
  }
  const { text } = await clean(capture([entry()], log))
  for (const secret of [EMAIL, BEARER, SESSION, PASSWORD]) expect(holds(text, secret)).toBe(false)
  expect(text).toContain('page_1')
})

const FORMS: readonly [form: string, encode: (secret: string) => string][] = [
  ['as it is', (secret) => secret],
  ['percent-encoded', url],
  ['percent-encoded twice', (secret) => url(url(secret))],
  ['percent-encoded in lower case', (secret) => url(secret).toLowerCase()],
  ['in base64', base64],
  ['in base64 for URLs', base64Url],
  ['inside a longer base64 text', (secret) => base64(`{"a":"${secret}","b":2}`)],
  ['inside base64 one byte later', (secret) => base64(`x{"a":"${secret}","b":2}`)],
  ['inside base64 two bytes later', (secret) => base64(`xy{"a":"${secret}","b":2}`)],
  ['JSON-escaped', (secret) => JSON.stringify(secret).slice(1, -1)],
  ['HTML-escaped', (secret) => secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
  [
    'in hex',
    (secret) => Array.from(new TextEncoder().encode(secret), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  ],
  ['in capitals', (secret) => secret.toUpperCase()],
]

test.each(FORMS)('a secret seen once is erased %s from places that are otherwise kept', async (_, encode) => {
  for (const secret of ['hunter2-a&b<c>d/e', BEARER]) {
    const echoed = encode(secret)
    const har = capture([
      entry(post('application/json', JSON.stringify({ password: secret }))),
      entry({ responseHeaders: { server: `edge ${echoed} x`, via: echoed }, response: { statusText: echoed } }),
      entry({ status: 400, body: JSON.stringify({ error: { code: 'bad_thing', message: `Refused ${echoed} now` } }) }),
    ])
    const { text, report } = await clean(har)
    expect(holds(text, secret)).toBe(false)
    expect(text.toLowerCase()).not.toContain(echoed.toLowerCase())
    expect(text).toContain('bad_thing')
    expect(report.leftOnSecondPass).toBe(0)
  }
})

test('the e-mail in a token is erased where it stands alone', async () => {
  const { text } = await clean(
    capture([
      entry({ requestHeaders: { authorization: `Bearer ${JWT}` } }),
      entry({ responseHeaders: { server: `for ${EMAIL}` } }),
    ]),
  )
  expect(holds(text, EMAIL)).toBe(false)
})

test('the same value gets the same tag within a file, and another under another key', async () => {
  const har = capture([
    entry({ responseHeaders: { 'set-cookie': `sid=${SESSION}; Path=/` } }),
    entry({ requestHeaders: { cookie: `sid=${SESSION}` } }),
  ])
  const tags = (text: string): string[] =>
    Array.from(text.matchAll(/sid=\[cookie:([0-9a-f]{4}), \d+ chars\]/g), (match) => match[1] ?? '')
  const first = tags((await clean(har)).text)
  const second = tags((await clean(har, { key: new Uint8Array(16).fill(1) })).text)
  expect(first).toHaveLength(2)
  expect(new Set(first).size).toBe(1)
  expect(second[0]).not.toBe(first[0])
})

test('cleaning a clean file again changes nothing', async () => {
  const once = await clean(capture([page(), ...PLACES.map(([, , plant]) => entry(plant))]))
  const twice = await clean(once.text)
  expect(twice.text).toBe(once.text)
})

test('entries that do not fit in memory are read a second time and come out the same', async () => {
  const har = capture([page(), ...PLACES.map(([, , plant]) => entry(plant))])
  const { text, report } = await clean(har)
  for (const memoryBytes of [0, 1, 5_000, 20_000]) {
    const other = await clean(har, { memoryBytes })
    expect(other.text).toBe(text)
    expect(other.report).toEqual(report)
  }
})
