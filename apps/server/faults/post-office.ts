import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'

export type PostOffice = {
  url: string
  /** How often each mail arrived, by its Message-ID. */
  arrived: ReadonlyMap<string, number>
  close(): Promise<void>
}

/** A mail server that outlives the product and counts. It takes its time, so that a kill may fall in the middle. */
export async function openPostOffice(delayMs: number): Promise<PostOffice> {
  const arrived = new Map<string, number>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const mail = Buffer.concat(chunks).toString('utf8')
        setTimeout(() => {
          const id = /^message-id:\s*<([^@>]+)@/im.exec(mail)?.[1] ?? 'none'
          arrived.set(id, (arrived.get(id) ?? 0) + 1)
          done()
        }, delayMs)
      })
    },
  })
  // A sender that is killed breaks its connection: that is what we are here for.
  server.on('error', () => undefined)
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
