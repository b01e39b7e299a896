import { addHeader, listIn, type Recipe, type Side, setStatus, sideOf } from './plant.ts'
import type { SecretKindName, Tier } from './secrets.ts'

const APP = 'https://app.northlight.example'
const url = encodeURIComponent

type Row = readonly [tier: Tier, kind: SecretKindName, name: string, value: (secret: string) => string]

const SENT: readonly Row[] = [
  ['credential', 'session', 'Cookie', (s) => `theme=dark; sid=${s}; lang=el`],
  ['credential', 'session', 'cookie', (s) => `__Host-session="${s}"`],
  ['credential', 'cookieJson', 'cookie', (s) => `profile=${s}`],
  ['credential', 'jwt', 'cookie', (s) => `id_token=${s}; a=1`],
  ['credential', 'bearer', 'Authorization', (s) => `Bearer ${s}`],
  ['credential', 'jwt', 'authorization', (s) => `Bearer ${s}`],
  ['credential', 'basic', 'authorization', (s) => `Basic ${s}`],
  ['credential', 'nonce', 'authorization', (s) => `Digest username="x", realm="r", response="${s}", uri="/"`],
  [
    'credential',
    'signature',
    'authorization',
    (s) => `AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=${s}`,
  ],
  ['credential', 'bearer', 'authorization', (s) => s],
  ['credential', 'basic', 'Proxy-Authorization', (s) => `Basic ${s}`],
  ['credential', 'serviceKey', 'X-Api-Key', (s) => s],
  ['credential', 'session', 'api-key', (s) => s],
  ['credential', 'hexSession', 'X-Auth-Token', (s) => s],
  ['credential', 'session', 'x-amz-security-token', (s) => s],
  ['credential', 'bearer', 'x-goog-iap-jwt-assertion', (s) => s],
  ['credential', 'hexSession', 'x-northlight-thing', (s) => s],
  ['credential', 'plainPassword', 'X-Legacy-Password', (s) => s],
  ['token', 'csrf', 'X-CSRF-Token', (s) => s],
  ['token', 'csrf', 'x-xsrf-token', (s) => url(s)],
  ['token', 'shortToken', 'x-csrftoken', (s) => s],
  ['token', 'bearer', 'sec-websocket-protocol', (s) => `graphql-ws, bearer.${s}`],
  ['token', 'bearer', 'Referer', (s) => `${APP}/files?token=${s}&page=2`],
  ['token', 'shortToken', 'referer', (s) => `${APP}/a?zz=${s}`],
  ['token', 'nonce', 'x-goog-authuser', (s) => s],
  ['token', 'serviceKey', 'accept', (s) => `text/html;key=${s}`],
  ['pii', 'email', 'From', (s) => s],
  ['pii', 'email', 'x-user-email', (s) => s],
  ['pii', 'userName', 'x-remote-user', (s) => s],
  ['pii', 'accountNumber', 'x-customer-id', (s) => s],
  ['pii', 'email', 'user-agent', (s) => `NorthlightSync/2.1 (contact ${s})`],
  ['pii', 'clientIp', 'X-Forwarded-For', (s) => `${s}, 10.0.0.1`],
  ['pii', 'clientIp', 'CF-Connecting-IP', (s) => s],
  ['pii', 'clientIp', 'True-Client-IP', (s) => s],
  ['pii', 'clientIp6', 'X-Real-IP', (s) => s],
  ['pii', 'clientIp6', 'Forwarded', (s) => `for="[${s}]";proto=https;by=203.0.113.43`],
]

const RECEIVED: readonly Row[] = [
  ['credential', 'session', 'Set-Cookie', (s) => `sid=${s}; Path=/; HttpOnly; Secure; SameSite=Lax`],
  ['credential', 'session', 'set-cookie', (s) => `a=1; Path=/\nsid=${s}; Secure`],
  ['credential', 'session', 'set-cookie', (s) => `a=1; Expires=Tue, 24 Nov 2026 10:00:00 GMT, sid=${s}; Path=/`],
  ['credential', 'bearer', 'x-amzn-remapped-authorization', (s) => `Bearer ${s}`],
  ['credential', 'bearer', 'authentication-info', (s) => `nextnonce="${s}"`],
  ['credential', 'serviceKey', 'server', (s) => `edge ${s}`],
  ['token', 'code', 'Location', (s) => `${APP}/callback?code=${url(s)}&state=abc`],
  ['token', 'bearer', 'location', (s) => `${APP}/cb#access_token=${s}&token_type=Bearer`],
  ['token', 'shortToken', 'location', (s) => `/reset-password/${s}`],
  ['token', 'bearer', 'Content-Location', (s) => `/exports/${s}/file`],
  ['token', 'bearer', 'Link', (s) => `<${APP}/x?sig=${s}>; rel=preload, <${APP}/y>; rel=next`],
  ['token', 'bearer', 'Refresh', (s) => `5; url=${APP}/x?t=${s}`],
  ['token', 'bearer', 'content-security-policy', (s) => `default-src 'self'; report-uri ${APP}/csp?key=${s}`],
  ['token', 'bearer', 'report-to', (s) => `{"group":"g","endpoints":[{"url":"${APP}/r?s=${s}"}]}`],
  ['token', 'bearer', 'report-to', (s) => `{"endpoints":[{"url":"https:\\/\\/a.nel.example\\/report\\/v4?s=${s}"}]}`],
  ['token', 'bearer', 'reporting-endpoints', (s) => `main="${APP}/r?token=${s}"`],
  ['token', 'bearer', 'sourcemap', (s) => `/maps/app.js.map?token=${s}`],
  ['token', 'bearer', 'access-control-allow-origin', (s) => `https://u:${s}@app.northlight.example`],
  ['token', 'nonce', 'www-authenticate', (s) => `Digest realm="x", qop="auth", nonce="${s}", opaque="5ccc"`],
  ['token', 'bearer', 'www-authenticate', (s) => `Negotiate ${s}`],
  ['pii', 'email', 'content-disposition', (s) => `inline; filename*=UTF-8''cv%20${encodeURIComponent(s)}.pdf`],
  ['pii', 'email', 'content-disposition', (s) => `attachment; filename="cv ${s}.pdf"`],
  ['pii', 'email', 'server-timing', (s) => `auth;desc="${s}";dur=3`],
  ['pii', 'email', 'x-amzn-errormessage', (s) => `User ${s} not found`],
  ['pii', 'clientIp', 'x-client-ip', (s) => s],
  ['pii', 'email', 'warning', (s) => `299 - "quota of ${s} exceeded"`],
]

function rows(side: Side, list: readonly Row[]): Recipe[] {
  return list.map(([tier, kind, name, value], i) => ({
    id: `${side} header ${name} (${kind} ${i})`,
    tier,
    kind,
    plant: (entry, secret) => addHeader(entry, { side, name, value: value(secret.value) }),
  }))
}

const LISTS: readonly Recipe[] = [
  {
    id: 'request cookies list',
    tier: 'credential',
    kind: 'session',
    plant: (entry, { value }) => listIn(sideOf(entry, 'request'), 'cookies').push({ name: 'sid', value }),
  },
  {
    id: 'response cookies list',
    tier: 'credential',
    kind: 'session',
    plant: (entry, { value }) =>
      listIn(sideOf(entry, 'response'), 'cookies').push({ name: 'sid', value, path: '/', httpOnly: true }),
  },
  {
    id: 'cookie comment',
    tier: 'pii',
    kind: 'email',
    plant: (entry, { value }) =>
      listIn(sideOf(entry, 'response'), 'cookies').push({ name: 'pref', value: '1', comment: `of ${value}` }),
  },
  {
    id: 'header comment',
    tier: 'pii',
    kind: 'email',
    plant: (entry, { value }) =>
      listIn(sideOf(entry, 'response'), 'headers').push({ name: 'Vary', value: 'Accept', comment: `of ${value}` }),
  },
  {
    id: 'header name',
    tier: 'token',
    kind: 'session',
    plant: (entry, { value }) => addHeader(entry, { side: 'request', name: `x-${value}`, value: '1' }),
  },
  {
    id: 'cookie name',
    tier: 'token',
    kind: 'session',
    plant: (entry, { value }) => addHeader(entry, { side: 'request', name: 'cookie', value: `${value}=1` }),
  },
  {
    id: 'redirectURL',
    tier: 'token',
    kind: 'code',
    plant: (entry, { value }) => {
      setStatus(entry, 302)
      sideOf(entry, 'response')['redirectURL'] = `${APP}/cb?code=${url(value)}`
    },
  },
  {
    id: 'status text',
    tier: 'pii',
    kind: 'email',
    plant: (entry, { value }) => {
      sideOf(entry, 'response')['statusText'] = `Hello ${value}`
    },
  },
]

export const HEADER_RECIPES: readonly Recipe[] = [...rows('request', SENT), ...rows('response', RECEIVED), ...LISTS]
