import { describe, expect, test } from 'vitest'
import { readCapture } from './capture.ts'
import { capture, clean, type EntryParts, entry } from './test-support.ts'

describe('a capture counts as sanitised', () => {
  const isSanitised = (parts: EntryParts): boolean => readCapture(JSON.stringify(capture([entry(parts)]))).isSanitised

  test.each<[where: string, parts: EntryParts]>([
    ['a cookie', { requestHeaders: { Cookie: 'sid=[cookie:3f9a, 64 chars]' } }],
    ['an authorization with its scheme', { requestHeaders: { Authorization: 'Bearer [token:3f9a, 64 chars]' } }],
    ['a bare authorization', { requestHeaders: { authorization: '[token:3f9a, 64 chars]' } }],
    ["a proxy's authorization", { requestHeaders: { 'Proxy-Authorization': 'Basic [token:3f9a, 20 chars]' } }],
    ['the address', { url: 'https://app.northlight.example/?token=[token:3f9a,64chars]' }],
  ])('when %s holds a placeholder', (_, parts) => {
    expect(isSanitised(parts)).toBe(true)
  })

  test.each<[what: string, parts: EntryParts]>([
    ['without any secret', {}],
    ['with a cookie as it was', { requestHeaders: { cookie: 'sid=9aF3kL0pQx7Z' } }],
    ['with an authorization as it was', { requestHeaders: { authorization: 'Bearer 9aF3kL0pQx7Z' } }],
    ['with brackets that are not ours', { requestHeaders: { authorization: 'Bearer [token, a few chars]' } }],
    [
      'with a placeholder in the address beside a cookie as it was',
      { url: 'https://a.example/?q=[token:3f9a,64chars]', requestHeaders: { cookie: 'sid=9aF3kL0pQx7Z' } },
    ],
  ])('but not %s', (_, parts) => {
    expect(isSanitised(parts)).toBe(false)
  })

  test('after our own cleaning of a capture with nothing but an authorization', async () => {
    const raw = capture([entry({ requestHeaders: { authorization: 'Bearer 9aF3kL0pQx7ZbT2mVw8R' } })])
    expect(readCapture(JSON.stringify(raw)).isSanitised).toBe(false)
    expect(readCapture((await clean(raw)).text).isSanitised).toBe(true)
  })
})
