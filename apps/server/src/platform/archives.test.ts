import { buffer } from 'node:stream/consumers'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, type ZipWriterConstructorOptions } from '@zip.js/zip.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { zipOf } from '../domains/files/testing/archives.ts'
import { type Bytes, contentOfMember, membersOf, zipBehind } from './archives.ts'

type Asked = Bytes & { parts: number; largest: number }

/** Bytes that note how they were asked for. */
const bytesOf = (content: Buffer, size = content.length): Asked => {
  const asked: Asked = {
    size,
    parts: 0,
    largest: 0,
    slice: async (start, end) => {
      asked.parts += 1
      asked.largest = Math.max(asked.largest, end - start)
      return content.subarray(start, end)
    },
  }
  return asked
}

async function read(zip: Buffer): Promise<Record<string, string | undefined> | undefined> {
  const bytes = bytesOf(zip)
  const members = await membersOf(bytes)
  if (members === undefined) return undefined
  const read: Record<string, string | undefined> = {}
  for (const member of members) {
    const content = await contentOfMember(bytes, member)
    read[member.name] = content && (await buffer(content)).toString()
  }
  return read
}

async function written(options: ZipWriterConstructorOptions): Promise<Buffer> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, ...options })
  await zip.add('a.txt', new Uint8ArrayReader(Buffer.from('first '.repeat(100))))
  await zip.add('b/', undefined, { directory: true })
  await zip.add('b/ä.txt', new Uint8ArrayReader(Buffer.from('second')), { level: 0 })
  return Buffer.from(await zip.close())
}
const whole = { 'a.txt': 'first '.repeat(100), 'b/ä.txt': 'second' }

test.each([
  ['as most are', {}],
  ['in Zip64', { zip64: true }],
  ['in Zip64 with the size before each member too', { zip64: true, dataDescriptor: false }],
  ['with the sizes behind each member', { dataDescriptor: true }],
  ['with the sizes behind each member, without a sign', { dataDescriptor: true, dataDescriptorSignature: false }],
  ['in Zip64 with the sizes behind each member', { zip64: true, dataDescriptor: true }],
] as const)('a zip is read that was written %s', async (_, options) => {
  expect(await read(await written(options))).toEqual(whole)
})

test('what stands before a zip and what is said at its end changes nothing', async () => {
  const zip = await written({})
  expect(await read(Buffer.concat([Buffer.from('#!/bin/sh\n'.repeat(50)), zip]))).toEqual(whole)
  const comment = Buffer.from('PK\x05\x06'.padEnd(40, '\0'), 'latin1')
  zip.writeUInt16LE(comment.length, zip.length - 2)
  expect(await read(Buffer.concat([zip, comment]))).toEqual(whole)
})

const two = [
  { name: 'a.txt', content: 'first '.repeat(100) },
  { name: 'b.txt', content: 'second' },
]
/** A zip of two members in which something else is said. */
const lying = (lie: (zip: Buffer, at: { second: number; directory: number; end: number }) => void): Buffer => {
  const zip = zipOf(two)
  const end = zip.length - 22
  lie(zip, { second: zip.indexOf('PK\x03\x04', 4, 'latin1'), directory: zip.readUInt32LE(end + 16), end })
  return zip
}

test.each([
  ['fewer members than there are', lying((zip, { end }) => zip.writeUInt16LE(1, end + 10))],
  ['more members than there are', lying((zip, { end }) => zip.writeUInt16LE(3, end + 10))],
  ['a directory that is larger than the file', lying((zip, { end }) => zip.writeUInt32LE(0xffff_fff0, end + 12))],
  ['that it is one of many disks', lying((zip, { end }) => zip.writeUInt16LE(3, end + 4))],
  ['two ends', Buffer.concat([zipOf(two), zipOf([])])],
  ['two of everything', Buffer.concat([zipOf(two), zipOf(two)])],
  ['nothing of the member that it begins with', lying((zip, { directory }) => zip.writeUInt32LE(7, directory + 42))],
])('a zip that says %s is not read', async (_, zip) => {
  expect(await read(zip)).toBeUndefined()
})

test('a directory is found that is not where the end says', async () => {
  const zip = lying((zip, { end }) => zip.writeUInt32LE(zip.length, end + 16))
  expect(await read(zip)).toEqual({ 'a.txt': two[0]?.content, 'b.txt': 'second' })
})

test.each([
  ['how much is packed', lying((zip, { second }) => zip.writeUInt32LE(5, second + 18))],
  ['how it is packed', lying((zip, { second }) => zip.writeUInt16LE(0, second + 8))],
  ['that it is there', lying((zip, { second }) => zip.writeUInt32LE(0, second))],
  ['whether it is locked', lying((zip, { second }) => zip.writeUInt16LE(1, second + 6))],
  ['where it stands', lying((zip, { end }) => zip.writeUInt32LE(7, end - 9))],
  ['where it stands, behind the end', lying((zip, { end }) => zip.writeUInt32LE(0xffff_fff0, end - 9))],
])('a member of which the directory says something else (%s) is not read', async (_, zip) => {
  expect(await read(zip)).toEqual({ 'a.txt': two[0]?.content, 'b.txt': undefined })
})

test('what a zip says of the unpacked size is not believed', async () => {
  const less = lying((zip, { directory }) => {
    zip.writeUInt32LE(1, 22)
    zip.writeUInt32LE(1, directory + 24)
  })
  expect(await read(less)).toEqual({ 'a.txt': two[0]?.content, 'b.txt': 'second' })
})

test('the size before a member says nothing where it is none, or the sizes come behind it', async () => {
  const behind = lying((zip, { second, directory }) => {
    for (const at of [6, directory + 8]) zip.writeUInt16LE(8, at)
    zip.writeUInt32LE(5, 18)
    zip.writeUInt32LE(0, second + 18)
  })
  expect(await read(behind)).toEqual({ 'a.txt': two[0]?.content, 'b.txt': 'second' })
})

test('a member that is said to be longer than the file ends with it', async () => {
  const far = lying((zip, { directory }) => {
    for (const at of [18, directory + 20]) zip.writeUInt32LE(0xffff_0000, at)
  })
  expect(Object.keys((await read(far)) ?? {})).toEqual(['a.txt', 'b.txt'])
})

test.each(['../a.txt', '/a.txt', 'C:\\a.txt'])(
  'no file is written here, so that %s may be the name of one',
  async (name) => {
    expect(await read(zipOf([{ name, content: 'x' }]))).toEqual({ [name]: 'x' })
  },
)

test('a locked member has a name, and no content', async () => {
  expect(await read(await written({ password: 'x', encryptionStrength: 3 }))).toEqual({
    'a.txt': undefined,
    'b/ä.txt': undefined,
  })
})

test('a zip that is cut off anywhere is not read', async () => {
  const zip = zipOf(two)
  for (let end = 0; end < zip.length; end += 1) expect(await read(zip.subarray(0, end))).toBeUndefined()
})

test('a zip in which any byte is another is read or not, and never fails', async () => {
  const zips = [zipOf(two), await written({ zip64: true, dataDescriptor: true })]
  const change = fc.record({ zip: fc.constantFrom(...zips), at: fc.nat(), to: fc.nat(255), cut: fc.nat(3) })
  await fc.assert(
    fc.asyncProperty(change, async ({ zip, at, to, cut }) => {
      const other = Buffer.from(zip)
      other[at % zip.length] = to
      await read(other.subarray(0, other.length - cut))
    }),
    { numRuns: 2000 },
  )
})

/** A zip of many members, of which the directory says that all stand at the same place. */
const manyOf = (count: number, place = 0): Buffer => {
  const one = zipOf([{ name: 'a', content: 'x' }])
  const [local, entry] = [one.subarray(0, one.readUInt32LE(one.length - 6)), Buffer.from(one.subarray(-22 - 47, -22))]
  entry.writeUInt32LE(place, 42)
  const end = Buffer.from(one.subarray(-22))
  for (const at of [8, 10]) end.writeUInt16LE(count & 0xffff, at)
  end.writeUInt32LE(47 * count, 12)
  return Buffer.concat([local, ...Array.from({ length: count }, () => entry), end])
}

test('as many members are read as a zip can count, and others have their turn meanwhile', async () => {
  let turns = 0
  const turn = setInterval(() => {
    turns += 1
  }, 0)
  const most = await membersOf(bytesOf(manyOf(65_535)))
  clearInterval(turn)
  expect(most).toHaveLength(65_535)
  expect(turns).toBeGreaterThan(20)
  expect(await membersOf(bytesOf(manyOf(65_536)))).toBeUndefined()
})

test('of a directory no more than 16 MB is read, however it lies', async () => {
  const zip = Buffer.concat([zipOf(two).subarray(0, -22), Buffer.alloc(40 << 20), zipOf(two).subarray(-22)])
  for (const [at, value] of [
    [12, 39 << 20],
    [16, 4],
  ] as const) {
    const lie = Buffer.from(zip)
    lie.writeUInt32LE(value, zip.length - 22 + at)
    const asked = bytesOf(lie)
    expect(await membersOf(asked)).toBeUndefined()
    expect(asked.largest).toBeLessThanOrEqual(16 << 20)
  }
})

test('what is not where it is said to be is not looked for without end', async () => {
  // A directory that is somewhere else than it says makes a reader look for each member at two places.
  const zip = manyOf(20_000, 100)
  zip.writeUInt32LE(1, zip.length - 22 + 16)
  const asked = bytesOf(zip)
  expect(await membersOf(asked)).toBeUndefined()
  expect(asked.parts).toBeLessThan(300)
})

test('bytes that cannot be read at all are no zip that cannot be read', async () => {
  const zip = bytesOf(zipOf(two))
  for (const parts of [0, 1, 2]) {
    const slice = async (start: number, end: number) => {
      if (zip.parts === parts) throw new Error('the store does not answer')
      return zip.slice(start, end)
    }
    zip.parts = 0
    await expect(membersOf({ size: zip.size, slice })).rejects.toThrow('the store does not answer')
  }
})

test('a zip behind other bytes is found as far as it goes, and its members are read', async () => {
  const zip = await written({})
  const before = Buffer.from('MZ and a program')
  const behind = await zipBehind(bytesOf(Buffer.concat([before, zip, Buffer.alloc(500, 1)])))
  expect(behind?.size).toBe(before.length + zip.length)
  expect(behind && (await membersOf(behind))?.map(({ name, headerAt }) => [name, headerAt])[0]).toEqual(['a.txt', 16])
})

test('a file that is full of ends of zips is asked for a few parts of it', async () => {
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt32LE(4, 12)
  const bytes = bytesOf(Buffer.concat(Array.from({ length: 20_000 }, () => end)))
  expect(await zipBehind(bytes)).toBeUndefined()
  expect(bytes.parts).toBeLessThan(20)
  expect(bytes.largest).toBeLessThan(70_000)
})
