import { deflateSync } from 'node:zlib'

type Colour = readonly [number, number, number]
type Rectangle = { x: number; y: number; width: number; height: number; colour: Colour }

const width = 640
const height = 400
const page: Colour = [246, 244, 239]
const bar: Colour = [58, 66, 74]
const paper: Colour = [255, 255, 255]
const line: Colour = [208, 210, 212]
const alarm: Colour = [190, 62, 52]

/** A small picture of a window with an error in it. The name decides how it is laid out, so two differ. */
export function drawScreenshot(name: string): Buffer {
  const seed = [...name].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973, 7)
  const lines = Array.from({ length: 4 + (seed % 3) }, (_, i) => ({
    x: 80,
    y: 200 + i * 26,
    width: 240 + ((seed * (i + 3)) % 220),
    height: 10,
    colour: line,
  }))
  return encode([
    { x: 0, y: 0, width, height: 34, colour: bar },
    { x: 14, y: 11, width: 220 + (seed % 90), height: 12, colour: line },
    { x: 48, y: 66, width: width - 96, height: height - 104, colour: paper },
    { x: 48, y: 66, width: 8, height: height - 104, colour: alarm },
    { x: 80, y: 104, width: 180 + (seed % 160), height: 22, colour: alarm },
    { x: 80, y: 146, width: 300 + (seed % 140), height: 14, colour: bar },
    ...lines,
  ])
}

/** Writes a PNG of 8-bit colours without filters (PNG, third edition). */
function encode(rectangles: readonly Rectangle[]): Buffer {
  const stride = 1 + width * 3
  const pixels = Buffer.alloc(stride * height)
  const fill = ({ x, y, width: across, height: down, colour }: Rectangle): void => {
    for (let row = y; row < y + down; row += 1)
      for (let column = x; column < x + across; column += 1) pixels.set(colour, row * stride + 1 + column * 3)
  }
  for (const each of [{ x: 0, y: 0, width, height, colour: page }, ...rectangles]) fill(each)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
