import { gzipSync } from 'node:zlib'
import { afterEach, expect, test, vi } from 'vitest'
import { looksLikeHar, nameOfSafeCopy } from './har-file.ts'

afterEach(() => vi.unstubAllGlobals())

const content = '{"log":{"version":"1.2","creator":{},"entries":[]}}'
const utf16 = (text: string) => Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((c) => [c.charCodeAt(0), 0])])

test.each(['a.har', 'A.HAR.json', 'a.har.txt', 'a.har.gz', 'a.har.zip'])('%s is a HAR by its name', async (name) => {
  expect(await looksLikeHar(new File(['x'], name, { type: 'application/zip' }))).toBe(true)
})

test.each([
  ['UTF-8', content],
  ['UTF-8 behind a byte order mark', `\uFEFF${content}`],
  ['UTF-16', utf16(content)],
])('a HAR in %s is known by its beginning', async (_, part) => {
  expect(await looksLikeHar(new File([part], 'notes.txt', { type: 'text/plain' }))).toBe(true)
})

test('a picture and a note are none', async () => {
  expect(await looksLikeHar(new File([content], 'a.png', { type: 'image/png' }))).toBe(false)
  expect(await looksLikeHar(new File(['the log'], 'notes.txt', { type: 'text/plain' }))).toBe(false)
})

const gzip = (content: string) => new Uint8Array(gzipSync(content))
const long = `${content.slice(0, -3)}${'{"n":1},'.repeat(20_000)}{}]}}`

test.each([
  ['whole', gzip(content)],
  ['of which only the beginning is looked at', gzip(long)],
  ['that is cut off', gzip(content).slice(0, -4)],
])('a packed HAR (%s) is known by what it unpacks to', async (_, part) => {
  expect(await looksLikeHar(new File([part], 'recording.gz', { type: 'application/gzip' }))).toBe(true)
  expect(await looksLikeHar(new File([part], 'recording', { type: '' }))).toBe(true)
})

test('a packed note and what only begins like a gzip are none', async () => {
  const type = 'application/x-gzip'
  expect(await looksLikeHar(new File([gzip('the log')], 'app.log.gz', { type }))).toBe(false)
  expect(await looksLikeHar(new File([Uint8Array.from([0x1f, 0x8b, 1, 2, 3])], 'x.gz', { type }))).toBe(false)
})

test('where the browser cannot unpack, a packed HAR is known by its name alone', async () => {
  vi.stubGlobal('DecompressionStream', undefined)
  expect(await looksLikeHar(new File([gzip(content)], 'recording.gz'))).toBe(false)
  expect(await looksLikeHar(new File([gzip(content)], 'recording.har.gz'))).toBe(true)
})

test.each([
  ['a.har', 'a.har'],
  ['a.har.gz', 'a.har'],
  ['a.HAR.GZ', 'a.har'],
  ['a.json.gz', 'a.har'],
  ['a.gz', 'a.har'],
  ['a.json', 'a.json'],
])('the safe copy of %s is called %s', (name, safe) => {
  expect(nameOfSafeCopy(name)).toBe(safe)
})
