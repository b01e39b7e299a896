import { describe, expect, test } from 'vitest'
import { createSseParser, type SseMessage } from './sse.ts'

const parse = (...chunks: (string | Uint8Array)[]): SseMessage[] => {
  const messages: SseMessage[] = []
  const push = createSseParser((message) => messages.push(message))
  for (const chunk of chunks) push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk)
  return messages
}

describe('the event-stream parser', () => {
  test('reads events, ids and data of several lines', () => {
    expect(parse('event: change\nid: 7\ndata: a\ndata: b\n\n')).toEqual([{ event: 'change', id: '7', data: 'a\nb' }])
  })

  test('takes LF, CR and CR LF for a line end, cut between any two bytes', () => {
    for (const end of ['\n', '\r', '\r\n']) {
      const bytes = new TextEncoder().encode(['event: x', 'data: €', '', 'data: z', '', ''].join(end))
      const single = [...bytes].map((byte) => Uint8Array.of(byte))
      expect(parse(...single), JSON.stringify(end)).toEqual([
        { event: 'x', data: '€' },
        { event: 'message', data: 'z' },
      ])
    }
  })

  test('passes over comments, unknown fields and events without data', () => {
    expect(parse(': beat\n\nretry: 5\n\nfoo: 1\nevent: nothing\n\ndata\n\n')).toEqual([{ event: 'message', data: '' }])
  })

  test('does not carry an id over to the next event', () => {
    expect(parse('id: 1\ndata: a\n\ndata: b\n\n')).toEqual([
      { event: 'message', id: '1', data: 'a' },
      { event: 'message', data: 'b' },
    ])
  })
})
