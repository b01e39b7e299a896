import { expect, test } from 'vitest'
import { looksLikeHar } from './har-file.ts'

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
