import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** The test file of the antivirus makers (eicar.org); in two parts, so that this file is not taken for it. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

export type TestClamd = Awaited<ReturnType<typeof startClamd>>

/**
 * A server that speaks clamd's protocol as its manual says it (`man clamd`: INSTREAM), and finds the test file wherever
 * it stands. It is switched off and on again on the same port.
 */
export async function startClamd(options: { maxBytes?: number; path?: string } = {}) {
  const { maxBytes = 100_000_000 } = options
  const seen: Buffer[] = []
  const open = new Set<Socket>()
  let answers: ((stream: Buffer) => string) | 'hangs up' | 'is silent' = answerTo
  let server: Server | undefined
  const listen = async (at: { port: number } | { path: string }): Promise<number> => {
    server = createServer((socket) => {
      open.add(socket)
      socket.on('close', () => open.delete(socket))
      socket.on('error', () => undefined)
      if (answers === 'hangs up') return void socket.destroy()
      const say = typeof answers === 'function' ? answers : undefined
      serve(socket, { maxBytes, whole: (stream) => (seen.push(stream), say?.(stream)) })
    })
    server.listen({ host: '127.0.0.1', ...at })
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address ? address.port : 0
  }
  const stop = async (): Promise<void> => {
    for (const socket of open) socket.destroy()
    const closed = server && once(server, 'close')
    server?.close()
    await closed
    server = undefined
  }
  const port = await listen(options.path === undefined ? { port: 0 } : { path: options.path })
  return {
    address: options.path === undefined ? { host: '127.0.0.1', port } : { path: options.path },
    /** What it was asked about. */
    seen,
    answer: (how: typeof answers) => {
      answers = how
    },
    stop,
    start: () => listen(options.path === undefined ? { port } : { path: options.path }),
  }
}

export const answerTo = (stream: Buffer): string =>
  stream.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK'

type Conversation = { maxBytes: number; whole(stream: Buffer): string | undefined }

/** `zINSTREAM\0`, then each piece after its length in four bytes, the most significant first; a length of 0 ends it. */
function serve(socket: Socket, { maxBytes, whole }: Conversation): void {
  const command = Buffer.from('zINSTREAM\0')
  const pieces: Buffer[] = []
  let size = 0
  let pending = Buffer.alloc(0)
  let isBegun = false
  const say = (text: string | undefined): void => {
    if (text !== undefined && !socket.writableEnded) socket.end(`${text}\0`)
  }
  socket.on('data', (bytes: Buffer) => {
    pending = Buffer.concat([pending, bytes])
    if (!isBegun) {
      if (pending.length < command.length) return
      if (!pending.subarray(0, command.length).equals(command)) return say('UNKNOWN COMMAND')
      pending = pending.subarray(command.length)
      isBegun = true
    }
    while (pending.length >= 4) {
      const length = pending.readUInt32BE(0)
      if (length === 0) return say(whole(Buffer.concat(pieces)))
      if (pending.length < 4 + length) return
      pieces.push(pending.subarray(4, 4 + length))
      pending = pending.subarray(4 + length)
      size += length
      if (size > maxBytes) return say('INSTREAM size limit exceeded. ERROR')
    }
  })
}
