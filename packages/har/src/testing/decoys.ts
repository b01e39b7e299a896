import { toBase64 } from '@clew/redact'
import type { JsonObject } from '../types.ts'
import { addHeader, addPath, addQuery, setBody, setPost, setStatus, setUrl, sideOf, urlOf } from './plant.ts'
import { ALNUM, DIGITS, HEX, type Random } from './random.ts'
import { utf8 } from './secrets.ts'

/** A harmless value that looks like a secret or stands where one could, and that support needs: it must stay. */
export interface Decoy {
  id: string
  make(random: Random): string
  plant(entry: JsonObject, value: string): void
}

const requestId = (random: Random): string => `req_${random.text(ALNUM, 24)}`
const uuid = (random: Random): string => [8, 4, 4, 4, 12].map((length) => random.text(HEX, length)).join('-')

type HeaderRow = readonly [name: string, make: (random: Random) => string]

const HEADERS: readonly HeaderRow[] = [
  ['x-request-id', requestId],
  ['X-Request-Id', uuid],
  ['request-id', (random) => `|${random.text(HEX, 16)}.${random.text(HEX, 8)}.`],
  ['x-correlation-id', (random) => random.text(DIGITS, 16)],
  ['cf-ray', (random) => `${random.text(HEX, 16)}-ATH`],
  ['traceparent', (random) => `00-${random.text(HEX, 32)}-${random.text(HEX, 16)}-01`],
  ['x-amzn-trace-id', (random) => `Root=1-${random.text(HEX, 8)}-${random.text(HEX, 24)};Sampled=1`],
  ['x-amzn-requestid', uuid],
  ['x-amz-cf-id', (random) => `${random.text(ALNUM, 54)}==`],
  ['x-amz-id-2', (random) => `${random.text(ALNUM, 75)}=`],
  ['x-ms-request-id', uuid],
  [
    'x-github-request-id',
    (random) =>
      `${random.text('0123456789ABCDEF', 4)}:${random.text('0123456789ABCDEF', 5)}:${random.text('0123456789ABCDEF', 7)}`,
  ],
  [
    'x-vercel-id',
    (random) => `fra1::iad1::${random.text(ALNUM, 5).toLowerCase()}-${random.text(DIGITS, 13)}-${random.text(HEX, 12)}`,
  ],
  ['x-b3-traceid', (random) => random.text(HEX, 32)],
  ['sentry-trace', (random) => `${random.text(HEX, 32)}-${random.text(HEX, 16)}-1`],
  ['x-cloud-trace-context', (random) => `${random.text(HEX, 32)}/${random.text(DIGITS, 19)};o=1`],
  ['openai-organization', (random) => `org-${random.text(ALNUM, 24)}`],
  ['x-organization-id', uuid],
  ['via', () => '1.1 varnish, 2.0 10.1.2.3 (squid/6.1)'],
  [
    'content-security-policy',
    (random) =>
      `default-src 'self'; script-src 'sha256-${random.text(ALNUM, 43)}='; connect-src https://api.northlight.example; report-uri /csp`,
  ],
  ['etag', (random) => `W/"${random.text(HEX, 32)}"`],
  ['www-authenticate', () => 'Bearer realm="api", error="invalid_token", error_description="The access token expired"'],
  [
    'user-agent',
    () =>
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  ],
  ['x-served-by', () => 'cache-ams21045-AMS, cache-ath1234-ATH'],
  ['content-disposition', () => 'attachment; filename="quarterly-report-2026.pdf"'],
]

type Put = (entry: JsonObject, value: string) => void

const error =
  (body: (value: string) => JsonObject): Put =>
  (entry, value) => {
    setStatus(entry, 400)
    setBody(entry, 'application/json', JSON.stringify(body(value)))
  }

const PLACES: readonly (readonly [id: string, make: Decoy['make'], plant: Put])[] = [
  ['request id in a body', requestId, error((v) => ({ error: { code: 'oops', message: 'Try again' }, request_id: v }))],
  ['trace id in a body', (random) => random.text(HEX, 32), error((v) => ({ traceId: v, title: 'Bad Request' }))],
  [
    'request id in a good answer',
    requestId,
    (entry, v) => setBody(entry, 'application/json', JSON.stringify({ request_id: v, ok: true })),
  ],
  [
    'organisation id in a body',
    (random) => `org-${random.text(ALNUM, 24)}`,
    (entry, v) => setBody(entry, 'application/json', JSON.stringify({ organization_id: v })),
  ],
  [
    'request id in an error text',
    requestId,
    error((v) => ({ error: { message: `The server had an error. Contact us with request id ${v}.` } })),
  ],
  [
    'error code',
    () => 'context_length_exceeded',
    error((v) => ({ error: { code: v, type: 'invalid_request_error' } })),
  ],
  [
    'error message',
    () => 'Maximum upload size of 20971520 bytes exceeded',
    error((v) => ({ error: { code: 'too_large', message: v } })),
  ],
  [
    'error detail of a list',
    () => 'field required',
    error((v) => ({ detail: [{ loc: ['body', 'file'], msg: v, type: 'value_error.missing' }] })),
  ],
  [
    'GraphQL error',
    () => 'Cannot query field seats on type Plan',
    (entry, v) => setBody(entry, 'application/json', JSON.stringify({ errors: [{ message: v }], data: null })),
  ],
  [
    'error_description in the query',
    () => 'AADSTS50105: The signed in user is not assigned to a role',
    (entry, v) => addQuery(entry, `error=access_denied&error_description=${encodeURIComponent(v)}`),
  ],
  [
    'error_description in a redirect',
    () => 'No accounts found',
    (entry, v) => {
      setStatus(entry, 302)
      sideOf(entry, 'response')['redirectURL'] =
        `https://app.northlight.example/cb?error=login_required&error_description=${encodeURIComponent(v)}&state=1`
    },
  ],
  [
    'error_description in a fragment',
    () => 'Consent is required',
    (entry, v) =>
      setUrl(
        entry,
        `${urlOf(entry).split('#', 1)[0]}#error=consent_required&error_description=${encodeURIComponent(v)}`,
      ),
  ],
  [
    'OAuth error in a body',
    () => 'The refresh token was already used',
    error((v) => ({ error: 'invalid_grant', error_description: v })),
  ],
  [
    'GraphQL operation',
    () => 'UploadSeatAssignments',
    (entry, v) =>
      setPost(
        entry,
        'application/json',
        JSON.stringify({ operationName: v, variables: {}, query: `mutation ${v} { seats { id } }` }),
      ),
  ],
  ['GraphQL operation in the query', () => 'ListMembers', (entry, v) => addQuery(entry, `operationName=${v}`)],
  ['hashed script', (random) => `main.${random.text(HEX, 16)}.js`, (entry, v) => addPath(entry, `assets/${v}`)],
  ['hashed style', (random) => `index-${random.text(ALNUM, 8)}.css`, (entry, v) => addPath(entry, `assets/${v}`)],
  [
    'hashed chunk',
    (random) => `${random.text(DIGITS, 4)}-${random.text(HEX, 20)}.chunk.js`,
    (entry, v) => addPath(entry, `_next/static/chunks/${v}`),
  ],
  [
    'hashed font',
    (random) => `inter-latin.${random.text(ALNUM, 12)}.woff2`,
    (entry, v) => addPath(entry, `fonts/${v}`),
  ],
  [
    'hashed script in HTML',
    (random) => `app.${random.text(HEX, 20)}.js`,
    (entry, v) =>
      setBody(
        entry,
        'text/html',
        `<!doctype html><html><head><script src="/assets/${v}" defer></script></head><body></body></html>`,
      ),
  ],
  [
    'name of an uploaded file',
    () => 'q3-seats-2026.csv',
    (entry, v) =>
      setPost(
        entry,
        'multipart/form-data; boundary=XX',
        `--XX\r\nContent-Disposition: form-data; name="file"; filename="${v}"\r\nContent-Type: text/csv\r\n\r\na,b\r\n--XX--\r\n`,
      ),
  ],
  [
    'name of a file among parameters',
    () => 'board-minutes.docx',
    (entry, v) => {
      sideOf(entry, 'request')['postData'] = {
        mimeType: 'multipart/form-data',
        params: [{ name: 'file', fileName: v, contentType: 'application/msword' }],
      }
    },
  ],
  [
    'SAML status',
    () => 'status:AuthnFailed',
    (entry, v) =>
      setBody(
        entry,
        'application/xml',
        `<samlp:Response><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:${v}"/></samlp:Status></samlp:Response>`,
      ),
  ],
  [
    'SAML status message',
    () => 'The user is not provisioned',
    (entry, v) =>
      setBody(
        entry,
        'text/xml',
        `<samlp:Response><samlp:Status><samlp:StatusMessage>${v}</samlp:StatusMessage></samlp:Status></samlp:Response>`,
      ),
  ],
  [
    'SAML status of a form',
    () => 'AuthnFailed',
    (entry, v) =>
      setPost(
        entry,
        'application/x-www-form-urlencoded',
        `SAMLResponse=${encodeURIComponent(toBase64(utf8(`<samlp:Response><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${v}"/></samlp:Response>`)))}`,
      ),
  ],
  [
    'words of an error page',
    () => 'The web server reported a bad gateway error',
    (entry, v) => {
      setStatus(entry, 502)
      setBody(
        entry,
        'text/html',
        `<html><head><title>502 Bad Gateway</title></head><body><h1>Bad gateway</h1><p>${v}</p></body></html>`,
      )
    },
  ],
  [
    'SOAP fault',
    () => 'Server was unable to process request',
    (entry, v) => {
      setStatus(entry, 500)
      setBody(
        entry,
        'text/xml',
        `<s:Envelope><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>${v}</faultstring></s:Fault></s:Body></s:Envelope>`,
      )
    },
  ],
  [
    'server address',
    () => '203.0.113.80',
    (entry, v) => {
      entry['serverIPAddress'] = v
    },
  ],
  ['request id in the query', uuid, (entry, v) => addQuery(entry, `x-request-id=${v}`)],
  [
    'network error',
    () => 'net::ERR_CERT_AUTHORITY_INVALID',
    (entry, v) => {
      sideOf(entry, 'response')['_error'] = v
    },
  ],
]

export const DECOYS: readonly Decoy[] = [
  ...HEADERS.map(
    ([name, make], i): Decoy => ({
      id: `header ${name} (${i})`,
      make,
      plant: (entry, value) => addHeader(entry, { side: 'response', name, value }),
    }),
  ),
  ...PLACES.map(([id, make, plant]): Decoy => ({ id, make, plant })),
]
