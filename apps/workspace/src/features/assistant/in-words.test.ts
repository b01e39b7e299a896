import { expect, test } from 'vitest'
import { inWords } from './in-words.ts'

test.each([
  ['{"text":"it fails"}', 'it fails'],
  ['{"requestIds":["req_1","req_2"]}', 'requestIds: req_1, req_2'],
  ['{"browser":"chrome","vpn":false}', 'browser: chrome, vpn: false'],
  ['not JSON', 'not JSON'],
])('%s reads %j', (value, words) => {
  expect(inWords(value)).toBe(words)
})
