import { growth } from '@clew/testkit/growth'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource } from './byte-source.ts'
import type { HarError } from './errors.ts'
import { sanitiseHar } from './sanitise.ts'
import { capture, clean, entry } from './test-support.ts'
import type { JsonValue } from './types.ts'

async function codeOf(input: string | Uint8Array): Promise<string> {
  try {
    await clean(input)
    return 'none'
  } catch (error) {
    return (error as HarError).code
  }
}

const REFUSED: readonly [what: string, input: string | Uint8Array, code: string][] = [
  ['nothing', '', 'har.empty'],
  ['blank', ' \n ', 'har.empty'],
  ['text', 'hello world, this is no capture', 'har.not_json'],
  ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'har.not_json'],
  ['a list', '[1,2]', 'har.not_json'],
  ['another JSON', '{"hello":"world"}', 'har.not_har'],
  ['a log that is no object', '{"log":[]}', 'har.not_har'],
  ['a cut JSON without a log', '{"hello":"wor', 'har.not_json'],
  ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0x00]), 'har.unsupported_encoding'],
]

test.each(REFUSED)('%s is refused with a code', async (_, input, code) => {
  expect(await codeOf(input)).toBe(code)
})

const SECRET = 'tok_7f6e5d4c3b2a1908f7e6d5c4'
const secretEntry = JSON.stringify(entry({ requestHeaders: { authorization: `Bearer ${SECRET}` } }))

const TOLERATED: readonly [what: string, input: string][] = [
  ['a byte order mark', `\ufeff{"log":{"entries":[${secretEntry}]}}`],
  ['a callback around it', `onInputData({"log":{"entries":[${secretEntry}]}});`],
  [
    'NaN and Infinity',
    `{"log":{"entries":[${secretEntry.replace('120.5', 'NaN')},${secretEntry.replace('120.5', '-Infinity')}]}}`,
  ],
  [
    'trailing commas',
    `{"log":{"entries":[${secretEntry.replace('"cache":{}', '"cache":{},"timings":{"wait":1,}')},],}}`,
  ],
  [
    'raw control characters in a string',
    `{"log":{"entries":[${secretEntry.replace('/en/settings', '/en\tset\u0001tings')}]}}`,
  ],
  [
    'duplicate keys',
    `{"log":{"entries":[${secretEntry.replace('"time":', `"time":"${SECRET}","time":`)}],"entries":[${secretEntry}]}}`,
  ],
  ['lone surrogates', `{"log":{"entries":[${secretEntry.replace('"statusText":""', '"statusText":"\\ud800 x"')}]}}`],
  [
    '__proto__ as a key',
    `{"log":{"__proto__":{"a":"${SECRET}"},"entries":[${secretEntry.replace('"cache":{}', '"cache":{},"__proto__":{"polluted":1},"constructor":1')}]}}`,
  ],
  ['escaped keys', `{"\\u006cog":{"\\u0065ntries":[${secretEntry}]}}`],
  ['entries that are no objects', `{"log":{"entries":[null,1,"${SECRET}",["${SECRET}"],${secretEntry}]}}`],
  [
    'unknown fields everywhere',
    `{"a":"${SECRET}","log":{"b":{"c":"${SECRET}"},"entries":[${secretEntry}]},"d":["${SECRET}"]}`,
  ],
]

test.each(TOLERATED)('%s is read, and nothing leaks', async (_, input) => {
  const { text, har } = await clean(input)
  expect(har.log.entries.length).toBeGreaterThan(0)
  expect(text).not.toContain(SECRET)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

test('a truncated file yields the entries that were whole, with a warning, wherever it is cut', async () => {
  const whole = JSON.stringify(
    capture([entry(), entry({ requestHeaders: { authorization: `Bearer ${SECRET}` } }), entry()]),
  )
  for (let cut = 10; cut < whole.length; cut += 37) {
    const code = await codeOf(whole.slice(0, cut))
    if (code === 'none') {
      const { report, text } = await clean(whole.slice(0, cut))
      expect(report.warnings.map((warning) => warning.code)).toContain('file.truncated')
      expect(text).not.toContain(SECRET)
    } else expect(code).toMatch(/^har\.not_(?:json|har)$/)
  }
})

test('an entry that is damaged or too deep is dropped and reported, the others stay', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const { har, report } = await clean(`{"log":{"entries":[${secretEntry},{"request":${deep}},{"a" 1},${secretEntry}]}}`)
  expect(har.log.entries).toHaveLength(2)
  expect(report.entriesDropped).toBe(2)
  expect(report.warnings).toContainEqual({ code: 'entry.too_deep', path: 'entries[1]' })
  expect(report.warnings).toContainEqual({ code: 'entry.unreadable', path: 'entries[2]' })
})

test('depth inside a body is cut, not followed', async () => {
  const body = `{"a":${'['.repeat(50_000)}"${SECRET}"${']'.repeat(50_000)}}`
  const { text } = await clean(capture([entry({ body })]))
  expect(text).not.toContain(SECRET)
})

test.each([
  ['spaces', ' '],
  ['one letter', 'a'],
  ['digits', '1'],
  ['assignments', 'password='],
  ['addresses that are none', '@a.'],
  ['percent signs', '%25'],
  ['backslashes', '\\'],
  ['separators', ':a=b;'],
  ['slashes', '/a1b2c3d4e5'],
  ['brackets', '[{'],
  ['JWT beginnings', 'eyJeyJ.'],
  ['quotes', '"\''],
])('many %s in every place take time in proportion to their length', async (_, piece) => {
  const everywhere = (length: number) => {
    const text = piece.repeat(length / piece.length)
    return capture([
      entry({ body: text, mime: 'text/plain', status: 400 }),
      entry({ body: JSON.stringify({ message: text, token: text, id: text }), status: 400 }),
      entry({ method: 'POST', postData: { mimeType: 'application/x-www-form-urlencoded', text } }),
      entry({ method: 'POST', postData: { mimeType: 'multipart/form-data', text } }),
      entry({ url: `https://app.northlight.example/${text}?${text}#${text}` }),
      entry({ requestHeaders: { cookie: text, accept: text, authorization: text, 'x-thing': text } }),
      entry({ responseHeaders: { 'set-cookie': text, location: text, link: text, refresh: text } }),
      entry({ entry: { comment: text, _webSocketMessages: [{ data: text }] } }),
    ])
  }
  expect(await growth((input) => clean(input), everywhere, { from: 25_000, factor: 4 })).toBeLessThan(8)
})

test('a body of 50 MB in one string is cleaned', async () => {
  const { har, text } = await clean(capture([entry({ body: `{"a":"${'x'.repeat(50_000_000)}"}` })]))
  expect(har.log.entries).toHaveLength(1)
  expect(text.length).toBeLessThan(5_000)
}, 30_000)

test('a cancelled run stops with har.cancelled, for the chunks and for the report', async () => {
  const stop = new AbortController()
  stop.abort()
  const { chunks, report } = sanitiseHar(bytesSource(new TextEncoder().encode(JSON.stringify(capture([entry()])))), {
    signal: stop.signal,
  })
  const read = async (): Promise<void> => {
    for await (const _ of chunks);
  }
  await expect(read()).rejects.toMatchObject({ code: 'har.cancelled' })
  await expect(report).rejects.toMatchObject({ code: 'har.cancelled' })
})

test('progress goes through both passes to the end', async () => {
  const seen: string[] = []
  const { report } = await clean(capture([entry(), entry()]), {
    onProgress: ({ phase, entriesDone, bytesDone, bytesTotal }) =>
      seen.push(`${phase} ${entriesDone} ${bytesDone === bytesTotal}`),
  })
  expect(report.entries).toBe(2)
  expect(seen).toContain('harvest 2 true')
  expect(seen.at(-1)).toBe('verify 2 true')
})

/** Anything where a capture should be: valid output, no crash, no secret. */
const anything = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      'https://u:p@a.example/b?c=d#e',
      SECRET,
      `Bearer ${SECRET}`,
      `sid=${SECRET}; Path=/`,
      '%',
      '%zz%C3',
      '[token:abcd, 3 chars]',
      '{"a":',
      'data:,x',
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom(
        'request',
        'response',
        'headers',
        'cookies',
        'name',
        'value',
        'url',
        'postData',
        'text',
        'mimeType',
        'content',
        'encoding',
        'timings',
        'queryString',
        'params',
        '_initiator',
        'stack',
        'callFrames',
        '_webSocketMessages',
        'data',
        'comment',
        '__proto__',
        'status',
        'token',
        'x',
      ),
      tie('value'),
      { maxKeys: 8 },
    ),
  ),
})).value

test('whatever stands in an entry, the output is valid, ends, is the same when cleaned again, and holds no known secret', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.dictionary(
          fc.constantFrom('request', 'response', '_initiator', '_webSocketMessages', 'comment', 'time'),
          anything,
        ),
        { maxLength: 5 },
      ),
      async (entries) => {
        const known = entry({ requestHeaders: { authorization: `Bearer ${SECRET}` } })
        const once = await clean(JSON.stringify({ log: { entries: [known, ...entries] } }))
        expect(once.text).not.toContain(SECRET)
        expect((await clean(once.text)).text).toBe(once.text)
      },
    ),
    { numRuns: 300 },
  )
})
