import { expect, test } from 'vitest'
import { at, capture, clean, entry } from './test-support.ts'
import type { SanitiseOptions } from './types.ts'

/** Headers whose values are kept: what hides in them goes, and what they tell an engineer stays byte for byte. */

const APP = 'https://app.northlight.example'
const TOKEN = 'Rv7kQ2xWz9LmT4bNc1'
const LONG = 'Rv7kQ2xWz9LmT4bNc1HdPs58'
const NAME = 'Eleni Papadaki'
const EMAIL = 'eleni@customer.example'

async function headerOf(name: string, value: string, options: SanitiseOptions = {}): Promise<string> {
  const { har, text } = await clean(capture([entry({ responseHeaders: { [name]: value } })]), options)
  expect((await clean(text, options)).text, 'cleaned again').toBe(text)
  return String(at(har.log.entries, 0, 'response', 'headers', 0, 'value'))
}

const PLANTED: readonly [name: string, value: string, gone: string, stays: string][] = [
  ['x-middleware-rewrite', `/en/reset?token=${TOKEN}`, TOKEN, '/en/reset?token='],
  ['x-matched-path', `/users/eleni.papadaki/reset/${TOKEN}`, 'papadaki', '/users/['],
  ['x-matched-path', `/users/eleni.papadaki/reset/${TOKEN}`, TOKEN, '/reset/['],
  ['x-envoy-decorator-operation', `web.shop.svc:8080/share/${TOKEN}`, TOKEN, 'web.shop.svc:8080/share/['],
  ['grpc-message', `no%20user%20${encodeURIComponent(EMAIL)}`, 'customer', 'no user ['],
  ['grpc-message', `no user ${encodeURIComponent(encodeURIComponent(EMAIL))}`, 'customer', 'no user ['],
  ['grpc-message', `key%20${LONG}%20is%20unknown`, LONG, ' is unknown'],
  ['x-error-message', `Cannot open ${TOKEN} now`, TOKEN, 'Cannot open ['],
  ['x-amzn-errormessage', 'No phone +30 694 123 4567', '694', 'No phone ['],
  ['warning', `199 - "Refused ${TOKEN} today"`, TOKEN, '199 - "Refused ['],
  ['via', `1.1 edge (user=eleni; sid=${TOKEN})`, TOKEN, '1.1 edge ('],
  ['via', `1.1 edge (user=eleni`, 'eleni', '1.1 edge ('],
  ['via', `1.1 edge user=eleni, 1.1 varnish`, 'eleni', ', 1.1 varnish'],
  ['via', `1.1 edge (${LONG})`, LONG, '1.1 edge ('],
  ['server-timing', `sess;desc="${TOKEN}", db;dur=3`, TOKEN, ', db;dur=3'],
  ['server-timing', `db;dur=3, user;desc="${NAME}"`, NAME, 'db;dur=3, user;desc="'],
  ['server-timing', `who;dur=3;by=${TOKEN}`, TOKEN, 'who;dur=3;by='],
  ['server-timing', `db;desc="/a?token=${TOKEN}`, TOKEN, 'db;desc="'],
  ['server-timing', `l4;desc="?proto=QUIC&rtt=12000&cid=${TOKEN}&ts=3"`, TOKEN, 'desc="?proto=QUIC&rtt=12000&cid=['],
  ['sec-ch-token', TOKEN, TOKEN, ''],
  ['x-page', `${APP}/u/eleni?token=${TOKEN}`, 'eleni', `${APP}/u/`],
  ['x-page', `${APP}/u/eleni?token=${TOKEN}`, TOKEN, '?token='],
  ['p3p', `policyref="${APP}/p?sid=${TOKEN}", CP="NOI DSP"`, TOKEN, '", CP="NOI DSP"'],
  ['report-to', `{"endpoints":[{"url":"${APP}/csp/${LONG}/report"}]}`, LONG, '/report"}]}'],
  ['report-to', `{"endpoints":[{"url":"https:\\/\\/r.example\\/${LONG}\\/r"}]}`, LONG, '"https:\\/\\/r.example\\/['],
  ['content-security-policy', "default-src 'self'; report-uri /csp?u=eleni.papadaki", 'papadaki', 'report-uri /csp?u='],
  ['content-security-policy', "default-src 'self'; report-uri /csp?k=aB3kd9Fk2", 'aB3kd9Fk2', 'report-uri /csp?k='],
  ['access-control-allow-origin', `${APP}/?token=${TOKEN}`, TOKEN, `${APP}/?token=`],
  ['server', `edge ${encodeURIComponent(EMAIL)}`, 'customer', ''],
  [
    'www-authenticate',
    `UMA realm="r", as_uri="${APP}", ticket="${TOKEN}"`,
    TOKEN,
    `UMA realm="r", as_uri="${APP}", ticket="`,
  ],
  ['www-authenticate', `Digest realm="r", username="eleni.p"`, 'eleni', 'Digest realm="r", username="'],
  ['www-authenticate', `Digest qop=auth, nonce=${TOKEN}, opaque=5ccc`, '5ccc', 'Digest qop=auth, nonce='],
  ['www-authenticate', `Negotiate ${LONG}==, Basic realm="r"`, LONG, ', Basic realm="r"'],
  ['www-authenticate', `Bearer resource_metadata="${APP}/.well-known/x?k=${TOKEN}"`, TOKEN, '/.well-known/x?k='],
  ['www-authenticate', `Bearer error_description="No user ${EMAIL}"`, EMAIL, 'Bearer error_description="No user '],
  ['www-authenticate', `Bearer hint="${NAME}`, NAME, 'Bearer hint="'],
]

test.each(PLANTED)('the header %s: %s loses %s', async (name, value, gone, stays) => {
  const clean = await headerOf(name, value)
  expect(decodeURIComponent(clean)).not.toContain(gone)
  expect(clean).toContain(stays)
})

const KEPT: readonly [name: string, value: string][] = [
  ['x-matched-path', '/[locale]/users/[id]/[[...rest]]'],
  ['x-middleware-rewrite', '/en/settings?page=2'],
  ['x-envoy-decorator-operation', 'web.shop.svc.cluster.local:8080/*'],
  ['grpc-message', 'deadline%20exceeded after 30s'],
  ['grpc-message', 'not found: request id req_9aF3kL0pQx7ZbT2mWc8YvR1d'],
  ['x-error-message', 'Request id 9aF3kL0pQx7Z: ERR_1234 at 2026-11-24T10:15'],
  ['warning', '110 anderson/1.3.37 "Response is stale"'],
  ['via', '1.1 varnish (Varnish/5.1), 2.0 10.1.2.3 (squid/6.1)'],
  ['via', 'cache3.l2cn1800[0,200-0,H], 1.1 21258ec71c1aa4499bcd08c6ad0eba38.cloudfront.net (CloudFront)'],
  ['server-timing', 'db;dur=53.2;desc="Read from the replica", cdn-cache; desc=HIT\nedge; dur=1'],
  [
    'server-timing',
    'requestID;desc="5f1c9c7e-3b1d-4f7e-9b57-0d7c6d1f2a3b", cache;desc="hit-front", host;desc="cp3072"',
  ],
  ['sec-ch-ua-platform', '"macOS"'],
  ['sec-ch-prefers-reduced-motion', 'no-preference'],
  ['x-total-count', '48213377'],
  ['x-next-page', '3'],
  ['p3p', 'policyref="/w3c/p3p.xml", CP="NOI DSP COR NID"'],
  ['report-to', `{"endpoints":[{"url":"${APP}/csp/report-to/team-web?policy=main"}]}`],
  [
    'content-security-policy',
    `script-src 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/TngHa1b2C3='; img-src ${APP}/a.8f3a2c1d9e.png`,
  ],
  [
    'www-authenticate',
    'Bearer realm="https://auth.northlight.example/token",service="registry",scope="repository:a/b:pull"',
  ],
  ['www-authenticate', 'Negotiate, NTLM, SCRAM-SHA-256 realm="r", Digest qop="auth", algorithm=SHA-256, stale=true'],
  ['user-agent', 'NorthlightBot/2.1 (+https://app.northlight.example/bot.html?page=2)'],
]

test.each(KEPT)('the header %s: %s is kept', async (name, value) => {
  expect(await headerOf(name, value)).toBe(value)
})

test('the strict policy drops the words of errors in headers', async () => {
  expect(await headerOf('x-error-message', 'The file of Eleni', { policy: 'strict' })).toBe('[message, 17 chars]')
})
