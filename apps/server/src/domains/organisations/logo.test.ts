import { expect, test } from 'vitest'
import { cleanLogo } from './logo.ts'

const svg = (inside: string, attributes = '') =>
  cleanLogo(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"${attributes}>${inside}</svg>`))
const textOf = (inside: string, attributes = '') => svg(inside, attributes)?.bytes.toString() ?? ''

test('a drawing keeps its shapes and paints', () => {
  const drawn = textOf(
    '<defs><linearGradient id="a"><stop offset="1" stop-color="#f00"/></linearGradient></defs><path d="M0 0h9" fill="url(#a)"/><use href="#a"/>',
  )
  for (const part of ['<linearGradient id="a">', 'fill="url(#a)"', 'href="#a"', 'viewBox="0 0 9 9"'])
    expect(drawn).toContain(part)
})

test.each([
  '<script>alert(1)</script>',
  '<style>*{background:url(https://evil.example)}</style>',
  '<image href="https://evil.example/x.png"/>',
  '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="alert(1)"/></body></foreignObject>',
  '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
  '<path d="M0 0" onclick="alert(1)"/>',
  '<path d="M0 0" style="fill:url(//evil.example)"/>',
  '<use xlink:href="https://evil.example/x.svg#a"/>',
  '<use href="data:image/svg+xml;base64,PHN2Zy8+"/>',
  '<path fill="url(https://evil.example/#a)" d="M0 0"/>',
  '<animate attributeName="href" to="javascript:alert(1)"/>',
  '<set attributeName="onload" to="alert(1)"/>',
])('%s leaves nothing that acts or fetches', (inside) => {
  expect(textOf(inside)).not.toMatch(/script|evil|alert|data:|style|on\w+=|foreignObject|animate|<set|<image|<a[\s>]/i)
})

test('an attribute of the drawing itself does not act either', () => {
  expect(textOf('<path d="M0 0"/>', ' onload="alert(1)"')).not.toContain('onload')
})

const chunk = (type: string, data: Buffer) => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, data, Buffer.alloc(4)])
}
const size = (width: number, height: number) => {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(width)
  data.writeUInt32BE(height, 4)
  return chunk('IHDR', data)
}
const signature = Buffer.from('89504e470d0a1a0a', 'hex')
const png = (...chunks: Buffer[]) => cleanLogo(Buffer.concat([signature, ...chunks]))

test('a picture loses what a program wrote into it', () => {
  const logo = png(
    size(9, 9),
    chunk('eXIf', Buffer.from('place')),
    chunk('IDAT', Buffer.from('x')),
    chunk('IEND', Buffer.alloc(0)),
    Buffer.from('<script>'),
  )
  expect(logo?.type).toBe('png')
  expect(logo?.bytes.toString('latin1')).not.toMatch(/place|script/)
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['words', Buffer.from('hello')],
  ['a web page', Buffer.from('<html><svg></svg></html>')],
  ['a GIF', Buffer.from('GIF89a')],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x3c, 0x73])],
])('%s is no logo', (_what, bytes) => {
  expect(cleanLogo(bytes)).toBeUndefined()
})

test('a picture that is cut off, too large or without any picture is none', () => {
  expect(png(size(9, 9), chunk('IDAT', Buffer.alloc(4)).subarray(0, 9))).toBeUndefined()
  expect(png(size(9000, 9), chunk('IDAT', Buffer.alloc(1)), chunk('IEND', Buffer.alloc(0)))).toBeUndefined()
  expect(png(size(9, 9), chunk('IEND', Buffer.alloc(0)))).toBeUndefined()
})
