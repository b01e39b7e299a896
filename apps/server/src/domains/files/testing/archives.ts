import { deflateRawSync } from 'node:zlib'

export type PackedFile = { name: string; content: Buffer | string; method?: number; flags?: number }

/** A zip of these files, each deflated unless another method is given, which is only written down. Without checksums. */
export function zipOf(files: readonly PackedFile[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, method = 8, flags = 0 } of files) {
    const whole = Buffer.from(content)
    const packed = method === 8 ? deflateRawSync(whole) : whole
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(flags, 2)
    facts.writeUInt16LE(method, 4)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(whole.length, 18)
    facts.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, Buffer.from(name), packed])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, place, Buffer.from(name))
    locals.push(local)
    at += local.length
  }
  const names = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  // Past what the field can count, writers begin anew.
  for (const place of [8, 10]) end.writeUInt16LE(files.length & 0xffff, place)
  end.writeUInt32LE(names.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, names, end])
}
