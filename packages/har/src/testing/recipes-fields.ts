import { toBase64 } from '@clew/redact'
import type { JsonObject, JsonValue } from '../types.ts'
import { deflateStored } from './packed.ts'
import { addHeader, addQuery, objectIn, type Recipe, setBody, setPost, setStatus, sideOf } from './plant.ts'
import { base64UrlOf, type SecretKindName, type Tier, utf8 } from './secrets.ts'

const APP = 'https://app.northlight.example'

type Row = readonly [tier: Tier, kind: SecretKindName, field: string, value: (secret: string) => JsonValue]

const call = (s: string): JsonObject => ({ functionName: 'load', url: `${APP}/a.js?t=${s}`, lineNumber: 1 })

const ENTRY_FIELDS: readonly Row[] = [
  ['pii', 'sentence', 'comment', (s) => s],
  ['credential', 'plainPassword', 'comment', (s) => `the password is ${s}`],
  ['token', 'bearer', '_initiator', (s) => ({ type: 'script', url: `${APP}/a.js?t=${s}`, lineNumber: 3 })],
  ['token', 'bearer', '_initiator', (s) => ({ type: 'script', stack: { callFrames: [call(s)] } })],
  [
    'token',
    'bearer',
    '_initiator',
    (s) => ({ type: 'script', stack: { callFrames: [], parent: { callFrames: [call(s)] } } }),
  ],
  ['token', 'bearer', '_webSocketMessages', (s) => [{ type: 'send', time: 1, opcode: 1, data: `{"auth":"${s}"}` }]],
  ['token', 'bearer', '_webSocketMessages', (s) => [{ type: 'send', time: 1, opcode: 1, data: `AUTH ${s}` }]],
  [
    'pii',
    'sentence',
    '_webSocketMessages',
    (s) => [{ type: 'receive', time: 1, opcode: 1, data: `42["chat",{"text":"${s}"}]` }],
  ],
  ['pii', 'email', '_webSocketMessages', (s) => [{ type: 'receive', time: 1, opcode: 2, data: toBase64(utf8(s)) }]],
  ['token', 'bearer', '_eventSourceMessages', (s) => [{ time: 1, eventName: 'm', eventId: '1', data: `{"t":"${s}"}` }]],
  ['pii', 'sentence', '_eventSourceMessages', (s) => [{ time: 1, eventName: s, eventId: s, data: 'x' }]],
  ['token', 'session', '_eventSourceMessages', (s) => [{ time: 1, eventName: 'm', eventId: s, data: '' }]],
  ['token', 'bearer', '_somethingNew', (s) => ({ deep: [s] })],
  ['token', 'bearer', '_full_url', (s) => `${APP}/?token=${s}`],
  ['credential', 'session', '_headers', (s) => ({ request: [`cookie: sid=${s}`], response: [`set-cookie: sid=${s}`] })],
  ['pii', 'clientIp', '_clientAddress', (s) => s],
  ['pii', 'clientIp', '_remoteDeviceIP', (s) => s],
  ['pii', 'name', '_clientName', (s) => `${s}'s MacBook`],
  ['token', 'bearer', '_documentURL', (s) => `${APP}/?t=${s}`],
  ['pii', 'email', '_error', (s) => `no route for ${s}`],
  [
    'token',
    'bearer',
    'cache',
    (s) => ({ beforeRequest: { eTag: 'x', hitCount: 1, comment: s }, afterRequest: { comment: s } }),
  ],
  ['pii', 'sentence', 'timings', (s) => ({ send: 1, wait: 2, receive: 3, comment: s })],
  ['pii', 'name', '_securityDetails', (s) => ({ protocol: 'TLS 1.3', sanList: [s], note: s })],
  ['pii', 'sentence', 'pageref', (s) => s],
  ['pii', 'email', 'serverIPAddress', (s) => s],
]

type PartRow = readonly [
  id: string,
  tier: Tier,
  kind: SecretKindName,
  plant: (entry: JsonObject, secret: string) => void,
]

const PARTS: readonly PartRow[] = [
  ['request comment', 'pii', 'sentence', (entry, s) => put(sideOf(entry, 'request'), 'comment', s)],
  ['response comment', 'pii', 'sentence', (entry, s) => put(sideOf(entry, 'response'), 'comment', s)],
  ['content comment', 'pii', 'sentence', (entry, s) => put(contentOf(entry), 'comment', s)],
  ['content file', 'pii', 'userName', (entry, s) => put(contentOf(entry), '_file', `/home/${s}/out.json`)],
  [
    'status text with a token',
    'token',
    'bearer',
    (entry, s) => put(sideOf(entry, 'response'), 'statusText', `No ${s}`),
  ],
  ['unknown request field', 'token', 'bearer', (entry, s) => put(sideOf(entry, 'request'), '_auth', { a: s })],
  ['unknown response field', 'token', 'bearer', (entry, s) => put(sideOf(entry, 'response'), '_body', s)],
  ['address of the wrong type', 'token', 'bearer', (entry, s) => put(sideOf(entry, 'response'), 'redirectURL', [s])],
  [
    'post parameter',
    'credential',
    'password',
    (entry, s) => putParameter(entry, { name: 'password', value: s, comment: s }),
  ],
  ['post file name', 'pii', 'email', (entry, s) => putParameter(entry, { name: 'f', fileName: `cv of ${s}.pdf` })],
  [
    'deflated SAML request',
    'pii',
    'email',
    (entry, s) => addQuery(entry, `SAMLRequest=${encodeURIComponent(toBase64(deflateStored(utf8(authnRequest(s)))))}`),
  ],
]

function contentOf(entry: JsonObject): JsonObject {
  return objectIn(sideOf(entry, 'response'), 'content')
}

function putParameter(entry: JsonObject, parameter: JsonObject): void {
  put(sideOf(entry, 'request'), 'postData', { mimeType: 'multipart/form-data', params: [parameter] })
}

function authnRequest(subject: string): string {
  return `<samlp:AuthnRequest ID="_1"><saml:Subject><saml:NameID>${subject}</saml:NameID></saml:Subject></samlp:AuthnRequest>`
}

function put(holder: JsonObject, key: string, value: JsonValue): void {
  holder[key] = value
}

/** Learnt in one place, and standing in another that is kept as it is otherwise, in some written form. */
const ECHOES: readonly (readonly [form: string, encode: (secret: string) => string])[] = [
  ['as it is', (s) => s],
  ['percent-encoded', encodeURIComponent],
  ['percent-encoded twice', (s) => encodeURIComponent(encodeURIComponent(s))],
  ['base64', (s) => toBase64(utf8(s))],
  ['base64 within more', (s) => toBase64(utf8(`x{"a":"${s}","b":2}`))],
  ['base64 for URLs', base64UrlOf],
  ['JSON-escaped', (s) => JSON.stringify(s).slice(1, -1)],
  ['HTML-escaped', (s) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
  ['hex', (s) => Array.from(utf8(s), (byte) => byte.toString(16).padStart(2, '0')).join('')],
  ['in capitals', (s) => s.toUpperCase()],
]

function echoes(): Recipe[] {
  return ECHOES.map(([form, encode]) => ({
    id: `echo ${form}`,
    tier: 'credential',
    kind: form === 'in capitals' ? 'plainPassword' : 'password',
    plant: (entry, { value }) => {
      setPost(entry, 'application/json', JSON.stringify({ password: value }))
      setStatus(entry, 400)
      setBody(entry, 'application/json', JSON.stringify({ error: { message: `Refused ${encode(value)} now` } }))
      addHeader(entry, { side: 'response', name: 'via', value: `1.1 ${encode(value)}` })
    },
  }))
}

export const FIELD_RECIPES: readonly Recipe[] = [
  ...ENTRY_FIELDS.map(
    ([tier, kind, name, value], i): Recipe => ({
      id: `entry.${name} (${i})`,
      tier,
      kind,
      plant: (entry, secret) => put(entry, name, value(secret.value)),
    }),
  ),
  ...PARTS.map(
    ([id, tier, kind, plant]): Recipe => ({ id, tier, kind, plant: (entry, { value }) => plant(entry, value) }),
  ),
  ...echoes(),
]
