import { toBase64 } from '@clew/redact'
import { addPath, addQuery, listIn, type Recipe, setUrl, sideOf, urlOf } from './plant.ts'
import { type SecretKindName, type Tier, utf8 } from './secrets.ts'

const APP = 'https://app.northlight.example'
const url = encodeURIComponent

type Row = readonly [tier: Tier, kind: SecretKindName, what: string, part: (secret: string) => string]

const QUERIES: readonly Row[] = [
  ['credential', 'bearer', 'access_token', (s) => `access_token=${s}`],
  ['credential', 'serviceKey', 'api key', (s) => `key=${s}`],
  ['credential', 'password', 'password', (s) => `user=x&password=${url(s)}`],
  ['credential', 'session', 'session id', (s) => `PHPSESSID=${s}`],
  ['credential', 'jwt', 'JWT', (s) => `jwt=${s}`],
  ['token', 'shortToken', 'unknown name', (s) => `zz=${s}`],
  ['token', 'bearer', 'no name', (s) => s],
  ['token', 'code', 'OAuth code', (s) => `code=${url(s)}&state=1`],
  ['token', 'nonce', 'state', (s) => `state=${s}`],
  ['token', 'signature', 'S3 signature', (s) => `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=${s}`],
  ['token', 'csrf', 'SAS signature', (s) => `sv=2024-08-04&se=2026-11-25&sig=${url(s)}`],
  ['token', 'signature', 'short signature name', (s) => `s=${s}`],
  ['token', 'csrf', 'SAML RelayState', (s) => `RelayState=${url(s)}`],
  ['token', 'bearer', 'address within', (s) => `return_to=${url(`${APP}/b?token=${s}`)}`],
  [
    'token',
    'bearer',
    'address within an address within',
    (s) => `u=${url(`${APP}/m?u=${url(`${APP}/b?token=${s}`)}`)}`,
  ],
  ['token', 'bearer', 'JSON', (s) => `q=${url(JSON.stringify({ auth: { token: s } }))}`],
  ['token', 'bearer', 'base64 JSON', (s) => `d=${url(toBase64(utf8(JSON.stringify({ t: s }))))}`],
  ['token', 'session', 'name itself', (s) => `${s}=1`],
  ['pii', 'email', 'e-mail', (s) => `login_hint=${url(s)}`],
  ['pii', 'email', 'e-mail under a plain name', (s) => `filter=${url(s)}`],
  ['pii', 'email', 'e-mail in an error text', (s) => `error=x&error_description=${url(`No account for ${s}`)}`],
  ['pii', 'name', 'search words', (s) => `q=${url(s)}`],
  ['pii', 'phone', 'phone', (s) => `to=${url(s)}`],
  ['pii', 'clientIp', 'address of a person', (s) => `ip=${s}`],
  ['pii', 'accountNumber', 'number', (s) => `customer=${s}`],
]

const PATHS: readonly Row[] = [
  ['token', 'bearer', 'reset link', (s) => `reset-password/${s}`],
  ['token', 'shortToken', 'invitation', (s) => `invite/${s}`],
  ['token', 'jwt', 'JWT', (s) => `verify/${s}`],
  ['token', 'hexSession', 'hash', (s) => `d/${s}/view`],
  ['token', 'csrf', 'base64', (s) => `t/${url(s)}`],
  ['token', 'session', 'parameter', (s) => `a;jsessionid=${s}`],
  ['credential', 'serviceKey', 'bot key', (s) => `bot${s}/sendMessage`],
  ['pii', 'email', 'e-mail', (s) => `users/${url(s)}/files`],
  ['pii', 'userName', 'user name', (s) => `users/${s}`],
  ['pii', 'phone', 'phone', (s) => `contacts/${url(s)}`],
  ['pii', 'accountNumber', 'number', (s) => `invoices/${s}`],
  ['pii', 'iban', 'IBAN', (s) => `accounts/${s}/statements`],
  ['pii', 'name', 'name under a person', (s) => `people/${url(s)}`],
]

const FRAGMENTS: readonly Row[] = [
  ['credential', 'bearer', 'access_token', (s) => `access_token=${s}&token_type=Bearer&expires_in=3600`],
  ['credential', 'jwt', 'id_token', (s) => `id_token=${s}`],
  ['token', 'bearer', 'alone', (s) => s],
  ['token', 'bearer', 'route query', (s) => `/join?code=${s}`],
  ['pii', 'email', 'route', (s) => `/users/${url(s)}`],
]

const WHOLE: readonly Row[] = [
  ['credential', 'plainPassword', 'user and password', (s) => `https://jane:${s}@app.northlight.example/x`],
  ['token', 'bearer', 'WebSocket address', (s) => `wss://live.northlight.example/ws?ticket=${s}`],
  [
    'token',
    'bearer',
    'signed cookie address',
    (s) => `https://d1.cdn.example/v.m3u8?Policy=eyJTdGF0&Signature=${s}&Key-Pair-Id=K2`,
  ],
  ['pii', 'email', 'data URL', (s) => `data:text/plain;base64,${toBase64(utf8(s))}`],
  ['pii', 'email', 'mailto', (s) => `mailto:${s}`],
]

type Planter = (entry: Parameters<Recipe['plant']>[0], part: string) => void

function rows(where: string, list: readonly Row[], planter: Planter): Recipe[] {
  return list.map(([tier, kind, what, part]) => ({
    id: `URL ${where}: ${what}`,
    tier,
    kind,
    plant: (entry, secret) => planter(entry, part(secret.value)),
  }))
}

const QUERY_LIST: Recipe = {
  id: 'queryString list',
  tier: 'token',
  kind: 'shortToken',
  plant: (entry, { value }) => listIn(sideOf(entry, 'request'), 'queryString').push({ name: 'ref', value }),
}

export const URL_RECIPES: readonly Recipe[] = [
  ...rows('query', QUERIES, addQuery),
  ...rows('path', PATHS, addPath),
  ...rows('fragment', FRAGMENTS, (entry, part) => setUrl(entry, `${urlOf(entry).split('#', 1)[0]}#${part}`)),
  ...rows('whole', WHOLE, setUrl),
  QUERY_LIST,
]
