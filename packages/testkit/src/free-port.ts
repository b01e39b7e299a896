import { createServer } from 'node:net'

// Below the ports that systems give to connections on their way out (RFC 6335 calls those dynamic), of which one may be
// taken at any moment until a server has prepared its database and listens.
const [first, last] = [20_000, 29_999]
let next = first + ((process.pid * 7) % 8_000)

/** A port of this machine that nobody listens on; each is given once. */
export async function freePort(): Promise<number> {
  const port = next
  next = port === last ? first : port + 1
  return (await isFree(port)) ? port : freePort()
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
