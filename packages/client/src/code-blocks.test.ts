import { growth } from '@clew/testkit/growth'
import { expect, test } from 'vitest'
import { stretchesOf, withoutCode } from './code-blocks.ts'

const words = (text: string) => ({ isCode: false, text })
const code = (text: string) => ({ isCode: true, text })

test('what stands between fences keeps every space, empty lines included', () => {
  expect(stretchesOf('I ran\n```sh\n$ curl \\\n    -F a=b\n\n  413\n```\nand it stopped')).toEqual([
    words('I ran'),
    code('$ curl \\\n    -F a=b\n\n  413'),
    words('and it stopped'),
  ])
})

test('a fence that is never closed holds to the end', () => {
  expect(stretchesOf('```\na\n  b')).toEqual([code('a\n  b')])
})

test.each([
  ['a trace', 'TypeError: x is undefined\n    at send (app.js:10:4)\n    at app.js:2:1'],
  ['log lines', '2026-11-24 09:48:01 INFO start\n2026-11-24 09:48:02 WARN slow\n2026-11-24 09:48:09 ERROR cut'],
  ['an answer', '< HTTP/1.1 413 Payload Too Large\n< content-length: 0\n< x-request-id: req_1'],
])('%s pasted among words keeps its form', (_what, log) => {
  expect(stretchesOf(`Here it is:\n${log}\nWhat now?`)).toEqual([words('Here it is:'), code(log), words('What now?')])
})

test.each([
  'Error: it does not work\nPlease help',
  'one\ntwo\n\nthree',
  '- a\n- b\n  more of b\n- c',
  'see ```x``` here',
])('words stay words: %j', (text) => expect(stretchesOf(text)).toEqual([words(text)]))

test.each([
  ['It stops\n```\n$ curl\n```\nat once', 'It stops at once'],
  ['It stops ``` $ curl', 'It stops'],
  ['```\nonly code\n```', '```\nonly code\n```'],
])('%j says in words %j', (text, words) => expect(withoutCode(text)).toBe(words))

test('a long hostile line is cut in the time that its length takes', async () => {
  const hostile = (length: number) => `${' '.repeat(length)}"${'a'.repeat(length)}\n`.repeat(3)
  expect(await growth(stretchesOf, hostile, { from: 50_000, factor: 4 })).toBeLessThan(8)
})
