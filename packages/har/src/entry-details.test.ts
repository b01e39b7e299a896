import { expect, test } from 'vitest'
import { readCapture } from './capture.ts'
import { entryDetails, readEntryDetails } from './entry-details.ts'
import { capture, entry } from './test-support.ts'

const rich = entry({
  requestHeaders: { A: '1', b: '2' },
  responseHeaders: { 'Set-Cookie': 'x=1' },
  postData: {
    mimeType: 'multipart/form-data',
    params: [{ name: 'file', fileName: 'a.pdf', contentType: 'application/pdf' }],
  },
  request: {
    queryString: [{ name: 'q', value: 'ά' }],
    cookies: [{ name: 'sid', value: 'x', httpOnly: true, sameSite: 'Lax' }],
  },
  entry: {
    _initiator: {
      stack: { callFrames: [{ functionName: 'f', url: 'u', lineNumber: 3 }], parent: { callFrames: [{ url: 'v' }] } },
    },
    _webSocketMessages: [{ type: 'send', time: 1.5, opcode: 1, data: 'hi' }],
  },
})

test('an entry is read whole from its place in the file, with headers in their order', () => {
  const bytes = new TextEncoder().encode(`\ufeff${JSON.stringify(capture([entry(), rich]))}`)
  const { span } = readCapture(bytes).entries[1] ?? {}
  const details = span && readEntryDetails(bytes.subarray(span.start, span.end))
  expect(details).toMatchObject({
    request: {
      headers: [
        { name: 'A', value: '1' },
        { name: 'b', value: '2' },
      ],
      query: [{ name: 'q', value: 'ά' }],
      cookies: [{ name: 'sid', isHttpOnly: true, isSecure: false, sameSite: 'Lax' }],
      form: [{ name: 'file', fileName: 'a.pdf' }],
      body: { mime: 'multipart/form-data' },
    },
    response: { body: { text: '{}', mime: 'application/json' } },
    callStack: [{ functionName: 'f', line: 3 }, { url: 'v' }],
    messages: [{ type: 'send', data: 'hi' }],
  })
})

test('what is missing or of the wrong type is empty', () => {
  const empty = { headers: [], cookies: [], body: { text: '' } }
  for (const odd of [null, [], 'x', {}, { request: [], response: null, _initiator: 'x', _webSocketMessages: {} }])
    expect(entryDetails(odd)).toMatchObject({
      request: { headers: [], query: [], form: [] },
      response: empty,
      callStack: [],
      messages: [],
    })
})

test('what is no entry, or too deep to walk, is nothing', () => {
  expect(readEntryDetails('[1]')).toBeUndefined()
  expect(readEntryDetails('{"a":')).toBeUndefined()
  expect(readEntryDetails(`{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`)).toBeUndefined()
})
