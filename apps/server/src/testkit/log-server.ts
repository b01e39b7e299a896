import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type AskedLogs = { ids: string[]; body: string; headers: IncomingMessage['headers'] }
type Script = (asked: AskedLogs, response: ServerResponse) => void

/** The logs of a product on this machine, which answer as a test tells them to. */
export async function startLogServer() {
  const asked: AskedLogs[] = []
  const state: { script: Script } = { script: (_, response) => void response.end('{"results":[]}') }
  const server = createServer((request, response) => {
    void read(request).then(
      (body) => {
        const one = { ids: (JSON.parse(body) as { requestIds: string[] }).requestIds, body, headers: request.headers }
        asked.push(one)
        state.script(one, response)
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${port}/lookup`,
    port,
    asked,
    play(script: Script): void {
      state.script = script
      asked.length = 0
    },
    /** Knows every id, and says this of each. */
    know(record: object): void {
      this.play(({ ids }, response) => {
        response.end(JSON.stringify({ results: ids.map((requestId) => ({ requestId, found: true, ...record })) }))
      })
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function read(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request.setEncoding('utf8')) text += piece
  return text
}
