import { expect, test } from 'vitest'
import { bytesSource, validateHar } from './index.ts'
import { at, type Cleaned, capture, clean, type EntryParts, entry } from './test-support.ts'
import type { JsonObject, JsonValue } from './types.ts'

/** What is erased because it was learnt elsewhere, and what is not although it says the same. */

const SESSION = 'Zq8vN3kLw0xTb7RmYc2D'
const OTHER = 'https://app.northlight.example'

const typed = (fields: JsonObject): EntryParts => ({
  method: 'POST',
  postData: { mimeType: 'application/json', text: JSON.stringify(fields) },
})
const cookie = (pair: string): EntryParts => ({ requestHeaders: { cookie: pair } })
const failed = (message: string): EntryParts => ({ status: 400, body: JSON.stringify({ error: { message } }) })

/** Sees that a second entry, which says the same, comes out as it went in. */
async function expectUntouched(first: EntryParts, second: EntryParts): Promise<Cleaned> {
  const harmless = entry(second)
  const cleaned = await clean(capture([entry(first), harmless]))
  expect(cleaned.har.log.entries[1]).toEqual(harmless)
  return cleaned
}

async function messageAfter(first: EntryParts, message: string): Promise<string> {
  const { har } = await clean(capture([entry(first), entry(failed(message))]))
  const body: JsonValue = JSON.parse(String(at(har.log.entries, 1, 'response', 'content', 'text')))
  return String(at(body, 'error', 'message'))
}

const LABELS: readonly [what: string, body: JsonObject, words: string[]][] = [
  ['labels of a form', { labels: { password: 'Content', pin: 'Location', otp: 'Status' } }, ['Content', 'Location']],
  ['flat labels', { 'login.password': 'Response', 'login.mfa': 'Request' }, ['Response', 'Request']],
  ['fields of the log', { passcode: 'Timings', 'login.mfa': 'Entries' }, ['Timings', 'Entries']],
  ['a schema', { properties: { password: { type: 'string', description: 'content' } } }, ['description":"content']],
  ['a list of methods', { mfaMethods: ['request', 'response'] }, ['request', 'response']],
  ['a type within', { user: { mfa: { type: 'application' } } }, ['application']],
  ['an issuer within', { totp: { issuer: 'Northlight', algorithm: 'SHA256' } }, ['Northlight', 'SHA256']],
  ['a date', { passwordChanged: '2026-11-24' }, ['2026-11-24']],
  ['an address', { forgotPassword: `${OTHER}/content/status` }, ['/content/status']],
  ['a path', { forgotPassword: '/content/status' }, ['/content/status']],
]

const HARMLESS: EntryParts = {
  url: `${OTHER}/content/status?request=1`,
  requestHeaders: { 'content-type': 'application/json', accept: 'application/json' },
  responseHeaders: { 'Content-Type': 'application/json', location: `${OTHER}/content/status` },
  startedDateTime: '2026-11-24T10:15:30.123Z',
}

test.each(LABELS)('%s under the name of a password go there and nowhere else', async (_, body, words) => {
  const first = { ...HARMLESS, body: JSON.stringify(body) }
  const { har } = await expectUntouched(first, HARMLESS)
  const [labelled] = har.log.entries
  const text = String(at(labelled, 'response', 'content', 'text'))
  for (const word of words) expect(text).not.toContain(word)
  const around = entry({ ...first, body: text })
  expect(labelled).toEqual(around)
})

const WORDS = ['content', 'response', 'application', 'northlight', 'startedDateTime', '2026-11-24', '10:15:30']

test.each(WORDS)('a password %s that was typed leaves the capture whole, and goes from a sentence', async (word) => {
  const { text } = await expectUntouched(typed({ password: word }), HARMLESS)
  const { isValid, counts } = await validateHar(bytesSource(new TextEncoder().encode(text)))
  expect({ isValid, counts }).toEqual({ isValid: true, counts: { error: 0, warning: 0, note: 0 } })
  expect(await messageAfter(typed({ password: word }), `Wrong: ${word}!`)).toMatch(/^Wrong: \[erased:[^\]]+\]!$/)
})

test('a typed word stays as the name of a field, an attribute, an element or a parameter', async () => {
  const body = JSON.stringify({ error: { content: null, code: 'bad', 'content-size': 4 }, content: [] })
  await expectUntouched(typed({ password: 'content' }), { url: `${OTHER}/a?content=1#content`, status: 400, body })
  const markup = entry({ mime: 'text/html', body: '<html><meta content="1"><content></content></html>' })
  const { har } = await clean(capture([entry(typed({ pin: 'content' })), markup]))
  expect(String(at(har.log.entries, 1, 'response', 'content', 'text'))).toMatch(/<meta content=.*<content>/)
})

const TYPED: readonly [how: string, parts: EntryParts][] = [
  ['into JSON', typed({ user: 'x', password: 'sunflower' })],
  ['into the value of a field', typed({ password: { value: 'sunflower' } })],
  [
    'into a form',
    { method: 'POST', postData: { mimeType: 'application/x-www-form-urlencoded', text: 'password=sunflower' } },
  ],
  ['for Basic', { requestHeaders: { authorization: `Basic ${btoa('jane:sunflower')}` } }],
  ['into a socket', { entry: { _webSocketMessages: [{ type: 'send', opcode: 1, data: '{"password":"sunflower"}' }] } }],
]

test.each(TYPED)('a word that was typed %s as a password is erased from a message', async (_, parts) => {
  expect(await messageAfter(parts, 'Wrong password sunflower for you')).not.toContain('sunflower')
})

test('a word is a password although it was a cookie or the label of a field before', async () => {
  const first = { ...typed({ password: 'sunflower' }), ...cookie('theme=sunflower') }
  expect(await messageAfter(first, 'Wrong password sunflower')).not.toContain('sunflower')
  const labels = entry({ body: '{"password":"sunflower"}' })
  for (const memoryBytes of [undefined, 0]) {
    const har = capture([labels, entry(typed({ password: 'sunflower' })), entry(failed('Not sunflower'))])
    const { text } = await clean(har, memoryBytes === undefined ? {} : { memoryBytes })
    expect(text).not.toContain('sunflower')
  }
})

test('a one-time code that an answer tells is looked for elsewhere', async () => {
  expect(await messageAfter({ body: '{"otp":"482913"}' }, 'Code 482913 was used')).not.toContain('482913')
})

const COOKIES: readonly [what: string, pair: string, parts: EntryParts][] = [
  ['a host', 'tenant=northlight1', { url: 'https://northlight1.example/v1/x' }],
  ['a part of a host', 'tenant=northlight1', { url: 'https://eu.northlight1.example/v1/x' }],
  ['a server', 'SERVERID=web-node-07', { responseHeaders: { 'x-served-by': 'web-node-07', server: 'web-node-07' } }],
  ['a request id', 'seen=req_8f3a2c1d9e', { responseHeaders: { 'x-request-id': 'req_8f3a2c1d9e' } }],
  [
    'a trace',
    'trace=4bf92f3577b34da6a3ce929d0e0e4736',
    { requestHeaders: { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' } },
  ],
  ['a part of a path', 'exp=checkout-v2', { url: `${OTHER}/checkout-v2/pay` }],
  [
    'a path',
    'last=/api/v1/orders',
    { url: `${OTHER}/api/v1/orders`, requestHeaders: { referer: `${OTHER}/api/v1/orders` } },
  ],
  [
    'a browser',
    'browser=Chrome/130.0.0.0',
    { requestHeaders: { 'user-agent': 'Mozilla/5.0 (X11) Chrome/130.0.0.0 Safari/537.36' } },
  ],
  ['a release', 'v=release-2026.11.3', { url: 'https://cdn.northlight.example/release-2026.11.3/app.js' }],
]

test.each(COOKIES)('%s stays although a cookie says the same', async (_, pair, parts) => {
  const { har } = await expectUntouched(cookie(pair), parts)
  const header = String(at(har.log.entries, 0, 'request', 'headers', 0, 'value'))
  expect(header).toMatch(/^\w+=\[cookie:[0-9a-f]{4}, \d+ chars\]$/)
})

test('a word in a cookie goes from a sentence, for it may be a name', async () => {
  expect(await messageAfter(cookie('user=mariap84'), 'No user mariap84 here')).not.toContain('mariap84')
})

test('a session goes from everywhere, whatever stands there', async () => {
  const hex = '4bf92f3577b34da6a3ce929d0e0e4736'
  for (const secret of [SESSION, hex, '5f1c9c7e-3b1d-4f7e-9b57-0d7c6d1f2a3b']) {
    const { text } = await clean(
      capture([
        entry(cookie(`sid=${secret}`)),
        entry({
          url: `https://${secret}.northlight.example/${secret}/x.js?page=${secret}`,
          requestHeaders: { traceparent: `00-${secret}-00f067aa0ba902b7-01`, 'user-agent': `Chrome/${secret}` },
          responseHeaders: { server: secret, 'x-request-id': secret, [`x-${secret}`]: '1' },
          entry: { _resourceType: secret, _priority: `a ${secret}` },
        }),
      ]),
    )
    expect(text).not.toContain(secret)
  }
})

test('a word in one cookie that is a session in another is erased', async () => {
  const har = capture([
    entry(cookie('trace=4bf92f3577b34da6a3ce929d0e0e4736')),
    entry(cookie('sid=4bf92f3577b34da6a3ce929d0e0e4736')),
    entry({ responseHeaders: { server: '4bf92f3577b34da6a3ce929d0e0e4736' } }),
  ])
  expect((await clean(har)).text).not.toContain('4bf92f35')
})

const BASIC: readonly [what: string, user: string, password: string][] = [
  ['a space', 'mariap84', 'correct horse'],
  ['a quote', 'mariap84', 'corr"ect-7'],
  ['a brace', 'maria papadaki', '{horse}battery'],
  ['a colon', 'mariap84', 'correct:horse'],
  ['a Greek letter', 'mariap84', 'άλογο-μπαταρία'],
]

test.each(BASIC)('user and password of Basic are learnt although there is %s in them', async (_, user, password) => {
  const bytes = new TextEncoder().encode(`${user}:${password}`)
  const basic = { requestHeaders: { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` } }
  const message = await messageAfter(basic, `Wrong password ${password} for ${user}.`)
  expect(message).toMatch(/^Wrong password \[erased:[^\]]+\] for \[erased:[^\]]+\]\.$/)
})

test('a user that is a word and a number stays in a host', async () => {
  const basic = { requestHeaders: { authorization: `Basic ${btoa('northlight1:s3cret-word')}` } }
  await expectUntouched(basic, { url: 'https://northlight1.example/a' })
})

test('a password that looks like a language is one', async () => {
  expect(await messageAfter(typed({ password: 'my-pass1' }), 'Not my-pass1')).not.toContain('my-pass1')
})

const NAME = 'Παπαδοπούλου'
const escapedBytes = (mark: string): string => encodeURIComponent(NAME).replaceAll('%', mark)
const eachLetter = (write: (code: number) => string): string =>
  Array.from(NAME, (letter) => write(letter.charCodeAt(0))).join('')

const SPELLINGS: readonly [how: string, written: string][] = [
  ['as it is', NAME],
  ['in capitals', 'ΠΑΠΑΔΟΠΟΥΛΟΥ'],
  ['in capitals with accents', 'ΠΑΠΑΔΟΠΟΎΛΟΥ'],
  ['in small letters', 'παπαδοπούλου'],
  ['without accents', 'Παπαδοπουλου'],
  ['with another accent', 'Παπαδόπουλου'],
  ['with the accents behind their letters', NAME.normalize('NFD')],
  ['in capitals with the accents behind', 'ΠΑΠΑΔΟΠΟΎΛΟΥ'.normalize('NFD')],
  ['percent-encoded three times', encodeURIComponent(encodeURIComponent(encodeURIComponent(NAME)))],
  ['percent-encoded in capitals', encodeURIComponent('ΠΑΠΑΔΟΠΟΥΛΟΥ')],
  ['with %uXXXX', eachLetter((code) => `%u${code.toString(16).padStart(4, '0')}`)],
  ['with u{…}', eachLetter((code) => `\\u{${code.toString(16)}}`)],
  ['with uXXXX', eachLetter((code) => `\\u${code.toString(16).padStart(4, '0')}`)],
  ['as bytes with xNN', escapedBytes('\\x')],
  ['as quoted-printable', escapedBytes('=')],
  ['in decimal entities', eachLetter((code) => `&#${code};`)],
  ['in hexadecimal entities', eachLetter((code) => `&#x${code.toString(16).toUpperCase()};`)],
  ['in named entities', '&Pi;&alpha;&pi;&alpha;&delta;&omicron;&pi;&omicron;ύ&lambda;&omicron;&upsilon;'],
  [
    'in named and decimal entities',
    '&Pi;&alpha;&pi;&alpha;&delta;&omicron;&pi;&omicron;&#973;&lambda;&omicron;&upsilon;',
  ],
]

test.each(SPELLINGS)('a Greek name is erased where it is written %s', async (_, written) => {
  const message = await messageAfter(typed({ lastName: NAME }), `Ο χρήστης ${written} δεν βρέθηκε`)
  expect(message).toMatch(/^Ο χρήστης \[erased:[^\]]+\] δεν βρέθηκε$/)
})

test.each(['Παπαδοπούλου', 'ΠΑΠΑΔΟΠΟΥΛΟΥ', 'παπαδοπουλος'])('whichever way a name like %s was learnt', async (name) => {
  for (const written of [name.toUpperCase(), 'Παπαδόπουλος'.slice(0, -2) + name.slice(-2)])
    expect(await messageAfter(typed({ lastName: name }), `Ο ${written} λείπει`)).not.toContain(written)
})

test('other Greek words stay, accents and all, where a name is erased beside them', async () => {
  const message = `Η ΔΙΕΎΘΥΝΣΗ ${'Ελλάδα'.normalize('NFD')} δεν βρέθηκε`
  expect(await messageAfter(typed({ lastName: NAME }), message)).toBe(message)
})
