import { connect, type Socket } from 'node:net'

export type Answer = { status: number; head: string; body: Buffer; ms: number }

export type Request = {
  method?: 'GET' | 'POST' | 'PATCH'
  path: string
  headers?: Readonly<Record<string, string>>
  body?: unknown
}

/**
 * One connection that is kept, one request at a time (RFC 9112). It does next to nothing, so that on a machine it shares
 * with the server little of what is measured is its own.
 */
export class SocketClient {
  readonly #socket: Socket
  readonly #host: string
  #unread: Buffer = Buffer.alloc(0)
  #waiting: { startedAt: number; resolve(answer: Answer): void; reject(error: Error): void } | undefined

  private constructor(socket: Socket, host: string) {
    this.#socket = socket
    this.#host = host
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => this.#fail(new Error('the server closed the connection')))
  }

  static open(port: number): Promise<SocketClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      socket.once('error', reject)
      socket.once('connect', () => {
        socket.off('error', reject)
        resolve(new SocketClient(socket, `localhost:${port}`))
      })
    })
  }

  send({ method = 'GET', path, headers = {}, body }: Request): Promise<Answer> {
    const payload = body === undefined ? '' : JSON.stringify(body)
    const lines = [`${method} ${path} HTTP/1.1`, `host: ${this.#host}`]
    for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
    if (body !== undefined)
      lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(payload)}`)
    return new Promise((resolve, reject) => {
      if (this.#waiting) throw new Error('one request at a time')
      this.#waiting = { startedAt: performance.now(), resolve, reject }
      this.#socket.write(`${lines.join('\r\n')}\r\n\r\n${payload}`)
    })
  }

  close(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk])
    const end = this.#unread.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#unread.toString('latin1', 0, end)
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
    if (/^transfer-encoding:/im.test(head)) return this.#fail(new Error('an answer in chunks'))
    const bodyStart = end + 4
    if (this.#unread.length < bodyStart + length) return
    const body = this.#unread.subarray(bodyStart, bodyStart + length)
    this.#unread = this.#unread.subarray(bodyStart + length)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve({ status: Number(head.slice(9, 12)), head, body, ms: performance.now() - waiting.startedAt })
  }

  #fail(error: Error): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.reject(error)
  }
}

/** The answer, if its status is one of those expected. */
export function expectStatus(answer: Answer, ...statuses: number[]): Answer {
  if (statuses.includes(answer.status)) return answer
  throw new Error(`answered ${answer.status}: ${answer.body.toString('utf8').slice(0, 300)}`)
}

/** Runs `work` on each of `count` connections at once, until each is done. */
export async function withClients<T>(
  port: number,
  count: number,
  work: (client: SocketClient, index: number) => Promise<T>,
): Promise<T[]> {
  const clients = await Promise.all(Array.from({ length: count }, () => SocketClient.open(port)))
  try {
    return await Promise.all(clients.map(work))
  } finally {
    for (const client of clients) client.close()
  }
}
