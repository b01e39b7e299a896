import { connect, createServer, type Socket } from 'node:net'
import { listen } from './ports.ts'

/** Stands between every browser and Clew, and keeps each byte that was sent to Clew. */
export type Wire = {
  port: number
  /** Everything sent so far, as it went over the wire: addresses, headers, bodies. */
  sent(): Buffer
  /** Method and address of every request: each begins a piece of its own, since a browser waits for the answer before. */
  requests(): string[]
  close(): Promise<void>
}

const requestLine = /^((?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/\S*) HTTP\/1\.1\r\n/

export async function openWire(target: number): Promise<Wire> {
  const chunks: Buffer[] = []
  const open = new Set<Socket>()
  const server = createServer((browser) => {
    const clew = connect(target, '127.0.0.1')
    for (const [socket, other] of [
      [browser, clew],
      [clew, browser],
    ] as const) {
      open.add(socket)
      // A server that was killed, a tab that was closed: the other end hears of it and nobody else.
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        open.delete(socket)
        other.end()
      })
    }
    browser.on('data', (chunk: Buffer) => chunks.push(chunk))
    browser.pipe(clew).pipe(browser)
  })
  const port = await listen(server)
  return {
    port,
    sent: () => Buffer.concat(chunks),
    requests: () => chunks.flatMap((chunk) => requestLine.exec(chunk.toString('latin1'))?.[1] ?? []),
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
