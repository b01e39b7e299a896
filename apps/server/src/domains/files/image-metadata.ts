import { crc32 } from 'node:zlib'

/**
 * Takes out of a picture what it says besides its pixels: place, camera, comments, thumbnails. Nothing is decoded and
 * nothing moves: what is metadata becomes zeros where it stood, so that sizes and offsets hold and the picture is the
 * same to the bit. Of Exif only a turn stays, without which a photograph would lie on its side.
 */
export function withoutMetadata(image: Buffer): Buffer {
  const bytes = Buffer.from(image)
  if (isJpeg(bytes)) blankJpeg(bytes)
  else if (isPng(bytes)) blankPng(bytes)
  else if (isWebp(bytes)) blankWebp(bytes)
  else if (isGif(bytes)) blankGif(bytes)
  return bytes
}

/** Whether this is the beginning of a picture that `withoutMetadata` can read. Twelve bytes are enough. */
export const isCleanable = (head: Buffer): boolean => isJpeg(head) || isPng(head) || isWebp(head) || isGif(head)

/** HEIC, AVIF and TIFF hold their metadata among the pixels, and browsers do not show most of them. */
export function isUncleanable(head: Buffer): boolean {
  const isTiff = ['49492a00', '4d4d002a', '49492b00', '4d4d002b'].includes(head.toString('hex', 0, 4))
  return isTiff || (text(head, 4, 8) === 'ftyp' && heifBrands.has(text(head, 8, 12)))
}

const heifBrands = new Set('heic heix heim heis hevc hevx hevm hevs mif1 mif2 msf1 avif avis avio jpeg jpgs'.split(' '))
const text = (bytes: Buffer, start: number, end: number): string => bytes.toString('latin1', start, end)
const isJpeg = (bytes: Buffer): boolean => bytes.length > 3 && bytes.readUIntBE(0, 3) === 0xffd8ff
const isPng = (bytes: Buffer): boolean => text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n'
const isWebp = (bytes: Buffer): boolean => text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP'
const isGif = (bytes: Buffer): boolean => /^GIF8[79]a$/.test(text(bytes, 0, 6))

// JPEG

const exifName = 'Exif\0\0'

function blankJpeg(bytes: Buffer): void {
  let at = 2
  while (at < bytes.length) {
    const marker = bytes.indexOf(0xff, at)
    if (marker < 0 || marker + 1 >= bytes.length) return void bytes.fill(0, at)
    const code = bytes[marker + 1] ?? 0
    // What stands between two segments belongs to neither.
    if (marker > at) bytes.fill(0, at, marker)
    if (code === 0xff) at = lastOfRun(bytes, marker)
    else if (code === 0xd9) return void bytes.fill(0, marker + 2)
    else if (standsAlone(code)) at = marker + 2
    else {
      const end = Math.min(bytes.length, marker + 2 + sizeAt(bytes, marker + 2))
      if (isTalk(bytes, code, marker + 4)) blankExif(bytes.subarray(Math.min(marker + 4, end), end))
      at = code === 0xda ? endOfScan(bytes, end) : end
    }
  }
}

/** Markers without a length: the beginning, restarts and two that nobody writes. */
const standsAlone = (code: number): boolean => code === 0xd8 || code <= 0x01 || (code >= 0xd0 && code <= 0xd7)

/** A marker may begin with any number of the same byte. */
function lastOfRun(bytes: Buffer, start: number): number {
  let at = start
  while (bytes[at + 1] === 0xff) at++
  return at
}

const sizeAt = (bytes: Buffer, at: number): number => Math.max(2, at + 2 <= bytes.length ? bytes.readUInt16BE(at) : 2)

/** Comments, and all that applications add but what the colours of the picture depend on. */
function isTalk(bytes: Buffer, code: number, at: number): boolean {
  if (code === 0xfe) return true
  if (code < 0xe0 || code > 0xef) return false
  if (code === 0xe0) return text(bytes, at, at + 5) !== 'JFIF\0'
  if (code === 0xe2) return text(bytes, at, at + 12) !== 'ICC_PROFILE\0'
  return code !== 0xee
}

/** Compressed pixels run up to the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, start: number): number {
  // A loop of its own: pixels may be full of such bytes, and a call for each would take seconds.
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue
    const code = bytes[at + 1] ?? 0
    if (code !== 0 && code !== 0xff && (code < 0xd0 || code > 0xd7)) return at
  }
  return bytes.length
}

// Exif

/** Empties a block; one of Exif keeps the turn of the picture and nothing else. */
function blankExif(block: Buffer): void {
  const hasName = text(block, 0, 6) === exifName
  const turn = turnOf(hasName ? block.subarray(6) : block)
  block.fill(0)
  if (turn === undefined) return
  const minimal = tiffOf(turn)
  const start = hasName ? block.write(exifName, 'latin1') : 0
  if (start + minimal.length > block.length) block.fill(0)
  else minimal.copy(block, start)
}

/** The tag Orientation of the first directory: 2–8, if it says that the picture is turned. */
function turnOf(tiff: Buffer): number | undefined {
  const order = text(tiff, 0, 2)
  if ((order !== 'II' && order !== 'MM') || tiff.length < 14) return undefined
  const isLittle = order === 'II'
  const short = (at: number): number =>
    at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  const count = Math.min(short(directory), 1000)
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + 12 * index
    if (short(entry) !== 0x0112) continue
    const turn = short(entry + 8)
    return turn >= 2 && turn <= 8 ? turn : undefined
  }
  return undefined
}

/** The least that Exif can be: one directory with one tag. */
function tiffOf(turn: number): Buffer {
  return Buffer.from([0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0])
}

// PNG

const pngPixels = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST sPLT acTL fcTL fdAT cICP mDCV cLLI'.split(' '),
)

function blankPng(bytes: Buffer): void {
  let at = 8
  while (at + 12 <= bytes.length) {
    const type = text(bytes, at + 4, at + 8)
    const end = Math.min(bytes.length, at + 12 + bytes.readUInt32BE(at))
    if (!pngPixels.has(type)) {
      const content = bytes.subarray(at + 8, Math.max(at + 8, end - 4))
      if (type === 'eXIf') blankExif(content)
      else content.fill(0)
      // A name that no reader knows: it may be skipped, it is private, and it may be copied.
      if (type !== 'eXIf' || content.every((byte) => byte === 0)) bytes.write('vOId', at + 4, 'latin1')
      if (end - 4 >= at + 8) bytes.writeUInt32BE(crc32(bytes.subarray(at + 4, end - 4)), end - 4)
    }
    at = end
    if (type === 'IEND') break
  }
  bytes.fill(0, Math.min(at, bytes.length))
}

// WebP

const webpPixels = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const [exifFlag, xmpFlag] = [0x08, 0x04]

function blankWebp(bytes: Buffer): void {
  const whole = Math.min(bytes.length, 8 + bytes.readUInt32LE(4))
  let flags: number | undefined
  let hasTurn = false
  let at = 12
  while (at + 8 <= whole) {
    const type = text(bytes, at, at + 4)
    const size = bytes.readUInt32LE(at + 4)
    const content = bytes.subarray(at + 8, Math.min(whole, at + 8 + size))
    if (type === 'VP8X' && content.length > 0) flags = at + 8
    if (!webpPixels.has(type)) {
      if (type === 'EXIF') blankExif(content)
      else content.fill(0)
      if (type === 'EXIF' && content.some((byte) => byte !== 0)) hasTurn = true
      else bytes.write('JUNK', at, 'latin1')
    }
    at += 8 + size + (size % 2)
  }
  if (flags !== undefined) bytes[flags] = (bytes[flags] ?? 0) & ~(xmpFlag | (hasTurn ? 0 : exifFlag))
  bytes.fill(0, whole)
}

// GIF

function blankGif(bytes: Buffer): void {
  const tableAfter = (flagsAt: number, start: number): number => {
    const flags = bytes[flagsAt] ?? 0
    return start + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  }
  let at = tableAfter(10, 13)
  while (at < bytes.length) {
    if (bytes[at] === 0x2c) at = skipBlocks(bytes, tableAfter(at + 9, at + 10) + 1)
    else if (bytes[at] === 0x21) {
      const name = text(bytes, at + 3, at + 14)
      const isMotion = bytes[at + 1] === 0xf9 || /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(name)
      at = skipBlocks(bytes, at + 2, !isMotion)
    } else break
  }
  // The end mark, and then nothing.
  bytes.fill(0, Math.min(bytes.length, at + 1))
}

/** Past the blocks that begin here, each behind its length; emptied on the way where that is wanted. */
function skipBlocks(bytes: Buffer, start: number, isBlanked = false): number {
  let at = start
  for (let size = bytes[at]; size; size = bytes[at]) {
    if (isBlanked) bytes.fill(0, at + 1, Math.min(bytes.length, at + 1 + size))
    at += 1 + size
  }
  return at + 1
}
