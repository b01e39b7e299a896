import { spawn } from 'node:child_process'

export type PlainServer = { port: number; pid: number; close(): void }

const program = `
  const { headers, body } = JSON.parse(process.argv[1])
  const bytes = Buffer.from(body, 'base64')
  const server = require('node:http').createServer((request, response) => response.writeHead(200, headers).end(bytes))
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))`

/** What Node itself needs to answer with the same bytes and headers, in a process of its own. */
export function plainServer(answer: { head: string; body: Buffer }): Promise<PlainServer> {
  const headers = Object.fromEntries(
    answer.head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()])
      .filter(([name]) => !/^(date|connection|keep-alive)$/i.test(name ?? '')),
  )
  const input = JSON.stringify({ headers, body: answer.body.toString('base64') })
  const child = spawn(process.execPath, ['-e', program, input], { stdio: ['ignore', 'pipe', 'inherit'] })
  process.once('exit', () => child.kill())
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.stdout
      .setEncoding('utf8')
      .once('data', (text: string) =>
        resolve({ port: Number(text), pid: child.pid ?? 0, close: () => void child.kill() }),
      )
  })
}
