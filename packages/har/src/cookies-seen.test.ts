import { expect, test } from 'vitest'
import { readCapture } from './capture.ts'
import { cookiesSetBy, namesOfCookiesSent, type SetCookie } from './cookies-seen.ts'
import { capture, type EntryParts, entry } from './test-support.ts'

function entryOf(parts: EntryParts): ReturnType<typeof readCapture>['entries'][number] {
  const read = readCapture(JSON.stringify(capture([entry(parts)]))).entries[0]
  if (read === undefined) throw new Error('no entry')
  return read
}
const setBy = (line: string): SetCookie[] =>
  cookiesSetBy(entryOf({ url: 'https://a.example/x/y', responseHeaders: { 'Set-Cookie': line } }))

test('a cookie is read with its attributes, in any case and order', () => {
  expect(setBy('sid=1; SECURE; samesite=None; HttpOnly; Path=/')).toEqual([
    { name: 'sid', path: '/', isSecure: true, sameSite: 'none', isRemoval: false },
  ])
  expect(setBy('sid=1')).toMatchObject([{ path: '/x/', isSecure: false, sameSite: '' }])
})

test('several come as lines, as Firefox joins them', () => {
  expect(setBy('a=1; Path=/\nb=2; Expires=Wed, 24 Nov 2027 10:00:00 GMT').map(({ name }) => name)).toEqual(['a', 'b'])
})

test.each(['a=; Path=/', 'a=1; Max-Age=0', 'a=1; Max-Age=-1', 'a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT'])(
  '%s takes it away',
  (line) => {
    expect(setBy(line)).toMatchObject([{ isRemoval: true }])
  },
)

test('what is no cookie is none', () => {
  for (const line of ['', ';', 'Secure', '=x']) expect(setBy(line)).toEqual([])
})

test('sent cookies are read from the header, and without one from the list', () => {
  expect(namesOfCookiesSent(entryOf({ requestHeaders: { cookie: 'a=1; b=2;c' } }))).toEqual(['a', 'b', 'c'])
  expect(
    namesOfCookiesSent(entryOf({ request: { cookies: [{ name: 'z', value: '1' }, {}, { name: null }] } })),
  ).toEqual(['z'])
})
