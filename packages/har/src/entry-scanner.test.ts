import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EntryScanner, type HarPart } from './entry-scanner.ts'
import { capture, entry } from './test-support.ts'

const LIMITS = { entryBytes: 100_000, fieldBytes: 10_000 }

function scan(bytes: Uint8Array, cuts: readonly number[], limits = LIMITS): string[] {
  const scanner = new EntryScanner(limits)
  const parts: HarPart[] = []
  let from = 0
  for (const cut of [...cuts, bytes.length]) {
    if (cut < from) continue
    parts.push(...scanner.push(bytes.subarray(from, cut)))
    from = cut
  }
  scanner.end()
  return parts.map((part) =>
    part.type === 'skipped' ? part.code : `${part.type} ${part.depth} ${new TextDecoder().decode(part.bytes)}`,
  )
}

test('the same parts are found however the file is cut into pieces', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('\\', '\\"', '"', '{"a":[', ']}', '\\\\"'),
  )
  fc.assert(
    fc.property(fc.array(value, { maxLength: 6 }), fc.array(fc.nat(3_000), { maxLength: 40 }), (values, cuts) => {
      const text = JSON.stringify(
        capture(
          values.map((body) => entry({ body, entry: { [body]: [body] } })),
          { comment: values.join('"') },
        ),
      )
      const bytes = new TextEncoder().encode(text)
      const whole = scan(bytes, [])
      expect(whole.filter((part) => part.startsWith('entry'))).toHaveLength(values.length)
      expect(
        scan(
          bytes,
          cuts.toSorted((a, b) => a - b),
        ),
      ).toEqual(whole)
    }),
  )
})

test('a file that comes byte by byte is read like any other', () => {
  const bytes = new TextEncoder().encode(JSON.stringify(capture([entry(), entry({ body: 'a "quoted\\" text' })])))
  expect(
    scan(
      bytes,
      Array.from({ length: bytes.length }, (_, i) => i),
    ),
  ).toEqual(scan(bytes, []))
})

test('a part above its limit is skipped with a code, the next is read', () => {
  const bytes = new TextEncoder().encode(
    `{"log":{"comment":"${'x'.repeat(500)}","entries":[{"a":"${'y'.repeat(500)}"},{"b":1}]}}`,
  )
  for (const cuts of [[], [100, 200, 300, 400, 600, 700, 800]]) {
    expect(scan(bytes, cuts, { entryBytes: 300, fieldBytes: 300 })).toEqual([
      'field.too_large',
      'entry.too_large',
      'entry 1 {"b":1}',
    ])
  }
})
