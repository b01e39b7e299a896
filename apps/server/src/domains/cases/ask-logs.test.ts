import { createHmac } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ResolveAll } from '../../platform/outward-address.ts'
import { startLogServer } from '../../testkit/log-server.ts'
import { askLogs, type LookupOperator } from './ask-logs.ts'

let logs: Awaited<ReturnType<typeof startLogServer>>
let folder: string
beforeAll(async () => {
  logs = await startLogServer()
  folder = mkdtempSync(join(tmpdir(), 'clew-lookup-'))
})
afterAll(async () => {
  await logs.close()
  rmSync(folder, { recursive: true, force: true })
})

const now = new Date('2026-11-24T08:00:00Z')
const secret = 'a secret of the endpoint'
type More = { url?: string; timeoutMs?: number; operator?: Partial<LookupOperator> }
const ask = ({ url = logs.url, timeoutMs = 2000, operator = {} }: More = {}) =>
  askLogs({
    requestId: 'req_12345678',
    now,
    timeoutMs,
    endpoint: { url, secret },
    operator: { command: undefined, hosts: ['127.0.0.1'], ...operator },
  })
const failed = (failure: string, more: object = {}) => ({ state: 'failed', failure, ...more })

test('what the logs know comes back, asked with a signature over the moment and the body', async () => {
  logs.know({ at: '2026-11-24T09:48:12+02:00', method: 'POST', status: 500, errorCode: 'db_timeout', unheardOf: 1 })
  expect(await ask()).toEqual({
    state: 'found',
    record: {
      at: '2026-11-24T07:48:12.000Z',
      method: 'POST',
      status: 500,
      errorCode: 'db_timeout',
      notes: [],
      links: [],
    },
  })
  const [asked] = logs.asked
  expect(asked?.body).toBe('{"requestIds":["req_12345678"]}')
  const timestamp = String(now.getTime() / 1000)
  expect(asked?.headers['clew-timestamp']).toBe(timestamp)
  const hex = createHmac('sha256', secret).update(`${timestamp}.${asked?.body}`).digest('hex')
  expect(asked?.headers['clew-signature']).toBe(`v1=${hex}`)
})

test('an id that is not in the answer, or is said not to be found, is not found', async () => {
  logs.play((_, response) => void response.end('{"results":[{"requestId":"req_other"}]}'))
  expect(await ask()).toEqual({ state: 'not_found' })
  logs.know({ found: false })
  expect(await ask()).toEqual({ state: 'not_found' })
})

test('secrets in an answer are masked, unseen characters taken out, long text cut, odd links dropped', async () => {
  const key = `sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}`
  logs.know({
    errorMessage: `refused: Authorization: Bearer ${key} \u202Eabc\u0000`,
    path: `/v1/${'x'.repeat(900)}`,
    notes: [`password=hunter2horse`, ''],
    links: ['https://logs.product.example/r/1', 'javascript:alert(1)', 'file:///etc/passwd', 'no link'],
  })
  const outcome = await ask()
  const text = JSON.stringify(outcome)
  expect(text).not.toContain(key)
  expect(text).not.toContain('hunter2horse')
  expect(text).not.toMatch(/\\u0000|\u202E/)
  if (outcome.state !== 'found') throw new Error(text)
  expect(outcome.record.path?.length).toBeLessThanOrEqual(500)
  expect(outcome.record.links).toEqual(['https://logs.product.example/r/1'])
})

test.each([
  ['a redirect, even to a place that may be called', 'redirect', 302, { location: 'http://169.254.169.254/latest' }],
  ['a server error', 'status', 500, {}],
  ['a refusal', 'status', 401, {}],
] as const)('%s is a failure that is named', async (_, failure, status, headers) => {
  logs.play((__, response) => void response.writeHead(status, headers).end('{"results":[]}'))
  expect(await ask()).toEqual(failed(failure, failure === 'status' ? { status } : {}))
  expect(logs.asked).toHaveLength(1)
})

test.each([
  ['malformed', 'no JSON'],
  ['malformed', ''],
  ['wrong_shape', '[]'],
  ['wrong_shape', '{"results":[{"requestId":"req_12345678","status":"bad"}]}'],
  ['wrong_shape', '{"results":[{"requestId":"req_12345678","at":"yesterday"}]}'],
])('%s: %s', async (failure, body) => {
  logs.play((_, response) => void response.end(body))
  expect(await ask()).toEqual(failed(failure))
})

test('an answer that never comes, or comes in drops, is cut at the time', async () => {
  logs.play(() => undefined)
  expect(await ask({ timeoutMs: 150 })).toEqual(failed('timeout'))
  logs.play((_, response) => {
    const drops = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(drops))
  })
  expect(await ask({ timeoutMs: 150 })).toEqual(failed('timeout'))
})

test('more than 256 kB are not read', async () => {
  logs.play((_, response) => void response.end(`{"results":[],"more":"${'x'.repeat(300_000)}"}`))
  expect(await ask()).toEqual(failed('too_large'))
})

test('a dead endpoint is unreachable', async () => {
  expect(await ask({ url: 'http://127.0.0.1:1/' })).toEqual(failed('unreachable'))
})

test.each(['http://169.254.169.254/', 'http://metadata.google.internal/', 'https://10.0.0.1/', 'https://localhost/'])(
  '%s is not called when the operator allows nothing',
  async (url) => {
    expect(await ask({ url, operator: { hosts: [] } })).toEqual(failed('address'))
  },
)

test('a name that leads inside is refused at the moment of the call, whatever it led to before', async () => {
  const leads: string[] = ['127.0.0.1', '169.254.169.254', '10.0.0.5', '::1', '::ffff:10.0.0.5']
  const asked: string[] = []
  const resolve: ResolveAll = (hostname, _, callback) => {
    asked.push(hostname)
    const address = leads[asked.length - 1] ?? '127.0.0.1'
    callback(null, [{ address, family: address.includes(':') ? 6 : 4 }])
  }
  logs.know({})
  const url = `https://logs.product.example:${logs.port}/`
  for (const _ of leads) expect(await ask({ url, operator: { hosts: [], resolve } })).toEqual(failed('address'))
  expect(asked).toHaveLength(leads.length)
  expect(logs.asked).toHaveLength(0)
})

test('a host that the operator allows may be inside, but never a metadata address', async () => {
  const lead = (address: string): Partial<LookupOperator> => ({
    hosts: ['logs.internal'],
    resolve: (_, __, callback) => callback(null, [{ address, family: 4 }]),
  })
  logs.know({})
  const url = `http://logs.internal:${logs.port}/`
  expect(await ask({ url, operator: lead('127.0.0.1') })).toMatchObject({ state: 'found' })
  expect(await ask({ url, operator: lead('169.254.169.254') })).toEqual(failed('address'))
})

function program(source: string): [string, ...string[]] {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.mjs`)
  writeFileSync(file, source)
  return [process.execPath, file, '$(touch /tmp/never)', '; exit 1']
}
const run = (source: string, timeoutMs = 5000) => ask({ timeoutMs, operator: { command: program(source) } })

test('a command gets the id on its stdin, no shell, and none of our settings', async () => {
  const outcome = await run(`
    let text = ''
    for await (const piece of process.stdin) text += piece
    const { requestIds } = JSON.parse(text)
    const notes = [process.argv.slice(2).join('|'), Object.keys(process.env).sort().join()]
    console.log(JSON.stringify({ results: [{ requestId: requestIds[0], notes }] }))`)
  if (outcome.state !== 'found') throw new Error(JSON.stringify(outcome))
  expect(outcome.record.notes[0]).toBe('$(touch /tmp/never)|; exit 1')
  expect(outcome.record.notes[1]?.split(',').every((name) => /^(HOME|LANG|PATH|TZ|__.*)$/.test(name))).toBe(true)
})

test.each([
  ['exits with an error', 'process.exit(3)', 'command'],
  ['prints garbage', 'console.log("\\u0000 not JSON")', 'malformed'],
  ['prints too much', 'console.log("x".repeat(400000)); setInterval(() => {}, 1000)', 'too_large'],
])('a command that %s', async (_, source, failure) => {
  expect(await run(source)).toEqual(failed(failure))
})

test('a command that hangs is killed, and what it started too', async () => {
  const sign = join(folder, 'alive')
  const outcome = await run(
    `import { spawn } from 'node:child_process'
     const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
     ;(await import('node:fs')).writeFileSync(${JSON.stringify(sign)}, child.pid + ' ' + process.pid)
     setInterval(() => {}, 1000)`,
    1500,
  )
  expect(outcome).toEqual(failed('timeout'))
  const pids = readFileSync(sign, 'utf8').split(' ').map(Number)
  await expect.poll(() => pids.map(isAlive), { timeout: 3000 }).toEqual([false, false])
})

/** One that was killed and that nobody has taken note of yet is no longer alive. */
const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))

test('a command that is not there is a failure, and no crash', async () => {
  expect(await ask({ operator: { command: ['/no/such/program'] } })).toEqual(failed('command'))
})
