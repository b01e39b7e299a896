import { toBase64 } from '@clew/redact'
import type { JsonObject } from '../types.ts'
import { gzipStored } from './packed.ts'
import { type Recipe, setBody, setEncodedBody, setPost, setStatus } from './plant.ts'
import { type SecretKindName, type Tier, utf8 } from './secrets.ts'

const url = encodeURIComponent
const json = JSON.stringify
const base64 = (text: string): string => toBase64(utf8(text))

type Row = readonly [tier: Tier, kind: SecretKindName, what: string, body: (secret: string) => unknown]

const SENT_JSON: readonly Row[] = [
  ['credential', 'password', 'password', (s) => ({ user: 'x', password: s })],
  ['credential', 'serviceKey', 'deep key', (s) => ({ a: { b: [{ settings: { apiKey: s } }] } })],
  ['credential', 'plainPassword', 'name and value', (s) => ({ fields: [{ name: 'password', value: s }] })],
  ['credential', 'password', 'JSON in JSON in JSON', (s) => ({ p: json({ q: json({ pwd: s }) }) })],
  ['token', 'shortToken', 'otp', (s) => ({ otp: s })],
  ['token', 'bearer', 'unknown name', (s) => ({ zz: s })],
  ['token', 'bearer', 'list', (s) => ['a', [s]]],
  ['token', 'session', 'key itself', (s) => ({ [s]: true })],
  [
    'credential',
    'plainPassword',
    'GraphQL literal',
    (s) => ({ query: `mutation Login { login(password: "${s}") { id } }` }),
  ],
  [
    'credential',
    'password',
    'GraphQL variables',
    (s) => ({ operationName: 'Login', variables: { input: { password: s } } }),
  ],
  ['pii', 'email', 'GraphQL block string', (s) => ({ query: `query Find { user(by: """mail ${s} """) { id } }` })],
  ['pii', 'name', 'name', (s) => ({ profile: { displayName: s } })],
  ['pii', 'sentence', 'message', (s) => ({ message: s })],
]

const RECEIVED_JSON: readonly Row[] = [
  ['credential', 'jwt', 'access token', (s) => ({ access_token: s, token_type: 'Bearer', expires_in: 3600 })],
  ['credential', 'privateKey', 'private key', (s) => ({ pem: s })],
  ['token', 'csrf', 'CSRF', (s) => ({ meta: { csrf: s } })],
  ['token', 'bearer', 'signed address', (s) => ({ download_url: `https://f.example/x.bin?sig=${s}` })],
  ['token', 'bearer', 'base64 value', (s) => ({ cursor: base64(json({ t: s })) })],
  ['pii', 'email', 'e-mail', (s) => ({ data: [{ owner: { email: s } }] })],
  ['pii', 'name', 'name', (s) => ({ items: [{ author: s }] })],
  ['pii', 'street', 'street', (s) => ({ shipping: { line1: s } })],
  ['pii', 'phone', 'phone', (s) => ({ contact_phone: s })],
  ['pii', 'card', 'card', (s) => ({ value: s })],
  ['pii', 'iban', 'IBAN', (s) => ({ ref: s })],
  ['pii', 'afm', 'tax number', (s) => ({ afm: s })],
  ['pii', 'amka', 'social number', (s) => ({ x: s })],
  ['token', 'accountNumber', 'numeric code', (s) => ({ code: Number(s) })],
  ['pii', 'accountNumber', 'number', (s) => ({ account: Number(s) })],
  ['pii', 'email', 'key itself', (s) => ({ [s]: 1 })],
  ['pii', 'sentence', 'sentence', (s) => ({ text: s, title: s })],
  ['pii', 'clientIp', 'last address', (s) => ({ last_login: { from: s } })],
  ['pii', 'email', 'HTML in JSON', (s) => ({ html: `<p>Hi <b>${s}</b></p>` })],
]

const ERRORS: readonly Row[] = [
  ['pii', 'email', 'e-mail', (s) => ({ error: { code: 'bad', message: `No user ${s}` } })],
  ['pii', 'card', 'card', (s) => ({ message: `Card ${s} was declined` })],
  ['pii', 'phone', 'phone', (s) => ({ errors: [{ detail: `Cannot text ${s}` }] })],
  ['pii', 'iban', 'IBAN', (s) => ({ error: 'bad_iban', error_description: `IBAN ${s} is closed` })],
  ['pii', 'amka', 'social number', (s) => ({ message: `ΑΜΚΑ ${s} δεν βρέθηκε` })],
  ['pii', 'afm', 'tax number', (s) => ({ message: `ΑΦΜ: ${s} δεν βρέθηκε` })],
  ['pii', 'clientIp', 'address', (s) => ({ message: `Too many requests from ${s}` })],
  ['pii', 'name', 'data beside', (s) => ({ error: { code: 'bad' }, user: { description: s }, name: s })],
  ['token', 'bearer', 'token in words', (s) => ({ message: `Token ${s} has expired` })],
  ['credential', 'serviceKey', 'key in words', (s) => ({ error: { message: `Incorrect API key provided: ${s}.` } })],
]

const TEXTS: readonly (readonly [...Row, mimeType: string])[] = [
  ['token', 'bearer', 'JSON lines', (s) => `{"token":"${s}"}\n{"a":1}\n`, 'application/x-ndjson'],
  [
    'token',
    'bearer',
    'event stream',
    (s) => `event: m\ndata: {"token":"${s}"}\n\ndata: plain ${s}\n\n`,
    'text/event-stream',
  ],
  ['pii', 'sentence', 'event stream over lines', (s) => `data: {"a":\ndata: "${s}"}\n\n: ${s}\n`, 'text/event-stream'],
  ['token', 'bearer', 'JSON as text', (s) => json({ token: s }), 'text/plain'],
  ['token', 'bearer', 'JSON after a guard', (s) => `)]}'\n${json({ token: s })}`, 'application/json'],
  ['token', 'bearer', 'JSONP', (s) => `cb(${json({ token: s })});`, 'application/javascript'],
  ['token', 'bearer', 'broken JSON', (s) => `{"token":"${s}"`, 'application/json'],
  [
    'token',
    'csrf',
    'hidden input',
    (s) => `<form><input type="hidden" name="authenticity" value="${s}"></form>`,
    'text/html',
  ],
  [
    'token',
    'csrf',
    'meta tag',
    (s) => `<html><head><meta name="csrf-token" content="${s}"></head></html>`,
    'text/html',
  ],
  [
    'token',
    'bearer',
    'inline script',
    (s) => `<script>window.__STATE__ = {"session":{"token":"${s}"}};</script>`,
    'text/html',
  ],
  ['token', 'bearer', 'JSON script', (s) => `<script type="application/json">{"a":{"b":"${s}"}}</script>`, 'text/html'],
  [
    'token',
    'bearer',
    'address in HTML',
    (s) => `<a href="/unsubscribe?t=${s}">x</a><img srcset="/i?t=${s} 2x">`,
    'text/html',
  ],
  ['token', 'bearer', 'event attribute', (s) => `<b onclick="go('${s}')" data-key="${s}">x</b>`, 'text/html'],
  ['token', 'bearer', 'HTML comment', (s) => `<!-- build ${s} --><p>x</p>`, 'text/html'],
  [
    'pii',
    'name',
    'visible text',
    (s) => `<h1>Welcome</h1><p>Hello <b>${s.replaceAll("'", '&#39;')}</b></p>`,
    'text/html',
  ],
  ['pii', 'name', 'title', (s) => `<title>Inbox of ${s}</title>`, 'text/html'],
  [
    'pii',
    'email',
    'text field',
    (s) => `<input type=email value=${s} title="${s}"><textarea>${s}</textarea>`,
    'text/html',
  ],
  ['pii', 'sentence', 'unclosed HTML', (s) => `<div class="x" title="${s}`, 'text/html'],
  ['credential', 'serviceKey', 'script constant', (s) => `const k = "${s}"; run(k)`, 'application/javascript'],
  ['credential', 'plainPassword', 'script object', (s) => `login({user: 'x', password: '${s}'})`, 'text/javascript'],
  ['token', 'bearer', 'template literal', (s) => 'fetch(`/a?token=' + s + '`)', 'text/javascript'],
  ['token', 'bearer', 'style address', (s) => `.a{background:url("/i.png?sig=${s}")} /* ${s} */`, 'text/css'],
  ['credential', 'plainPassword', 'XML element', (s) => `<login><password>${s}</password></login>`, 'application/xml'],
  ['pii', 'name', 'XML attribute and text', (s) => `<list><p who="${s}">${s}</p><![CDATA[${s}]]></list>`, 'text/xml'],
  [
    'credential',
    'plainPassword',
    'SOAP',
    (s) => `<s:Envelope><s:Body><Password Type="x">${s}</Password></s:Body></s:Envelope>`,
    'application/soap+xml',
  ],
  ['pii', 'email', 'SAML assertion', (s) => saml(s), 'application/xml'],
  ['pii', 'name', 'SVG', (s) => `<svg><text>${s}</text></svg>`, 'image/svg+xml'],
  ['pii', 'sentence', 'plain text', (s) => s, 'text/plain'],
  ['credential', 'plainPassword', 'plain assignment', (s) => `user: x\npassword: ${s}\n`, 'text/plain'],
  ['pii', 'email', 'table', (s) => `id,mail\n1,${s}\n`, 'text/csv'],
  ['pii', 'email', 'unknown type', (s) => `\u0001${s}`, 'application/x-thing'],
  ['pii', 'sentence', 'no type', (s) => s, ''],
]

function saml(subject: string): string {
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion><saml:Subject><saml:NameID>${subject}</saml:NameID></saml:Subject><saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>${subject}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>`
}

const FORM = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data; boundary=XX'

const SENT_TEXTS: readonly (readonly [...Row, mimeType: string])[] = [
  ['credential', 'password', 'form password', (s) => `user=x&password=${url(s)}`, FORM],
  ['token', 'shortToken', 'form unknown', (s) => `zz=${s}`, `${FORM}; charset=UTF-8`],
  ['token', 'csrf', 'form token', (s) => `authenticity_token=${url(s)}&ok=1`, FORM],
  ['pii', 'name', 'form name', (s) => `full=${url(s).replaceAll('%20', '+')}`, FORM],
  ['pii', 'email', 'SAML response', (s) => `SAMLResponse=${url(base64(saml(s)))}&RelayState=x`, FORM],
  ['credential', 'plainPassword', 'JSON in a form', (s) => `payload=${url(json({ password: s }))}`, FORM],
  ['credential', 'password', 'multipart field', (s) => part('name="password"', s), MULTIPART],
  [
    'pii',
    'sentence',
    'multipart file',
    (s) => part('name="file"; filename="report.pdf"\r\nContent-Type: application/pdf', s),
    MULTIPART,
  ],
  ['pii', 'email', 'multipart file name', (s) => part(`name="file"; filename="cv ${s}.pdf"`, 'x'), MULTIPART],
  ['pii', 'email', 'multipart without boundary', (s) => part('name="mail"', s), 'multipart/form-data'],
  ['pii', 'email', 'XML', (s) => `<order><mail>${s}</mail></order>`, 'text/xml'],
  ['pii', 'sentence', 'plain text', (s) => s, 'text/plain;charset=UTF-8'],
  [
    'credential',
    'plainPassword',
    'GraphQL',
    (s) => `mutation L { login(password: "${s}") { id } }`,
    'application/graphql',
  ],
]

function part(disposition: string, content: string): string {
  return `--XX\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n--XX--\r\n`
}

const ENCODED: readonly (readonly [...Row, mimeType: string])[] = [
  ['token', 'bearer', 'base64 JSON', (s) => base64(json({ token: s })), 'application/json'],
  ['pii', 'email', 'base64 HTML', (s) => base64(`<p>${s}</p>`), 'text/html'],
  ['pii', 'email', 'gzip JSON', (s) => toBase64(gzipStored(utf8(json({ mail: s })))), 'application/json'],
  ['pii', 'sentence', 'picture with words', (s) => base64(`\u0089PNG\r\n${s}`), 'image/png'],
  [
    'pii',
    'email',
    'binary message',
    (s) => toBase64(Uint8Array.from([8, 1, 18, 200, 255, ...utf8(s)])),
    'application/x-protobuf',
  ],
]

type Planter = (entry: JsonObject, row: { text: string; mimeType: string }) => void

function rows(where: string, list: readonly (readonly [...Row, mimeType?: string])[], planter: Planter): Recipe[] {
  return list.map(([tier, kind, what, body, mimeType = 'application/json']) => ({
    id: `${where}: ${what}`,
    tier,
    kind,
    plant: (entry, secret) => {
      const made = body(secret.value)
      planter(entry, { text: typeof made === 'string' ? made : json(made), mimeType })
    },
  }))
}

const answer: Planter = (entry, { text, mimeType }) => {
  setStatus(entry, 200)
  setBody(entry, mimeType, text)
}

export const BODY_RECIPES: readonly Recipe[] = [
  ...rows('request JSON', SENT_JSON, (entry, { text, mimeType }) => setPost(entry, mimeType, text)),
  ...rows('request body', SENT_TEXTS, (entry, { text, mimeType }) => setPost(entry, mimeType, text)),
  ...rows('response JSON', RECEIVED_JSON, answer),
  ...rows('response body', TEXTS, answer),
  ...rows('encoded body', ENCODED, (entry, { text, mimeType }) => setEncodedBody(entry, mimeType, text)),
  ...rows('error body', ERRORS, (entry, { text, mimeType }) => {
    setStatus(entry, 422)
    setBody(entry, mimeType, text)
  }),
]
