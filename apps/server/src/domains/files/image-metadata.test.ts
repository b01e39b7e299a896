import { crc32 } from 'node:zlib'
import { growth } from '@clew/testkit/growth'
import { describe, expect, test } from 'vitest'
import { isCleanable, isUncleanable, withoutMetadata } from './image-metadata.ts'
import { exif, gif, jpeg, png, webp } from './testing/pictures.ts'

const secret = 'GPS 37.9715N 23.7257E'
const pictures = {
  jpeg: jpeg({ turn: 6, secret }),
  png: png({ secret }),
  webp: webp({ turn: 1, secret }),
  gif: gif({ secret }),
}

describe.each(Object.entries(pictures))('%s', (_kind, picture) => {
  const clean = withoutMetadata(picture)

  test('says nothing of where it was taken any more, and is as long as before', () => {
    expect(picture.includes(secret)).toBe(true)
    expect(clean.includes('GPS')).toBe(false)
    expect(clean.includes('23.7257')).toBe(false)
    expect(clean).toHaveLength(picture.length)
  })

  test('keeps its pixels to the bit', () => {
    for (const kept of ['PIXELS-1', 'PIXELS-2', 'COLOURS']) expect(clean.indexOf(kept)).toBe(picture.indexOf(kept))
  })

  test('cleaned again is the same, and the one that came is untouched', () => {
    expect(withoutMetadata(clean).equals(clean)).toBe(true)
    expect(picture.includes(secret)).toBe(true)
  })

  test('cut off anywhere, or with any byte changed, is no error', () => {
    for (let length = 0; length < picture.length; length++) withoutMetadata(picture.subarray(0, length))
    for (let at = 0; at < picture.length; at++) {
      const broken = Buffer.from(picture)
      broken[at] = 0xff
      expect(withoutMetadata(broken)).toHaveLength(picture.length)
    }
  })
})

test('of Exif only the turn stays', () => {
  const clean = withoutMetadata(pictures.jpeg)
  const at = clean.indexOf('Exif\0\0')
  expect([clean.readUInt16BE(at + 6 + 10), clean.readUInt16BE(at + 6 + 18)]).toEqual([0x0112, 6])
  expect(clean.subarray(at + 6 + 26, at + 6 + exif({ turn: 6, secret }).length).every((byte) => byte === 0)).toBe(true)
})

test('a picture that is not turned keeps no Exif at all', () => {
  expect(withoutMetadata(jpeg({ turn: 1, secret })).includes('Exif')).toBe(false)
})

test('every chunk of a cleaned PNG has the sum that belongs to it', () => {
  const clean = withoutMetadata(pictures.png)
  const types: string[] = []
  for (let at = 8; at + 12 <= clean.length; ) {
    const end = at + 8 + clean.readUInt32BE(at)
    types.push(clean.toString('latin1', at + 4, at + 8))
    expect(clean.readUInt32BE(end)).toBe(crc32(clean.subarray(at + 4, end)))
    at = end + 4
    if (types.at(-1) === 'IEND') break
  }
  expect(types).toEqual(['IHDR', 'iCCP', 'vOId', 'vOId', 'vOId', 'vOId', 'vOId', 'IDAT', 'IEND'])
})

test('a cleaned WebP does not claim metadata', () => {
  const clean = withoutMetadata(pictures.webp)
  const flags = clean[clean.indexOf('VP8X') + 8] ?? 0
  expect(flags & 0x0c).toBe(0)
  expect(clean.includes('EXIF')).toBe(false)
})

test.each(['ftypheic', 'ftypmif1', 'ftypavif'])('%s cannot be cleaned', (name) => {
  expect(isUncleanable(Buffer.from(`\0\0\0\x18${name}\0\0\0\0`, 'latin1'))).toBe(true)
})

test('a film and a text are neither cleaned nor refused', () => {
  for (const head of [Buffer.from('\0\0\0\x18ftypisom\0\0', 'latin1'), Buffer.from('hello, world'), Buffer.alloc(0)])
    expect([isCleanable(head), isUncleanable(head)]).toEqual([false, false])
})

test.each([
  ['markers', [0xff, 0xd8, 0xff], 0xff],
  ['what follows a scan', [0xff, 0xd8, 0xff, 0xda, 0, 2], 0x41],
  ['scans without an end', [0xff, 0xd8, 0xff], 0xda],
])('a picture full of %s is cleaned in the time that its size takes', async (_what, head, filling) => {
  const ofSize = (size: number) => Buffer.concat([Buffer.from(head), Buffer.alloc(size, filling)])
  expect(await growth(withoutMetadata, ofSize, { from: 500_000, factor: 4 })).toBeLessThan(8)
})
