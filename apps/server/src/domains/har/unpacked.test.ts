import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { zipOf } from '../files/testing/archives.ts'
import { nameOfUnpacked, unpacked } from './unpacked.ts'

const contentOf = async (packed: Buffer): Promise<string | undefined> => {
  const bytes = { size: packed.length, slice: async (start: number, end: number) => packed.subarray(start, end) }
  const whole = await unpacked(bytes)
  return whole && Buffer.from(await whole.slice(0, whole.size)).toString()
}
const elsewhere = zipOf([
  { name: 'notes.txt', content: 'notes' },
  { name: 'a.har', content: '{"log":{}}' },
])
elsewhere.writeUInt32LE(7, elsewhere.lastIndexOf('a.har') - 4)
const notes = { name: 'notes.txt', content: 'notes' }

test.each([
  ['what is not packed', Buffer.from('{"log":{}}')],
  ['gzip', gzipSync('{"log":{}}')],
  ['the only file of a zip', zipOf([{ name: 'a.json', content: '{"log":{}}' }])],
  ['the only capture of a zip', zipOf([notes, { name: 'a.HAR', content: '{"log":{}}', method: 0 }])],
  [
    'a capture beside what a Mac adds',
    zipOf([
      { name: 'a.json', content: '{"log":{}}' },
      { name: '__MACOSX/._a.json', content: 'x' },
    ]),
  ],
  [
    'the only file of a zip that unpacks itself',
    Buffer.concat([Buffer.from('MZ and a program'), zipOf([{ name: 'a.json', content: '{"log":{}}' }])]),
  ],
])('%s is read', async (_, packed) => {
  expect(await contentOf(packed)).toBe('{"log":{}}')
})

test.each([
  [
    'two captures',
    zipOf([
      { ...notes, name: 'a.har' },
      { ...notes, name: 'b.har' },
    ]),
  ],
  ['two others', zipOf([notes, { ...notes, name: 'b.txt' }])],
  ['a locked one', zipOf([{ ...notes, name: 'a.har', flags: 1 }])],
  ['a zip without its end', zipOf([notes]).subarray(0, -4)],
  ['more than is taken', gzipSync(Buffer.alloc((128 << 20) + 1))],
  ['more than is taken, in a zip', zipOf([{ name: 'a.har', content: Buffer.alloc((128 << 20) + 1) }])],
  ['a capture that is said to be somewhere else', elsewhere],
  ['bzip2', Buffer.from('BZh91AY&SY', 'latin1')],
])('%s is not', async (_, packed) => {
  expect(await contentOf(packed)).toBeUndefined()
})

test.each([
  ['a.har.gz', 'a.har'],
  ['a.zip', 'a.har'],
  ['a.har.zip', 'a.har'],
  ['a.json.gz', 'a.har'],
])('what was unpacked of %s is %s', (name, unpackedName) => {
  expect(nameOfUnpacked(name)).toBe(unpackedName)
})
