import { crc32 } from 'node:zlib'

// Pictures that are right in their structure and hold words in place of pixels.

type Told = { turn?: number; secret: string }

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const number = (value: number, bytes: 2 | 4): Buffer => {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntBE(value, 0, bytes)
  return buffer
}
const little = (value: number): Buffer => number(value, 4).reverse()

/** TIFF with the turn, and a second tag that tells the secret. */
export const exif = ({ turn = 1, secret }: Told): Buffer =>
  Buffer.concat([
    latin1('MM\0*'),
    number(8, 4),
    number(2, 2),
    number(0x0112, 2),
    number(3, 2),
    number(1, 4),
    number(turn, 2),
    number(0, 2),
    number(0x8825, 2),
    number(2, 2),
    number(secret.length, 4),
    number(38, 4),
    number(0, 4),
    latin1(secret),
  ])

export function jpeg({ turn = 1, secret }: Told): Buffer {
  const segment = (code: number, ...content: Buffer[]) => {
    const body = Buffer.concat(content)
    return Buffer.concat([Buffer.from([0xff, code]), number(body.length + 2, 2), body])
  }
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, latin1('JFIF\0COLOURS')),
    segment(0xe1, latin1('Exif\0\0'), exif({ turn, secret })),
    segment(0xe1, latin1(`http://ns.adobe.com/xap/1.0/\0${secret}`)),
    segment(0xe2, latin1('ICC_PROFILE\0\x01\x01profile')),
    segment(0xe2, latin1(`MPF\0${secret}`)),
    segment(0xed, latin1(`Photoshop 3.0\0${secret}`)),
    segment(0xfe, latin1(secret)),
    segment(0xda, latin1('\x01')),
    latin1('PIXELS-1\xff\x00\xff\xd0 more'),
    segment(0xfe, latin1(secret)),
    segment(0xda, latin1('\x01')),
    latin1('PIXELS-2'),
    Buffer.from([0xff, 0xd9]),
    latin1(`a film behind the picture, ${secret}`),
  ])
}

export function png({ turn = 1, secret }: Told): Buffer {
  const chunk = (type: string, content: Buffer) => {
    const named = Buffer.concat([latin1(type), content])
    return Buffer.concat([number(content.length, 4), named, number(crc32(named), 4)])
  }
  return Buffer.concat([
    latin1('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', Buffer.alloc(13, 1)),
    chunk('iCCP', latin1('COLOURS')),
    chunk('tEXt', latin1(`Comment\0${secret}`)),
    chunk('iTXt', latin1(`XML:com.adobe.xmp\0\0\0\0\0${secret}`)),
    chunk('zTXt', latin1(`Comment\0\0${secret}`)),
    chunk('eXIf', exif({ turn, secret })),
    chunk('caBX', latin1(secret)),
    chunk('IDAT', latin1('PIXELS-1 PIXELS-2')),
    chunk('IEND', Buffer.alloc(0)),
    latin1(secret),
  ])
}

export function webp({ turn = 1, secret }: Told): Buffer {
  const chunk = (type: string, content: Buffer) =>
    Buffer.concat([latin1(type), little(content.length), content, Buffer.alloc(content.length % 2)])
  const chunks = Buffer.concat([
    latin1('WEBP'),
    chunk('VP8X', Buffer.from([0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
    chunk('ICCP', latin1('COLOURS')),
    chunk('VP8 ', latin1('PIXELS-1 PIXELS-2')),
    chunk('EXIF', exif({ turn, secret })),
    chunk('XMP ', latin1(secret)),
  ])
  return Buffer.concat([latin1('RIFF'), little(chunks.length), chunks, latin1(secret)])
}

export function gif({ secret }: Told): Buffer {
  const block = (content: string) => Buffer.concat([Buffer.from([content.length]), latin1(content)])
  const end = Buffer.from([0])
  const image = (content: string) =>
    Buffer.concat([Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2]), block(content), end])
  return Buffer.concat([
    latin1('GIF89a'),
    Buffer.from([1, 0, 1, 0, 0x81, 0, 0]),
    latin1('COLOURS 1234'),
    Buffer.from([0x21, 0xff]),
    block('NETSCAPE2.0'),
    block('\x01\0\0'),
    end,
    Buffer.from([0x21, 0xfe]),
    block(secret),
    end,
    Buffer.from([0x21, 0xff]),
    block('XMP DataXMP'),
    block(secret),
    end,
    image('PIXELS-1'),
    image('PIXELS-2'),
    Buffer.from([0x3b]),
    latin1(secret),
  ])
}
