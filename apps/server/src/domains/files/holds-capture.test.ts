import { gzipSync } from 'node:zlib'
import { growth } from '@clew/testkit/growth'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, type ZipWriterConstructorOptions } from '@zip.js/zip.js'
import { expect, test } from 'vitest'
import { holdsCapture } from './holds-capture.ts'
import { zipOf } from './testing/archives.ts'

const entry = {
  startedDateTime: '2026-11-24T10:15:30.123Z',
  time: 120,
  request: { method: 'GET', url: 'https://app.example/', headers: [{ name: 'cookie', value: 'sid=hunter2' }] },
}
const har = JSON.stringify({ log: { version: '1.2', creator: { name: 'x' }, entries: [entry] } })

const bytesOf = (content: Buffer | string) => {
  const bytes = Buffer.from(content)
  return { size: bytes.length, slice: async (start: number, end: number) => bytes.subarray(start, end) }
}
const holds = (name: string, content: Buffer | string) => holdsCapture(name, bytesOf(content))

const inZip = (content: Buffer): Buffer =>
  zipOf([
    { name: 'notes.txt', content: 'see the other one' },
    { name: 'other', content },
  ])
/** A tar of one file, as far as it matters here. */
const tarOf = (name: string, content: string): Buffer => {
  const header = Buffer.alloc(512)
  header.write(name)
  header.write('ustar', 257)
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc(1024)])
}
/** A zip as another program writes it. */
const writtenZip = async (options: ZipWriterConstructorOptions, comment = ''): Promise<Buffer> => {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, ...options })
  await zip.add('a.json', new Uint8ArrayReader(Buffer.from(har)))
  return Buffer.from(await zip.close(Buffer.from(comment, 'latin1')))
}
/** A zip of a recording in which something is said that is not so. */
const lyingZip = (lie: (zip: Buffer) => void): Buffer => {
  const zip = zipOf([
    { name: 'a.txt', content: 'nothing' },
    { name: 'b.json', content: har },
  ])
  lie(zip)
  return zip
}
/** A zip behind what unpacks it; with `counted` its directory says where things are in the whole file. */
const behind = (zip: Buffer, { counted = false } = {}): Buffer => {
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(3_000, 0x90)])
  const whole = Buffer.concat([program, zip])
  if (counted) {
    const end = whole.length - 22
    const directory = whole.readUInt32LE(end + 16) + program.length
    whole.writeUInt32LE(directory, end + 16)
    whole.writeUInt32LE(whole.readUInt32LE(directory + 42) + program.length, directory + 42)
  }
  return whole
}
const film = Buffer.concat([
  Buffer.from('\0\0\0\x20ftypisom\0\0\0\0isomiso2avc1mp41', 'latin1'),
  Buffer.alloc(5_000, 7),
])
const noise3k = Buffer.alloc(3_000, 0x91)
/** What packs badly, so that compressed bytes lie between. */
const noise = Array.from({ length: 40_000 }, (_, i) => (i * 2_654_435_761) % 4_294_967_296).join(' ')

test.each([
  ['a sentence before it', 'p.md', `Here it is:\n\n${har}`],
  ['another field of 2 MB before it', 'order.json', `{"a":"${'x'.repeat(2 << 20)}",${har.slice(1)}`],
  ['9,000 blanks before it', 'blanks.json', ' '.repeat(9_000) + har],
  ['in a list', 'list.json', `[${har}]`],
  ['over the edge of a piece', 'edge.txt', 'x'.repeat((1 << 20) - har.indexOf('DateTime')) + har],
  ['written for people to read', 'notes.txt', `It said:\n${JSON.stringify({ entry }, null, 4)}`],
  ['as a string of JSON', 'ticket.json', JSON.stringify({ body: JSON.stringify({ har }) })],
  ['in a page', 'problem.html', `<pre>${har.replaceAll('"', '&quot;')}</pre>`],
  ['in an address', 'link.txt', `https://viewer.example/#${encodeURIComponent(har)}`],
  ['in UTF-16', 'notes.txt', Buffer.from(`\uFEFFsee ${har}`, 'utf16le')],
  ['in UTF-16 the other way round', 'notes.txt', Buffer.from(`\uFEFFsee ${har}`, 'utf16le').swap16()],
  ...[0, 1, 2].map(
    (shift) => [`in base64, ${shift}`, 'b.txt', Buffer.from('x'.repeat(shift) + har).toString('base64')] as const,
  ),
  ['a tar', 'x.tar', tarOf('problem.json', har)],
  ['gzip', 'problem.gz', gzipSync(har)],
  ['a tar in gzip', 'x.tgz', gzipSync(tarOf('problem.json', noise + har))],
  ['gzip that is cut off', 'problem.gz', gzipSync(har + noise).subarray(0, -5_000)],
  ['a zip, by the name in it', 'x.zip', zipOf([{ name: 'a/problem.HAR', content: '{}' }])],
  ['a zip, by the name of what nobody can open', 'x.zip', zipOf([{ name: 'a.har', content: 'x', flags: 1 }])],
  ['a zip, under another name', 'x.zip', zipOf([{ name: 'a.json', content: har }])],
  ['a zip, stored', 'x.zip', zipOf([{ name: 'a.json', content: har, method: 0 }])],
  [
    'a zip, behind others',
    'x.zip',
    zipOf([
      { name: 'a/', content: '', method: 0 },
      { name: 'noise.txt', content: noise },
      { name: 'b.txt', content: noise + har },
    ]),
  ],
  [
    'a zip in a zip, by the name in it',
    'x.zip',
    zipOf([{ name: 'in.zip', content: zipOf([{ name: 'a.har', content: '{}' }]) }]),
  ],
  ['a zip in a zip in a zip', 'x.zip', inZip(inZip(zipOf([{ name: 'a.json', content: har }])))],
  ['gzip in a zip', 'x.zip', inZip(gzipSync(noise + har))],
  ['a tar in gzip in a zip', 'x.zip', inZip(gzipSync(tarOf('problem.json', har)))],
  [
    'in a zip behind what is no archive',
    'x.zip',
    zipOf([
      { name: 'a', content: '' },
      { name: 'b', content: 'PK' },
      { name: 'c', content: gzipSync(har) },
    ]),
  ],
  ['a zip in Zip64', 'x.zip', await writtenZip({ zip64: true })],
  ['a zip with the sizes behind each member', 'x.zip', await writtenZip({ dataDescriptor: true })],
  ['a zip that says that less is in it', 'x.zip', lyingZip((zip) => zip.writeUInt32LE(1, zip.indexOf('b.json') - 8))],
  ['a zip with bytes before it', 'x.exe', behind(zipOf([{ name: 'a', content: har, method: 0 }]))],
  ['a zip with bytes before it, packed', 'x.exe', behind(zipOf([{ name: 'a', content: har }]))],
  ['a zip with bytes before it, by the name in it', 'x.exe', behind(zipOf([{ name: 'a.har', content: '{}' }]))],
  [
    'a zip with bytes before it that counts them',
    'x.exe',
    behind(zipOf([{ name: 'a', content: har }]), { counted: true }),
  ],
  [
    'a zip with bytes before and behind it',
    'x.exe',
    Buffer.concat([behind(zipOf([{ name: 'a', content: har }])), noise3k]),
  ],
  ['a zip in Zip64 with bytes before it', 'x.exe', behind(await writtenZip({ zip64: true }))],
  ['a zip with a comment and bytes before it', 'x.sh', behind(await writtenZip({}, 'PK\x05\x06 is the end'))],
  ['a zip behind a film', 'x.mp4', Buffer.concat([film, zipOf([{ name: 'a', content: har }])])],
] as const)('a recording is found: %s', async (_, name, content) => {
  expect(await holds(name, content)).toBe(true)
})

test.each(['a.har.xz', 'a.har.bz2', 'a.har.7z', 'a.har.tar.gz', 'a.har.zst', 'a.har.br'])(
  'a recording is known by the name %s',
  async (name) => {
    expect(await holds(name, 'x')).toBe(true)
  },
)

test.each([
  ['a log', 'app.log', `startedDateTime was missing in the entry of the log\n${noise}`],
  ['a schema', 'har.schema.json', '{"properties":{"startedDateTime":{"type":"string","format":"date-time"}}}'],
  ['source', 'har.ts', 'const entry = { startedDateTime: string, request, response }; entry["startedDateTime"]'],
  ['a packed log', 'app.log.gz', gzipSync(noise)],
  ['a zip of logs', 'logs.zip', zipOf([{ name: 'app.log', content: noise }])],
  ['a zip that is locked', 'locked.zip', zipOf([{ name: 'app.log', content: noise, flags: 1 }])],
  ['an empty zip', 'x.zip', zipOf([])],
  ['a zip of zips of logs', 'logs.zip', inZip(inZip(gzipSync(noise)))],
  ['a zip of an empty file', 'x.zip', zipOf([{ name: 'a', content: '' }])],
  ['a program with a zip of logs behind it', 'x.exe', behind(zipOf([{ name: 'app.log', content: noise }]))],
  [
    'a program that reads zips',
    'x.exe',
    Buffer.concat([noise3k, Buffer.from('PK\x05\x06PK\x01\x02', 'latin1'), noise3k]),
  ],
  ['what ends in the sign of an end', 'x.bin', Buffer.from('xxPK\x05\x06', 'latin1')],
  ['words', 'a.txt', 'BZh is the beginning of bzip2'],
  ['nothing', 'a.txt', ''],
] as const)('%s is none', async (_, name, content) => {
  expect(await holds(name, content)).toBe(false)
})

test.each([
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00])],
  ['bzip2', Buffer.from('BZh91AY&SY', 'latin1')],
  ['7z', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0x00])],
  ['rar', Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1')],
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x04])],
  ['a zip behind a program, in a way that is not known here', behind(zipOf([{ name: 'a', content: har, method: 93 }]))],
  ['a zip in a zip that is cut off', inZip(zipOf([{ name: 'a.json', content: har }]).subarray(0, -30))],
  ['a zip that is cut off', zipOf([{ name: 'a.json', content: har }]).subarray(0, -30)],
  ['a zip in a way of packing that is not known here', zipOf([{ name: 'a.json', content: har, method: 93 }])],
  ['a zip that does not name all that is in it', lyingZip((zip) => zip.writeUInt16LE(1, zip.length - 12))],
  ['a zip that says where nothing is', lyingZip((zip) => zip.writeUInt32LE(7, zip.lastIndexOf('b.json') - 4))],
  ['a zip that says two sizes', lyingZip((zip) => zip.writeUInt32LE(1, zip.lastIndexOf('b.json') - 26))],
  ['a zip behind which another begins', Buffer.concat([zipOf([{ name: 'a.json', content: har }]), zipOf([])])],
  [
    'a zip of more files than are looked at',
    zipOf(Array.from({ length: 65_536 }, () => ({ name: 'a', content: '', method: 0 }))),
  ],
] as const)('%s cannot be looked into, and is refused', async (_, content) => {
  await expect(holds('x.bin', content)).rejects.toThrow('file.archive_refused')
})

test('of what unpacks to a thousand times its size only so much is unpacked', async () => {
  const holdsNone = async (content: Buffer) => expect(await holds('x.bin', content)).toBe(false)
  const sizes = { from: 80 << 20, factor: 6, enough: 2.5 }
  expect(await growth(holdsNone, (size) => gzipSync(Buffer.alloc(size)), sizes)).toBeLessThan(2.5)
  const zip = (size: number) => zipOf([{ name: 'a.bin', content: Buffer.alloc(size) }])
  expect(await growth(holdsNone, zip, sizes)).toBeLessThan(2.5)
})

test('members that all stand at the same place are unpacked no oftener than others', async () => {
  /** The directory names one member again and again. */
  const again = (count: number): Buffer => {
    const zip = zipOf([{ name: 'a.bin', content: Buffer.alloc(12 << 20) }])
    const end = Buffer.from(zip.subarray(-22))
    const directory = zip.subarray(end.readUInt32LE(16), -22)
    for (const at of [8, 10]) end.writeUInt16LE(count, at)
    end.writeUInt32LE(directory.length * count, 12)
    return Buffer.concat([zip.subarray(0, -22), ...Array.from({ length: count - 1 }, () => directory), end])
  }
  const holdsNone = async (content: Buffer) => expect(await holds('x.zip', content)).toBe(false)
  expect(await growth(holdsNone, again, { from: 10, factor: 20, enough: 2.5 })).toBeLessThan(2.5)
})

test('zips in zips unpack to no more together than one does', async () => {
  const bomb = zipOf([{ name: 'a.bin', content: Buffer.alloc(7 << 20) }])
  const bombs = (count: number) => zipOf(Array.from({ length: count }, (_, i) => ({ name: `${i}.zip`, content: bomb })))
  const holdsNone = async (content: Buffer) => expect(await holds('x.zip', content)).toBe(false)
  expect(await growth(holdsNone, bombs, { from: 12, factor: 20, enough: 2.5 })).toBeLessThan(2.5)
})
