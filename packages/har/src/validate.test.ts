import { assert, asyncProperty, string, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ByteSource, bytesSource } from './byte-source.ts'
import { at, capture, entry, page } from './test-support.ts'
import type { JsonObject, JsonValue } from './types.ts'
import { type HarProblemCode, type HarValidation, type ValidateOptions, validateHar } from './validate.ts'
import { MESSAGES } from './validation/messages.ts'

const encoder = new TextEncoder()

function validate(input: JsonValue | string | Uint8Array, options: ValidateOptions = {}): Promise<HarValidation> {
  const text = typeof input === 'string' || input instanceof Uint8Array ? input : JSON.stringify(input)
  return validateHar(bytesSource(typeof text === 'string' ? encoder.encode(text) : text), options)
}

const found = ({ problems }: HarValidation) => problems.map(({ severity, code, path }) => `${severity} ${code} ${path}`)
const one = (parts: JsonObject): JsonObject => capture([entry({ entry: parts })])
const request = (parts: JsonObject): JsonObject => capture([entry({ request: parts })])
const response = (parts: JsonObject): JsonObject => capture([entry({ response: parts })])
const timings = (parts: JsonObject, time = 120): JsonObject => capture([entry({ timings: parts, time })])
const without = (name: string, ...path: string[]): JsonObject => {
  const har = capture([entry({ postData: { mimeType: 'text/plain', text: 'x' } })], {
    pages: [{ startedDateTime: '2026-11-24T10:15:30Z', id: 'page_1', title: '', pageTimings: {} }],
  })
  const parent = at(har, ...path.map((key) => (/^\d+$/.test(key) ? Number(key) : key)))
  if (typeof parent === 'object' && parent !== null && !Array.isArray(parent)) delete parent[name]
  return har
}
const by = (creator: string, parts: JsonObject): JsonObject =>
  capture([entry(parts)], { creator: { name: creator, version: '1' } })

describe('a file that holds to HAR 1.2', () => {
  test('has no problem, whatever fields of its own it adds with an underscore', async () => {
    const har = capture([page(), entry({ entry: { _initiator: { type: 'script' }, _custom: [1, 2] } })])
    expect(await validate(har)).toMatchObject({ isValid: true, entries: 2, version: '1.2', problems: [], groups: [] })
  })

  test('may leave out what is optional and say -1 where nothing is known', async () => {
    expect(found(await validate(timings({ blocked: -1, dns: -1, connect: -1, ssl: -1 })))).toEqual([])
    expect(found(await validate(request({ headersSize: -1, bodySize: -1 })))).toEqual([])
  })
})

const REQUIRED: readonly [object: string, names: string][] = [
  ['log', 'version creator entries'],
  ['log.creator', 'version'],
  ['log.pages.0', 'startedDateTime id title pageTimings'],
  ['log.entries.0', 'startedDateTime time request response cache timings'],
  ['log.entries.0.request', 'method url httpVersion cookies headers queryString headersSize bodySize'],
  ['log.entries.0.request.postData', 'mimeType'],
  ['log.entries.0.response', 'status statusText httpVersion cookies headers content redirectURL headersSize bodySize'],
  ['log.entries.0.response.content', 'size mimeType'],
  ['log.entries.0.timings', 'send wait receive'],
]

describe('a field that HAR 1.2 requires is missed', () => {
  test.each(REQUIRED.flatMap(([object, names]) => names.split(' ').map((name) => [object, name] as const)))(
    'in %s: %s',
    async (object, name) => {
      const path = object.split('.')
      const har = without(name, ...path)
      const other = at(har, 'log', 'creator')
      if (typeof other === 'object' && other !== null && !Array.isArray(other)) other['name'] = 'Some exporter'
      const place = `${path.join('.').replace(/\.(\d+)/g, '[$1]')}.${name}`
      expect(found(await validate(har))).toContain(`error field.missing ${place}`)
    },
  )
})

const CASES: readonly [
  code: HarProblemCode,
  severity: string,
  path: string,
  shows: JsonValue | Uint8Array,
  harmless: JsonValue,
][] = [
  ['field.type', 'error', 'log.entries[0].request.headers', request({ headers: {} }), request({ headers: [] })],
  ['field.type', 'error', 'log.entries[0].response.status', response({ status: true }), response({ status: 200 })],
  [
    'field.type',
    'error',
    'log.entries[0].request.headers[0]',
    request({ headers: ['a: b'] }),
    request({ headers: [{ name: 'a', value: 'b' }] }),
  ],
  [
    'field.type',
    'error',
    'log.version',
    '{"log":{"version":1.2,"creator":{"name":"x","version":"1"},"entries":[{}]}}',
    one({}),
  ],
  ['field.null', 'error', 'log.entries[0].request.method', request({ method: null }), request({ method: 'GET' })],
  [
    'field.null',
    'note',
    'log.entries[0].cache.afterRequest',
    one({ cache: { afterRequest: null } }),
    one({ cache: {} }),
  ],
  ['field.number_as_text', 'warning', 'log.entries[0].time', one({ time: '120.5' }), one({ time: 120.5 })],
  [
    'field.unknown',
    'note',
    'log.entries[0].request.protocol',
    request({ protocol: 'h2' }),
    request({ _protocol: 'h2' }),
  ],
  ['field.unknown', 'note', 'log.extra', capture([entry()], { extra: 1 }), capture([entry()], { _extra: 1 })],
  ['field.unknown', 'note', 'log.entries[0]["a b\\n"]', one({ 'a b\n': 1 }), one({ '_a b': 1 })],
  [
    'field.empty',
    'warning',
    'log.entries[0].request.url',
    request({ url: '' }),
    request({ url: 'https://a.example/' }),
  ],
  [
    'date.unreadable',
    'error',
    'log.entries[0].startedDateTime',
    one({ startedDateTime: 'NaN-NaN-NaN' }),
    one({ startedDateTime: '2026-11-24T10:15:30+02:00' }),
  ],
  [
    'date.unreadable',
    'error',
    'log.entries[0].startedDateTime',
    one({ startedDateTime: '2026-13-41T10:15:30Z' }),
    one({ startedDateTime: '2026-11-24T10:15:30.123456Z' }),
  ],
  [
    'date.no_zone',
    'warning',
    'log.entries[0].startedDateTime',
    one({ startedDateTime: '2026-11-24T10:15:30' }),
    one({ startedDateTime: '2026-11-24T10:15:30Z' }),
  ],
  [
    'url.relative',
    'warning',
    'log.entries[0].request.url',
    request({ url: '/logo.png' }),
    request({ url: 'data:image/png;base64,AAA=' }),
  ],
  [
    'url.fragment',
    'note',
    'log.entries[0].request.url',
    request({ url: 'https://a.example/#top' }),
    request({ url: 'https://a.example/?q=%23' }),
  ],
  ['status.range', 'warning', 'log.entries[0].response.status', response({ status: 42 }), response({ status: 0 })],
  ['status.range', 'warning', 'log.entries[0].response.status', response({ status: 200.5 }), response({ status: 999 })],
  [
    'size.invalid',
    'warning',
    'log.entries[0].response.bodySize',
    response({ bodySize: -2 }),
    response({ bodySize: -1 }),
  ],
  ['timing.negative', 'note', 'log.entries[0].timings.send', timings({ send: -1 }, 119), timings({ send: 0 }, 119)],
  ['timing.negative', 'warning', 'log.entries[0].timings.dns', timings({ dns: -40 }), timings({ dns: -1 })],
  ['timing.sum', 'note', 'log.entries[0].time', timings({ wait: 5_000 }), timings({ wait: 101 })],
  [
    'page.unknown',
    'warning',
    'log.entries[0].pageref',
    capture([entry({ entry: { pageref: 'p2' } })], { pages: pages('p1') }),
    capture([entry({ entry: { pageref: 'p1' } })], { pages: pages('p1') }),
  ],
  ['page.unknown', 'note', 'log.entries[0].pageref', one({ pageref: 'p2' }), one({})],
  [
    'page.duplicate',
    'warning',
    'log.pages[1].id',
    capture([entry()], { pages: pages('p1', 'p1') }),
    capture([entry()], { pages: pages('p1', 'p2') }),
  ],
  [
    'post.text_and_params',
    'note',
    'log.entries[0].request.postData',
    request({ postData: { mimeType: 'a', text: 'a=1', params: [{ name: 'a' }] } }),
    request({ postData: { mimeType: 'a', text: 'a=1', params: [] } }),
  ],
  [
    'body.not_base64',
    'warning',
    'log.entries[0].response.content.text',
    response({ content: { size: 1, mimeType: 'a', encoding: 'base64', text: 'not base64!' } }),
    response({ content: { size: 1, mimeType: 'a', encoding: 'base64', text: 'bm90\nYmFzZQ==' } }),
  ],
  [
    'address.invalid',
    'warning',
    'log.entries[0].serverIPAddress',
    one({ serverIPAddress: 'localhost' }),
    one({ serverIPAddress: '[2001:db8::1]' }),
  ],
  [
    'header.name',
    'warning',
    'log.entries[0].request.headers[0].name',
    request({ headers: [{ name: 'HTTP/1.1 200 OK', value: '' }] }),
    request({ headers: [{ name: ':authority', value: '' }] }),
  ],
  [
    'entries.unsorted',
    'note',
    'log.entries[1]',
    capture([entry(), entry({ startedDateTime: '2020-01-01T00:00:00Z' })]),
    capture([entry(), entry()]),
  ],
  ['har.version', 'warning', 'log.version', capture([entry()], { version: '2.0' }), capture([entry()])],
  ['har.version', 'note', 'log.version', capture([entry()], { version: '1.1' }), capture([entry()])],
  ['har.no_entries', 'warning', 'log.entries', capture([]), capture([entry()])],
  ['har.no_log', 'error', 'log', '{"entries":[]}', capture([entry()])],
  ['har.no_log', 'error', 'log', '{"log":[]}', capture([entry()])],
  ['entry.not_object', 'error', 'log.entries[1]', capture([entry(), 'GET /', entry()]), capture([entry(), entry()])],
  [
    'json.utf8',
    'warning',
    'log.entries[0]',
    withBytes(JSON.stringify(capture([entry({ body: 'XX' })])), 'XX', [0xc3, 0x28]),
    capture([entry({ body: '\ufffd' })]),
  ],
]

function pages(...ids: string[]): JsonValue {
  return ids.map((id) => ({ startedDateTime: '2026-11-24T10:15:30Z', id, title: 'x', pageTimings: {} }))
}

function withBytes(text: string, mark: string, bytes: readonly number[]): Uint8Array {
  const whole = encoder.encode(text)
  whole.set(bytes, new TextDecoder('latin1').decode(whole).indexOf(mark))
  return whole
}

describe('what is wrong is named with its place', () => {
  test.each(CASES)('%s (%s) at %s, and not for what comes near it', async (code, severity, path, shows, harmless) => {
    expect(found(await validate(shows))).toContain(`${severity} ${code} ${path}`)
    expect(found(await validate(harmless)).filter((line) => line.includes(` ${code} `))).toEqual([])
  })

  test('each sentence is whole in both languages, without a place left open', async () => {
    for (const [, , , shows] of CASES) {
      for (const { what, fix } of (await validate(shows)).problems) {
        for (const text of [what.en, what.el, fix.en, fix.el]) {
          expect(text).toMatch(/[.:]$/)
          expect(text.replace(/\{ (was|where)|\{\./g, '')).not.toMatch(/\{\w|\[\[|undefined/)
        }
      }
    }
    for (const { what, fix } of Object.values(MESSAGES)) {
      expect(what.el).toMatch(/[α-ω]/)
      expect(fix.el).toMatch(/[α-ω]/)
    }
  })

  test('no value that may be secret is repeated', async () => {
    const secret = 'k3v9Qz7LmP2xT5wR8nB4'
    const har = capture([
      entry({
        url: `/relative?token=${secret}`,
        requestHeaders: { [`bad name ${secret.slice(0, 4)}`]: secret },
        entry: { serverIPAddress: secret, startedDateTime: secret },
      }),
    ])
    const result = await validate(har)
    expect(result.problems.length).toBeGreaterThan(3)
    expect(JSON.stringify(result)).not.toContain(secret)
  })
})

describe('what known exporters do is a note', () => {
  test.each([
    ['WebInspector', { request: { cookies: [{ name: 'a', value: 'b', sameSite: 'Lax', expires: null }] } }],
    ['WebInspector', { entry: { serverIPAddress: '[::1]' } }],
    ['WebPagetest', { request: { method: null } }],
    ['Playwright', { response: { status: -1 }, timings: { send: -1, wait: -1, receive: -1 }, time: 1 }],
    ['Fiddler', { response: { cookies: [{ name: 'a', value: 'b', httpOnly: 'true' }] } }],
    ['Charles Proxy', { request: { headersCompression: 3 } }],
    ['Proxyman', { timings: { send: -1, wait: -1, receive: -1 }, time: 1 }],
    ['Internet Explorer Network Inspector', { request: { cookies: {} } }],
    ['chrome-har', { request: { postData: { mimeType: 'a', params: [{ name: 'a', value: {} }] } } }],
  ] satisfies [string, JsonObject][])('%s %j', async (creator, parts) => {
    const { isValid, counts } = await validate(by(creator, parts))
    expect({ isValid, warnings: counts.warning }).toEqual({ isValid: true, warnings: 0 })
  })

  test('the same from another is not', async () => {
    expect((await validate(by('Some exporter', { request: { method: null } }))).isValid).toBe(false)
    expect((await validate(by('Some exporter', { response: { status: -1 } }))).counts.warning).toBe(1)
  })

  test('it does not matter where in the file the exporter is named', async () => {
    const { log } = by('WebPagetest', { request: { method: null } })
    const { creator = null, ...rest } = log as JsonObject
    expect((await validate({ log: { ...rest, creator } })).isValid).toBe(true)
    const inBody = capture([entry({ request: { method: null }, body: '{"creator":{"name":"WebPagetest"}}' })])
    expect((await validate(inBody)).isValid).toBe(false)
  })

  test('the exporter is named', async () => {
    const { problems } = await validate(by('WebPagetest', { request: { method: null } }))
    expect(problems[0]?.what.en).toContain('Known from WebPageTest')
  })
})

describe('a file that breaks', () => {
  const whole = JSON.stringify(capture([entry(), entry(), entry()]), null, 2)

  test('is placed by byte, line and column, with what was found and expected', async () => {
    const text = whole.replace('"httpVersion": "h2"', '"httpVersion" "h2"')
    const { problems, isValid } = await validate(text)
    const byte = text.indexOf('"httpVersion" "h2"') + '"httpVersion" '.length
    const line = text.slice(0, byte).split('\n').length
    expect(isValid).toBe(false)
    expect(problems.find(({ code }) => code === 'json.syntax')).toMatchObject({ byte, line })
    expect(problems.find(({ code }) => code === 'json.syntax')?.what.en).toContain('found ", expected :')
  })

  test('is checked as far as it can be read', async () => {
    const { entries, problems } = await validate(whole.slice(0, whole.lastIndexOf('"response"') + 40))
    expect(entries).toBe(2)
    expect(problems[0]?.what.en).toContain('of entry 2')
    expect(problems.map(({ code }) => code)).toEqual(['json.truncated'])
  })

  test.each([
    ['json.empty', '', ''],
    ['json.empty', '', '  \n '],
    ['json.not_json', 'an HTML page', '<!doctype html><p>'],
    ['json.not_json', '', '\u001f\u008b\u0008'],
    ['json.not_json', 'a picture', 'GIF89a'],
    ['json.not_json', '"[1,2]"', '[1,2]'],
    ['json.not_json', '"null"', 'null'],
    ['json.trailing', 'x', `${whole}x`],
    ['json.literal', 'NaN', whole.replace('120.5', 'NaN')],
    ['json.trailing_comma', '}', whole.replace('"cache": {}', '"cache": {"comment": "a",}')],
    ['json.control_character', '0x01', whole.replace('"h2"', '"h\u00012"')],
    ['json.escape', 'q', whole.replace('"h2"', '"\\q"')],
    ['json.escape', 'u', whole.replace('"h2"', '"\\u00g0"')],
    ['json.callback', 'callback', `callback(${whole});`],
    ['json.bom', '', `\ufeff${whole}`],
    ['json.syntax', 'h2', whole.replace('"h2"', 'h2')],
    ['json.syntax', ']', whole.replace('"cache": {}', '"cache": ]')],
  ])('%s %#', async (code, says, text) => {
    const { problems } = await validate(text)
    const problem = problems.find((one) => one.code === code)
    expect(problem?.what.en).toContain(says)
  })

  test('UTF-16 is told as such', async () => {
    expect(found(await validate(new Uint8Array([0xff, 0xfe, 0x7b, 0])))).toEqual(['error json.encoding '])
  })

  test('is understood in pieces of any size as in one', async () => {
    const bytes = encoder.encode(`\ufeff${whole.replace('120.5', 'NaN').replace('"h2"', '"\\q"')} x`)
    const { JsonProbe } = await import('./validation/json-probe.ts')
    const faultsWith = (size: number) => {
      const probe = new JsonProbe()
      for (let from = 0; from < bytes.length; from += size) probe.push(bytes.subarray(from, from + size))
      probe.end()
      return { faults: probe.faults, places: probe.takePlaces(), log: [...probe.log] }
    }
    const inOne = faultsWith(bytes.length)
    expect(inOne.faults.map(({ code }) => code)).toEqual(['json.bom', 'json.literal', 'json.escape', 'json.trailing'])
    for (const size of [1, 2, 3, 7, 64]) expect(faultsWith(size)).toEqual(inOne)
  })
})

describe('a file with very many problems', () => {
  test('lists the first of each kind and counts the rest', async () => {
    const entries = Array.from({ length: 300 }, () => entry({ request: { method: null, url: '' } }))
    const result = await validate(capture(entries), { maxOfOneKind: 4, maxProblems: 6 })
    expect(result.problems).toHaveLength(6)
    expect(result.counts).toEqual({ error: 300, warning: 300, note: 0 })
    expect(result.groups).toContainEqual({
      code: 'field.null',
      severity: 'error',
      path: 'log.entries[*].request.method',
      count: 300,
      listed: 3,
    })
  })

  test('keeps little in memory, however many names it invents', async () => {
    const fields = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`f${i}`, 1]))
    const { groups, counts } = await validate(one(fields))
    expect(groups.length).toBeLessThan(1_100)
    expect(counts.note).toBe(20_000)
  })

  test('tells the line of each entry', async () => {
    const text = JSON.stringify(capture([entry(), entry({ request: { method: null } })]), null, 1)
    const { problems } = await validate(text)
    const line = text.slice(0, text.lastIndexOf('"startedDateTime"')).split('\n').length - 1
    expect(problems.find(({ path }) => path.endsWith('method'))).toMatchObject({ line })
  })
})

/** A part of a file that begins with `head` and goes on with `piece` for ever. */
function repeated(head: Uint8Array, piece: Uint8Array, { start, end }: { start: number; end: number }): Uint8Array {
  const part = new Uint8Array(end - start)
  for (let at = start; at < end; ) {
    const from = at < head.length ? head.subarray(at) : piece.subarray((at - head.length) % piece.length)
    const fitting = from.subarray(0, end - at)
    part.set(fitting, at - start)
    at += fitting.length
  }
  return part
}

test('memory stays small for a file that is never whole in it', async () => {
  const piece = encoder.encode(`${JSON.stringify(entry({ body: 'x'.repeat(20_000) }))},`)
  const head = encoder.encode('{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[')
  const size = head.length + piece.length * 4_000
  const source: ByteSource = { size, slice: async (start, end) => repeated(head, piece, { start, end }) }
  const before = process.memoryUsage().rss
  const result = await validateHar(source)
  expect(result.entries).toBe(4_000)
  expect(process.memoryUsage().rss - before).toBeLessThan(200e6)
})

test('validation stops when it is cancelled, and tells how far it is', async () => {
  const seen: number[] = []
  await validate(capture([entry()]), { onProgress: ({ bytesDone, bytesTotal }) => seen.push(bytesDone / bytesTotal) })
  expect(seen).toEqual([1])
  await expect(validate(capture([entry()]), { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'har.cancelled',
  })
})

describe('hostile input', () => {
  test.each([[[0xef, 0x7b]], [[0xef, 0xbb, 0x7b, 0x7d]]])(
    'half a byte order mark is no beginning: %j',
    async (bytes) => {
      const { problems } = await validate(Uint8Array.from(bytes))
      expect(problems.map(({ code }) => code)).toContain('json.not_json')
    },
  )

  test('never makes it throw: any bytes', () =>
    assert(
      asyncProperty(uint8Array({ maxLength: 300 }), async (bytes) => void (await validate(bytes))),
      { numRuns: 300 },
    ))

  test('never makes it throw: any text within a capture', () =>
    assert(
      asyncProperty(string({ maxLength: 80, unit: 'binary' }), async (text) => {
        const base = JSON.stringify(capture([entry(), page()]))
        const at = (text.length * 7919) % base.length
        await validate(base.slice(0, at) + text + base.slice(at))
        await validate(base.slice(0, at))
      }),
      { numRuns: 300 },
    ))

  test.each([
    ['deep nesting', `{"log":{"entries":[{"a":${'['.repeat(50_000)}`],
    ['deep nesting that closes', `{"log":{"entries":[{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}]}}`],
    ['many control characters', `{"log":{"entries":[{"a":"${'\u0001'.repeat(200_000)}"}]}}`],
    ['a long name before a bracket', `${'a'.repeat(100_000)}(`],
    ['__proto__', '{"log":{"__proto__":{"entries":[]},"entries":[{"__proto__":{"request":1},"constructor":1}]}}'],
    ['many logs', '{"log":{},"log":{},"log":{"entries":[]}}'],
  ] as const)('%s ends soon', async (...[, text]) => {
    const { isValid } = await validate(text)
    expect(isValid).toBe(false)
  })
})
