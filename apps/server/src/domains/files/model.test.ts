import { describe, expect, test } from 'vitest'
import { contentDisposition, looksLikeHar, mediaTypeOf, rangeIn, safeFileName } from './model.ts'

test.each([
  ['report.pdf', 'report.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\a.har', 'a.har'],
  ['inv\u202Egnp.exe', 'invgnp.exe'],
  ['line\r\nbreak.txt', 'linebreak.txt'],
  ['<script>.png', '_script_.png'],
  ['..', 'file'],
  ['', 'file'],
  ['αναφορά Q3.pdf', 'αναφορά Q3.pdf'],
])('the name %j is shown as %j', (given, shown) => {
  expect(safeFileName(given)).toBe(shown)
})

describe('a recording of a browser is known', () => {
  const content = '{"log":{"version":"1.2","creator":{},"entries":[]}}'
  const utf16le = Buffer.from(`\uFEFF${content}`, 'utf16le')

  test.each(['a.har', 'A.HAR', 'a.har.json', 'a.har.txt', 'a.har.gz', 'a.har.zip'])('by the name %s', (name) => {
    expect(looksLikeHar(name, new Uint8Array())).toBe(true)
  })

  test.each([
    ['in UTF-8', Buffer.from(content)],
    ['behind a byte order mark', Buffer.from(`\uFEFF ${content}`)],
    ['in UTF-16', utf16le],
    ['in UTF-16 the other way round', Buffer.from(utf16le).swap16()],
    ['with another member first', Buffer.from('{"a":1,"log":{"pages":[],"entries":[]}}')],
  ])('by its beginning, %s', (_, head) => {
    expect(looksLikeHar('notes.txt', head)).toBe(true)
  })

  test.each(['{"log":"the log"}', 'log: entries', '', '[{"log":{}}]'])('and %j is none', (head) => {
    expect(looksLikeHar('notes.json', Buffer.from(head))).toBe(false)
  })
})

test('a long name keeps its end, which says what it is', () => {
  const shown = safeFileName(`${'x'.repeat(400)}.har`)
  expect([...shown]).toHaveLength(180)
  expect(shown.endsWith('.har')).toBe(true)
})

test('a picture is a picture by its bytes, whatever the browser claims', () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  expect(mediaTypeOf('text/html', png)).toBe('image/png')
})

test.each(['text/html', 'image/svg+xml', 'image/png', 'application/xhtml+xml'])(
  'a page that claims to be %s is neither page nor picture',
  (claimed) => {
    expect(mediaTypeOf(claimed, new TextEncoder().encode('<svg onload=alert(1)>'))).toBe('application/octet-stream')
  },
)

test('a film is one by its claim and its bytes together', () => {
  const mp4 = Buffer.from('\0\0\0\u0020ftypisom')
  const webm = Buffer.from([0x1a, 0x45, 0xdf, 0xa3])
  expect([mediaTypeOf('video/mp4', mp4), mediaTypeOf('video/webm; codecs=vp9', webm)]).toEqual([
    'video/mp4',
    'video/webm',
  ])
  for (const [claim, head] of [
    ['video/mp4', webm],
    ['video/quicktime', mp4],
    ['text/html', webm],
    [undefined, mp4],
  ] as const)
    expect(mediaTypeOf(claim, head)).toBe('application/octet-stream')
})

test.each([
  ['bytes=0-0', { start: 0, end: 1 }],
  ['bytes=10-', { start: 10, end: 100 }],
  ['bytes=90-200', { start: 90, end: 100 }],
  ['bytes=-30', { start: 70, end: 100 }],
  ['bytes=-300', { start: 0, end: 100 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-2', undefined],
  ['bytes=-', undefined],
  ['bytes=0-1,5-9', undefined],
  ['pages=1-2', undefined],
  [undefined, undefined],
])('of a hundred bytes, the range %j is %j', (header, range) => {
  expect(rangeIn(header, 100)).toEqual(range)
})

test('any name fits into one header line', () => {
  const header = contentDisposition('attachment', `"α';\\😀.txt`)
  expect(header).toContain(`filename*=UTF-8''%22%CE%B1%27%3B%5C%F0%9F%98%80.txt`)
  expect(header).toMatch(/^attachment; filename="[^"\\\r\n\u0080-\uffff]*"; /)
  expect(header).not.toMatch(/[\r\n]/)
})
