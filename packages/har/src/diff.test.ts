import { describe, expect, test } from 'vitest'
import { bytesSource } from './byte-source.ts'
import { type CaptureDiff, diffCaptures, isSameCapture } from './diff.ts'
import { sanitiseHarBytes } from './sanitise.ts'
import { capture, type EntryParts, entry, KEY } from './test-support.ts'
import type { JsonObject, JsonValue } from './types.ts'

const APP = 'https://app.northlight.example'
const secret = 'k3v9Qz7LmP2xT5wR8nB4'
const bytesOf = (har: JsonValue | string): Uint8Array =>
  new TextEncoder().encode(typeof har === 'string' ? har : JSON.stringify(har))

const diffOf = (before: JsonObject | string, after: JsonObject | string): Promise<CaptureDiff> =>
  diffCaptures(bytesSource(bytesOf(before)), bytesSource(bytesOf(after)))

/** One recording, a minute after the other. */
const recorded = (minute: number, ...parts: EntryParts[]): JsonObject =>
  capture(
    parts.map((part, i) =>
      entry({ startedDateTime: `2026-11-24T10:${String(10 + minute)}:${String(10 + i)}.000Z`, ...part }),
    ),
  )

describe('a capture and its clean copy', () => {
  const original = capture([
    entry({
      method: 'POST',
      url: `${APP}/api/items?token=${secret}`,
      requestHeaders: { Authorization: `Bearer ${secret}`, Cookie: `sid=${secret}` },
      request: { cookies: [{ name: 'sid', value: secret }] },
      postData: { mimeType: 'application/json', text: JSON.stringify({ password: secret, note: 'x' }) },
    }),
    entry({ url: `${APP}/en/settings`, startedDateTime: '2026-11-24T10:15:31.000Z' }),
  ])

  test('are known to be one recording, and what was replaced is told by kind and place', async () => {
    const { bytes } = await sanitiseHarBytes(bytesOf(original), { key: KEY })
    const diff = await diffCaptures(bytesSource(bytesOf(original)), bytesSource(bytes))
    expect(diff).toMatchObject({ relation: 'same_recording', entries: { before: 2, after: 2, matched: 2 } })
    const places = diff.places.map(({ path, change }) => `${change} ${path}`)
    expect(places).toEqual(expect.arrayContaining(['replaced request.headers.authorization', 'replaced request.url']))
    expect(places).toEqual(expect.arrayContaining(['replaced request.cookies.sid', 'replaced request.postData.text']))
    expect(diff.replaced.map(({ kind }) => kind)).toContain('cookie')
    expect(JSON.stringify(diff.places)).not.toContain(secret)
    expect(isSameCapture(diff)).toBe(false)
  })

  test('do not differ once there is nothing left to clean', async () => {
    const { bytes } = await sanitiseHarBytes(bytesOf(original), { key: KEY })
    const again = await sanitiseHarBytes(bytes, { key: KEY })
    expect(isSameCapture(await diffCaptures(bytesSource(bytes), bytesSource(again.bytes)))).toBe(true)
  })

  test('an entry that was dropped is told, and the others still find each other', async () => {
    const entries = Array.from({ length: 5 }, (_, i) => ({ url: `${APP}/api/${i}`, body: `{"i":${i}}` }))
    const dropped = entries.filter((_, i) => i !== 2)
    const before = recorded(0, ...entries)
    const after = capture(
      dropped.map((part) => {
        const i = entries.indexOf(part)
        return entry({ startedDateTime: `2026-11-24T10:10:1${i}.000Z`, ...part, body: '[body, 7 chars]' })
      }),
    )
    const diff = await diffOf(before, after)
    expect(diff.onlyBefore).toMatchObject([{ index: 2, url: `${APP}/api/2` }])
    expect(diff.places).toEqual([{ path: 'response.content.text', change: 'replaced', kind: 'body', count: 4 }])
  })

  test('what was taken away or put in is told as well', async () => {
    const before = recorded(0, { entry: { _initiator: { url: APP } }, requestHeaders: { a: '1' } })
    const after = recorded(0, { entry: { _clean: true }, requestHeaders: { b: '1' } })
    const places = (await diffOf(before, after)).places.map(({ change, path }) => `${change} ${path}`)
    expect(places.sort()).toEqual([
      'added _clean',
      'added request.headers.b',
      'removed _initiator',
      'removed request.headers.a',
    ])
  })
})

describe('two recordings of the same steps', () => {
  test('entries find each other by method and address, in order', async () => {
    const before = recorded(0, { url: `${APP}/a` }, { url: `${APP}/b`, status: 500 }, { url: `${APP}/a`, status: 404 })
    const after = recorded(5, { url: `${APP}/b` }, { url: `${APP}/a` }, { url: `${APP}/a` }, { url: `${APP}/c` })
    const diff = await diffOf(before, after)
    expect(diff.relation).toBe('two_recordings')
    expect(diff.changed).toMatchObject([
      { before: { index: 1 }, after: { index: 0 }, status: { before: 500, after: 200 } },
      { before: { index: 2 }, after: { index: 2 }, status: { before: 404, after: 200 } },
    ])
    expect(diff.onlyAfter).toMatchObject([{ url: `${APP}/c` }])
    expect(diff.places).toEqual([])
  })

  test('an address whose parameters or ids differ is still the same request, a different method is not', async () => {
    const before = recorded(0, { url: `${APP}/item/17?t=1` }, { url: `${APP}/x`, method: 'PUT' })
    const after = recorded(5, { url: `${APP}/item/42?t=2` }, { url: `${APP}/x`, method: 'POST' })
    expect(await diffOf(before, after)).toMatchObject({
      entries: { matched: 1 },
      onlyBefore: [{ method: 'PUT' }],
      onlyAfter: [{ method: 'POST' }],
    })
  })

  test('a duration is a difference when it is felt, headers when they come, go or say something else', async () => {
    const before = recorded(
      0,
      { time: 100, responseHeaders: { 'Content-Type': 'text/html', Date: '1', Via: 'a' } },
      { url: `${APP}/b`, time: 1_000 },
    )
    const after = recorded(
      5,
      { time: 900, responseHeaders: { 'content-type': 'text/plain', Date: '2', 'x-new': 'y' } },
      { url: `${APP}/b`, time: 1_090 },
    )
    const { changed } = await diffOf(before, after)
    expect(changed).toHaveLength(1)
    expect(changed[0]?.duration).toEqual({ before: 100, after: 900 })
    expect(changed[0]?.headers).toEqual([
      { side: 'response', name: 'content-type', change: 'changed' },
      { side: 'response', name: 'via', change: 'removed' },
      { side: 'response', name: 'x-new', change: 'added' },
    ])
  })

  test('a capture does not differ from itself', async () => {
    const har = recorded(0, { url: `${APP}/a` }, { url: `${APP}/a` })
    expect(isSameCapture(await diffOf(har, har))).toBe(true)
  })
})

describe('what cannot be compared', () => {
  test.each([
    ['before', '{}', 'har.not_har'],
    ['after', 'GIF89a', 'har.not_json'],
    ['after', '', 'har.empty'],
  ])('says that it was the one %s', async (which, text, code) => {
    const good = recorded(0, {})
    const [before, after] = which === 'before' ? [text, good] : [good, text]
    await expect(diffOf(before, after)).rejects.toMatchObject({ code, params: { capture: which } })
  })

  test('is taken as empty where it is damaged, and ends soon where it is hostile', async () => {
    const nameless = Array.from({ length: 20_000 }, (_, i) => i)
    const hostile = capture([entry({ entry: { _list: nameless, response: null, timings: 7 } }), entry()])
    const other = capture([entry({ entry: { _list: [...nameless].reverse(), response: [] } }), entry()])
    const diff = await diffOf(hostile, other)
    expect(diff.entries.matched).toBe(2)
    expect((await diffOf('{"log":{"entries":[{"a":},{}]}}', '{"log":{"entries":[{}]}}')).entries.before).toBe(2)
  })
})
