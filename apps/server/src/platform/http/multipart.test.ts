import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundaryOf, readParts } from './multipart.ts'

type Given = { name: string; fileName?: string; body: Buffer }

const written = (parts: readonly Given[], boundary = 'xYz'): Buffer =>
  Buffer.concat([
    ...parts.flatMap(({ name, fileName, body }) => [
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: text/plain`}\r\n\r\n`,
      ),
      body,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ])

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function readAll(source: AsyncIterable<Buffer>, most = 1e6, boundary = 'xYz') {
  const found: { name: string; fileName: string | undefined; body: Buffer }[] = []
  for await (const { name, fileName, body } of readParts(source, boundary, most)) {
    const pieces: Buffer[] = []
    for await (const piece of body) pieces.push(Buffer.from(piece))
    found.push({ name, fileName, body: Buffer.concat(pieces) })
  }
  return found
}

test('whatever the pieces it comes in, a form is read as it was written', async () => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom('\r\n--xY', '\r\n--xYz'.slice(0, -1), '--xYz', '\r\n\r\n', '').map((text) => Buffer.from(text)),
  )
  const part = fc.record({
    name: fc.constantFrom('a', 'b'),
    fileName: fc.option(fc.constantFrom('x.har', ''), { nil: undefined }),
    body,
  })
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 4 }), fc.integer({ min: 1, max: 50 }), async (parts, size) => {
      const given = parts.map(({ fileName, ...rest }) => ({ ...rest, ...(fileName === undefined ? {} : { fileName }) }))
      const read = await readAll(inPieces(written(given), size))
      expect(read).toEqual(given.map((each) => ({ fileName: undefined, ...each })))
    }),
  )
})

test('a part that nobody reads is passed over', async () => {
  const names: string[] = []
  const form = written([
    { name: 'file', fileName: 'a', body: Buffer.alloc(5000, 1) },
    { name: 'after', body: Buffer.from('x') },
  ])
  for await (const { name } of readParts(inPieces(form, 64), 'xYz', 1e6)) names.push(name)
  expect(names).toEqual(['file', 'after'])
})

test.each([
  ['cut off', written([{ name: 'a', body: Buffer.from('x') }]).subarray(0, 60)],
  ['without an end', Buffer.from('--xYz\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n')],
  ['without a name', Buffer.from('--xYz\r\nContent-Type: text/plain\r\n\r\nx\r\n--xYz--\r\n')],
  ['nothing', Buffer.alloc(0)],
  ['with a header that never ends', Buffer.concat([Buffer.from('--xYz\r\n'), Buffer.alloc(20_000, 'a')])],
])('a form that is %s is refused', async (_name, bytes) => {
  await expect(readAll(inPieces(bytes, 100))).rejects.toMatchObject({ code: 'input.invalid' })
})

test('one that is too long is refused before it is all there', async () => {
  const endless = (async function* () {
    yield Buffer.from('--xYz\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n')
    for (;;) yield Buffer.alloc(1000)
  })()
  await expect(readAll(endless, 50_000)).rejects.toMatchObject({ code: 'input.too_large' })
})

test('the boundary is read with and without quotation marks', () => {
  expect(boundaryOf('multipart/form-data; boundary=----WebKit1')).toBe('----WebKit1')
  expect(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b"')).toBe('a b')
  expect(boundaryOf('application/json')).toBeUndefined()
})
