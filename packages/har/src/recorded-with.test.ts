import { expect, test } from 'vitest'
import { readCapture } from './capture.ts'
import { recordedWith } from './recorded-with.ts'
import { capture, entry } from './test-support.ts'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36'
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1'
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'

const saidBy = (...agents: (string | undefined)[]) =>
  recordedWith(
    readCapture(
      JSON.stringify(
        capture(agents.map((agent) => entry(agent === undefined ? {} : { requestHeaders: { 'User-Agent': agent } }))),
      ),
    ),
  )

test.each([
  [CHROME, { browser: 'Chrome', browserVersion: '147', os: 'Windows' }],
  [SAFARI, { browser: 'Safari', browserVersion: '18', os: 'iOS' }],
  [FIREFOX, { browser: 'Firefox', browserVersion: '145', os: 'Linux' }],
  ['curl/8.5.0', {}],
  ['python-requests/2.32 (Linux)', { os: 'Linux' }],
])('%s', (agent, told) => {
  expect(saidBy(agent)).toEqual(told)
})

test('most requests count, and those that say nothing do not', () => {
  expect(saidBy(FIREFOX, CHROME, undefined, CHROME, undefined, undefined)).toMatchObject({ browser: 'Chrome' })
  expect(saidBy(undefined)).toEqual({})
})
