import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { cannotListen } from './listen-problem.ts'
import { ConfigError } from './platform/config.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** What a real attempt to listen there ends with; the port when it works. */
const attempt = (where: { host: string; port: number }): Promise<unknown> =>
  new Promise((resolve) => {
    const server = createServer()
    servers.push(server)
    server.once('error', (error) => resolve(cannotListen(error, where)))
    server.listen(where, () => resolve((server.address() as { port: number }).port))
  })

test.each([
  ['203.0.113.9', /^HOST is 203\.0\.113\.9, which is no address of this machine \(EADDRNOTAVAIL\)\.$/],
  ['nowhere.invalid', /^HOST is nowhere\.invalid, which is no address of this machine \(E[A-Z_]+\)\.$/],
])('%s is no address of this machine', async (host, sentence) => {
  const error = await attempt({ host, port: 0 })
  expect(error).toBeInstanceOf(ConfigError)
  expect(String((error as Error).message)).toMatch(sentence)
})

test('a port that somebody has is told', async () => {
  const port = Number(await attempt({ host: '127.0.0.1', port: 0 }))
  expect(await attempt({ host: '127.0.0.1', port })).toMatchObject({
    name: 'ConfigError',
    message: expect.stringContaining(`Port ${port} is taken`),
  })
})

test('what is no matter of listening stays what it is', () => {
  const defect = new TypeError('x is not a function')
  expect(cannotListen(defect, { host: '127.0.0.1', port: 3000 })).toBe(defect)
})
