import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as otherWork } from 'node:timers/promises'

/** Where clamd listens: a port, or a socket of this machine. */
export type ClamdAddress = { host: string; port: number } | { path: string }

/** What a scanner says of a file. `unscannable`: it is larger than the scanner takes. */
export type Verdict = { is: 'clean' } | { is: 'infected'; finding: string } | { is: 'unscannable' }

export type Scanner = { scan(body: AsyncIterable<Uint8Array>): Promise<Verdict> }

/** The scanner cannot be reached or answers nothing of use: nobody knows yet what is in the file. */
export class ScannerError extends Error {
  override readonly name = 'ScannerError'
}

const silenceMs = 120_000
const maxChunkBytes = 256 * 1024
const maxAnswerBytes = 4096

/** ClamAV's daemon, or whatever speaks its protocol: one connection a file, `INSTREAM` with pieces after their length. */
export const clamdScanner = (address: ClamdAddress): Scanner => ({
  scan: async (body) => {
    // It ends its side as soon as it has had enough; what it said before that must still be read.
    const socket = connect({ ...address, timeout: silenceMs, allowHalfOpen: true })
    const answer = answerOf(socket)
    // It may come while the file is still being sent: when that is too large.
    answer.catch(() => undefined)
    try {
      await Promise.race([pipeline(Readable.from(framed(body)), socket, { end: false }), answer])
      return verdictIn(await answer)
    } finally {
      socket.destroy()
    }
  },
})

async function* framed(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  yield Buffer.from('zINSTREAM\0')
  for await (const piece of body) {
    for (let start = 0; start < piece.length; start += maxChunkBytes) {
      const chunk = piece.subarray(start, start + maxChunkBytes)
      yield lengthOf(chunk.length)
      yield Buffer.from(chunk)
      // An answer that is there is read before more is written to somebody who may have closed.
      await otherWork()
    }
  }
  yield lengthOf(0)
}

function lengthOf(count: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(count)
  return bytes
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = (why: string, cause?: unknown): void => reject(new ScannerError(why, { cause }))
    socket.on('data', (bytes: Buffer) => {
      said += bytes.toString('latin1')
      const end = said.indexOf('\0')
      if (end >= 0) resolve(said.slice(0, end))
      else if (said.length > maxAnswerBytes) fail('the scanner says too much')
    })
    socket.on('timeout', () => {
      fail('the scanner does not answer')
      socket.destroy()
    })
    socket.on('error', (error) => fail('the scanner cannot be reached', error))
    for (const end of ['end', 'close']) socket.on(end, () => fail('the scanner hung up'))
  })
}

function verdictIn(answer: string): Verdict {
  if (answer === 'stream: OK') return { is: 'clean' }
  const finding = /^stream: (.+) FOUND$/.exec(answer)?.[1]
  if (finding !== undefined) return { is: 'infected', finding: finding.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 200) }
  if (/size limit exceeded/i.test(answer)) return { is: 'unscannable' }
  throw new ScannerError(`the scanner answers: ${answer.slice(0, 200)}`)
}
