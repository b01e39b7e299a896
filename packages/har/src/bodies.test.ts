import { brotliCompressSync, gzipSync } from 'node:zlib'
import { toBase64 } from '@clew/redact'
import { expect, test } from 'vitest'
import { at, capture, clean, type EntryParts, entry } from './test-support.ts'

const BEARER = 'tok_7f6e5d4c3b2a1908f7e6d5c4'
const EMAIL = 'jane.doe@customer.example'

async function bodyOf(mime: string, body: string, parts: EntryParts = {}): Promise<string> {
  const { har } = await clean(capture([entry({ mime, body, ...parts })]))
  return String(at(har.log.entries, 0, 'response', 'content', 'text'))
}

test('a page keeps its structure and its assets and loses what it says', async () => {
  const page = `<!doctype html>
<html lang="el"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Inbox of Jane</title><link rel="stylesheet" href="/assets/site.8f3a2c1d9e4b7a60.css">
<script src="/assets/main.9aF3kL0p.js" defer></script></head>
<body class="dark wide"><h1 id="top">Hello Jane</h1><form action="/save?step=2" method="post">
<input type="hidden" name="authenticity_token" value="${BEARER}"><input type="text" name="nick" value="Jane"></form></body></html>`
  const clean = await bodyOf('text/html', page)
  expect(clean.replace(/:[0-9a-f]{4,16},/g, ':tag,')).toMatchInlineSnapshot(`
    "<!doctype html>
    <html lang="el"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>[text, 13 chars]</title><link rel="stylesheet" href="/assets/site.8f3a2c1d9e4b7a60.css">
    <script src="/assets/main.9aF3kL0p.js" defer></script></head>
    <body class="dark wide"><h1 id="top">[text, 10 chars]</h1><form action="/save?step=2" method="post">
    <input type="hidden" name="authenticity_token" value="[token:tag, 28 chars]"><input type="text" name="nick" value="[value, 4 chars]"></form></body></html>"
  `)
})

test('an error page keeps its words, without what the nets find', async () => {
  const page = `<h1>502</h1><p>The gateway at edge-7 got no answer. Write to ${EMAIL}</p>`
  const clean = await bodyOf('text/html', page, { status: 502 })
  expect(clean).toContain('The gateway at edge-7 got no answer. Write to [email:')
  expect(await bodyOf('text/html', page, { status: 200 })).not.toContain('gateway')
})

test('the state that a page carries in a script is learnt, and erased elsewhere', async () => {
  const script = `<script>window.__STATE__ = {"viewer":{"fullName":"Anna Karras-Vale","session":"${BEARER}"}};</script>`
  const parsed = `var s = JSON.parse('{"viewer":{"fullName":"Boris Karras-Vale"}}')`
  const { text } = await clean(
    capture([
      entry({ mime: 'text/html', body: script }),
      entry({ mime: 'text/javascript', body: parsed }),
      entry({
        responseHeaders: { server: `x ${BEARER}`, via: '1.1 Anna Karras-Vale', 'x-version': 'Boris Karras-Vale' },
      }),
    ]),
  )
  for (const secret of [BEARER, 'Anna', 'Boris']) expect(text).not.toContain(secret)
})

test('a bundle goes, and the hashes of its files stay readable elsewhere', async () => {
  const hash = '8f3a2c1d9e4b7a608f3a2c1d9e4b7a60'
  const { text } = await clean(
    capture([
      entry({ mime: 'application/javascript', body: `var c={"12":"${hash}"};load(c)` }),
      entry({ url: `https://app.northlight.example/assets/chunk.${hash}.js` }),
    ]),
  )
  expect(text).toContain(`chunk.${hash}.js`)
  expect(text).toMatch(/\[javascript, \d+ chars\]/)
})

test('a style sheet stays, but for its comments and what its addresses carry', async () => {
  const css = `@import "base.css";.a>b{color:#fff;background:url(/i.png?sig=${BEARER})} /* by ${EMAIL} */ .q:before{content:"Hi Jane 123456"}`
  const clean = await bodyOf('text/css', css)
  expect(clean).toContain('@import "base.css";.a>b{color:#fff;background:url(/i.png?sig=[')
  for (const secret of [BEARER, EMAIL, '123456']) expect(clean).not.toContain(secret)
})

const SAML = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_8f3a2c1d9e4b7a60" Destination="https://app.northlight.example/acs"><saml:Issuer>https://idp.customer.example/realm</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></samlp:StatusCode><samlp:StatusMessage>No such member</samlp:StatusMessage></samlp:Status><saml:Assertion><ds:SignatureValue>kJ8fT2mQx7ZbWc9aF3kL0pYvR1dGhN5s==</ds:SignatureValue><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${EMAIL}</saml:NameID><saml:Attribute Name="givenName"><saml:AttributeValue>Anna Karras-Vale</saml:AttributeValue></saml:Attribute></saml:Assertion></samlp:Response>`

test('a SAML response keeps who issued it, how it ended and which claims it has', async () => {
  const clean = await bodyOf('application/xml', SAML)
  for (const kept of [
    'idp.customer.example',
    'status:Responder',
    'status:AuthnFailed',
    'No such member',
    'Name="givenName"',
    'emailAddress"',
    'Destination="https://app.northlight.example/acs"',
  ])
    expect(clean).toContain(kept)
  for (const gone of [EMAIL, 'Anna', 'kJ8fT2mQx7', '_8f3a2c1d']) expect(clean).not.toContain(gone)
})

test('a posted or redirected SAML response tells its status, and what it says is erased elsewhere', async () => {
  const text = encodeURIComponent(toBase64(new TextEncoder().encode(SAML)))
  const packed = encodeURIComponent(toBase64(new Uint8Array(gzipSync(SAML).subarray(10, -8))))
  const cleaned = await clean(
    capture([
      entry({
        method: 'POST',
        postData: { mimeType: 'application/x-www-form-urlencoded', text: `SAMLResponse=${text}` },
      }),
      entry({ url: `https://app.northlight.example/acs?SAMLResponse=${packed}` }),
      entry({ responseHeaders: { via: `1.1 ${EMAIL}` } }),
    ]),
  )
  expect(cleaned.text.match(/status \\?"Responder\/AuthnFailed\\?"/g)).toHaveLength(2)
  expect(cleaned.text).not.toContain(EMAIL)
})

test('a SOAP fault keeps its code and its words, a request its elements', async () => {
  const fault =
    '<s:Envelope><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>Quota exceeded</faultstring></s:Fault></s:Body></s:Envelope>'
  expect(await bodyOf('text/xml', fault, { status: 500 })).toBe(fault)
  const request =
    '<s:Envelope><s:Body><Login><User>jane</User><Password>hunter22</Password></Login></s:Body></s:Envelope>'
  expect(await bodyOf('text/xml', request)).toMatch(
    /<Login><User>\[.*\]<\/User><Password>\[password:.*\]<\/Password><\/Login>/,
  )
})

test('a GraphQL document keeps its operation and fields and loses its literals', async () => {
  const query = `query Members($n: Int = 5) { members(first: 20, token: "${BEARER}", name: "Jane", after: 123456) { id } } # for Jane`
  const body = JSON.stringify({ operationName: 'Members', query, variables: { name: 'Jane' } })
  const { text } = await clean(
    capture([entry({ method: 'POST', postData: { mimeType: 'application/json', text: body } })]),
  )
  expect(text).toContain('query Members($n: Int = 5) { members(first: 20, token: ')
  expect(text).toContain('after: 0) { id } }')
  for (const secret of [BEARER, 'Jane', '123456']) expect(text).not.toContain(secret)
})

test.each([
  ['Brotli', brotliCompressSync(JSON.stringify({ mail: EMAIL }))],
  ['Zstandard', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x24, 0x05, 0x29, 0x00, 0x00, 0xff, 0xfe, 0x80, 0x81])],
])('a body in %s goes as a whole, and the report says why', async (_, packed) => {
  const text = toBase64(new Uint8Array(packed))
  const of = (mimeType: string) => ({ response: { content: { size: 9, mimeType, encoding: 'base64', text } } })
  const { har, report } = await clean(capture([entry(of('application/json')), entry(of('image/png'))]))
  expect(String(at(har.log.entries, 0, 'response', 'content', 'text'))).not.toContain(text)
  // A picture was never words, so nothing is to be said of it.
  expect(report.warnings).toEqual([{ code: 'body.compressed', path: expect.stringContaining('entries[0]') }])
})

test('a compressed body in base64 is read as what it is', async () => {
  const packed = toBase64(new Uint8Array(gzipSync(JSON.stringify({ error: { code: 'too_large' }, mail: EMAIL }))))
  const content = { size: 9, mimeType: 'application/json', encoding: 'base64', text: packed }
  const { text } = await clean(capture([entry({ status: 413, response: { content } })]))
  expect(text).toContain('too_large')
  expect(text).not.toContain(EMAIL)
})

test('whom a token is about is erased where it stands alone', async () => {
  const claims = {
    sub: 'auth0|5f8a9b7c6d5e4f3a2b1c',
    name: 'Anna Karras-Vale',
    preferred_username: 'annakv77@x',
    scope: 'openid',
  }
  const payload = toBase64(new TextEncoder().encode(JSON.stringify(claims))).replace(/=+$/, '')
  const { text } = await clean(
    capture([
      entry({ requestHeaders: { cookie: `id=eyJhbGciOiJIUzI1NiJ9.${payload}.c2lnbmF0dXJlLWJ5dGVz` } }),
      entry({
        responseHeaders: { via: '1.1 Anna Karras-Vale auth0|5f8a9b7c6d5e4f3a2b1c' },
        status: 400,
        body: JSON.stringify({ message: 'openid refused for annakv77@x' }),
      }),
    ]),
  )
  for (const secret of ['Anna', '5f8a9b7c6d', 'annakv77']) expect(text).not.toContain(secret)
  expect(text).toContain('openid refused for')
})

test('the report says what stayed on purpose, why, and how often', async () => {
  const { report } = await clean(
    capture([
      entry({
        url: 'https://app.northlight.example/assets/main.8f3a2c1d9e4b7a60.js',
        responseHeaders: { 'x-request-id': 'req_9aF3kL0pQx7Z', 'openai-organization': 'org-9aF3kL0p' },
      }),
      entry({
        status: 400,
        body: '{"error":{"code":"bad","message":"No seat left"}}',
        entry: { serverIPAddress: '203.0.113.7' },
      }),
    ]),
  )
  const counts = Object.fromEntries(report.kept.map(({ reason, count }) => [reason, count]))
  expect(counts).toEqual({
    hashed_asset: 1,
    request_or_trace_id: 1,
    organisation_id: 1,
    error_text: 2,
    server_address: 1,
  })
})
