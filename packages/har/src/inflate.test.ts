import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inflate } from './inflate.ts'

const TEXT = '<samlp:Response ID="_1">jane.doe@customer.example and again jane.doe@customer.example</samlp:Response>'

test.each([
  ['gzip', gzipSync],
  ['zlib', deflateSync],
  ['raw deflate', deflateRawSync],
])('%s is read at every level', (_, compress) => {
  for (const level of [0, 1, 6, 9]) {
    for (const text of ['', 'a', TEXT, TEXT.repeat(3_000)]) {
      const packed = new Uint8Array(compress(Buffer.from(text), { level }))
      expect(new TextDecoder().decode(inflate(packed))).toBe(text)
    }
  }
})

test('a gzip header with name, comment, extra field and checksum is skipped', () => {
  const plain = gzipSync(Buffer.from(TEXT))
  const extras = Buffer.from([2, 0, 7, 7, 0x61, 0, 0x62, 0, 9, 9])
  const packed = Buffer.concat([
    plain.subarray(0, 3),
    Buffer.from([30]),
    plain.subarray(4, 10),
    extras,
    plain.subarray(10),
  ])
  expect(new TextDecoder().decode(inflate(new Uint8Array(packed)))).toBe(TEXT)
})

test('a bomb stops at the limit', () => {
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(50_000_000, 97)))
  expect(inflate(bomb, 100_000)).toHaveLength(100_000)
})

test('random bytes and cut streams are read or refused, never thrown on', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect((inflate(bytes, 10_000)?.length ?? 0) <= 10_000).toBe(true)
    }),
    { numRuns: 2_000 },
  )
  const packed = new Uint8Array(gzipSync(Buffer.from(TEXT)))
  for (let cut = 0; cut < packed.length - 8; cut += 1) expect(inflate(packed.subarray(0, cut))).toBeUndefined()
})

test('random data survives the way there and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => {
      expect(inflate(new Uint8Array(deflateRawSync(bytes)))).toEqual(bytes)
    }),
  )
})
