import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answerTo, eicar, startClamd, type TestClamd } from '../testkit/clamd.ts'
import { clamdScanner, ScannerError } from './clamd.ts'

let clamd: TestClamd
beforeEach(async () => {
  clamd = await startClamd({ maxBytes: 2_000_000 })
})
afterEach(() => clamd.stop())

const scan = (...pieces: (string | Buffer)[]) =>
  clamdScanner(clamd.address).scan(Readable.from(pieces.map((piece) => Buffer.from(piece))))

test('a file goes to the scanner as it is, and is clean when the scanner says so', async () => {
  const large = Buffer.alloc(1_500_000, 'γειά')
  expect(await scan(large.subarray(0, 700_001), large.subarray(700_001))).toEqual({ is: 'clean' })
  expect(clamd.seen[0]?.equals(large)).toBe(true)
})

test('what is found has its name, wherever in the file the pieces were cut', async () => {
  expect(await scan(`before ${eicar.slice(0, 20)}`, eicar.slice(20))).toEqual({
    is: 'infected',
    finding: 'Eicar-Test-Signature',
  })
})

test('a name is a line of plain characters', async () => {
  clamd.answer(() => `stream: <b>x</b>\n\u001b[31m${'y'.repeat(500)} FOUND`)
  const verdict = await scan('x').catch((error: unknown) => error)
  expect(verdict).toBeInstanceOf(ScannerError)
  clamd.answer(() => `stream: \u001b[31m${'y'.repeat(500)} FOUND`)
  expect(await scan('x')).toEqual({ is: 'infected', finding: `[31m${'y'.repeat(196)}` })
})

test('a file that the scanner does not take whole is not clean', async () => {
  expect(await scan(...Array.from({ length: 30 }, () => Buffer.alloc(100_000)))).toEqual({ is: 'unscannable' })
})

test.each([
  ['hangs up', async () => clamd.answer('hangs up')],
  ['is away', () => clamd.stop()],
  ['answers with something else', async () => clamd.answer(() => 'stream: Access denied. ERROR')],
  ['almost says that it is clean', async () => clamd.answer((bytes) => `${answerTo(bytes)}ISH`)],
])('of a scanner that %s nobody learns that a file is clean', async (_what, arrange) => {
  await arrange()
  await expect(scan('x')).rejects.toThrow(ScannerError)
  await clamd.stop()
  await clamd.start()
})

test('a file that cannot be read is no answer either', async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('x')
      throw new Error('the disk is gone')
    })(),
  )
  await expect(clamdScanner(clamd.address).scan(broken)).rejects.toThrow('the disk is gone')
})

test('it is asked by a socket of this machine as well', async () => {
  const local = await startClamd({ path: join(mkdtempSync(join(tmpdir(), 'clew-clamd-')), 'clamd.ctl') })
  try {
    expect(await clamdScanner(local.address).scan(Readable.from([Buffer.from(eicar)]))).toMatchObject({
      is: 'infected',
    })
  } finally {
    await local.stop()
  }
})
