import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { ClewError } from '@clew/client/http'
import type { Message, StartedConversation } from '@clew/contract/conversations'
import { freePort } from '@clew/testkit/free-port'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Installation, install, serve } from './installation.ts'
import { makeContact } from './people.ts'

const buildScript = path.join(import.meta.dirname, '../../../scripts/run/build.mjs')

let folder: string
const installations: Installation[] = []

beforeAll(() => {
  execFileSync(process.execPath, [
    '--eval',
    `import(process.argv[1]).then(({ build }) => build(['server']))`,
    buildScript,
  ])
  folder = mkdtempSync(path.join(os.tmpdir(), 'clew-start-'))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeEach(() => {
  installations.length = 0
})
afterEach(async () => {
  for (const each of installations) await each.remove()
})

/** A start that is expected to end by itself. */
async function startAndEnd(env: Record<string, string>): Promise<{ code: number | null; stderr: string }> {
  const child = serve(env)
  const stderr = child.stderr ? text(child.stderr) : ''
  child.stdout?.resume()
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, stderr: await stderr }
}

const oneSentence = (words: RegExp) => expect.stringMatching(new RegExp(`^(?=.*${words.source})[^\\n]+\\.\\n$`))

async function running(): Promise<Installation> {
  const installation = await install('embedded', { CLEW_RATE_LIMIT: '100000' })
  installations.push(installation)
  await installation.start()
  return installation
}

test.each([
  [{ PORT: 'eighty' }, /PORT/],
  [{ CLEW_SMTP_URL: 'mail.example.com' }, /CLEW_SMTP_URL must start with smtp/],
  [{ CLEW_BASE_URL: 'help' }, /CLEW_BASE_URL/],
  [{ CLEW_TLS_CERT: '/nowhere/cert.pem', CLEW_TLS_KEY: '/nowhere/key.pem' }, /\/nowhere\/cert\.pem/],
  [{ CLEW_FILES_URL: 'ftp://files.example' }, /CLEW_FILES_URL/],
])('a setting that cannot be used ends the start with one sentence and code 2: %j', async (settings, words) => {
  const dataDir = path.join(folder, 'untouched')
  const { code, stderr } = await startAndEnd({ ...settings, CLEW_DATA_DIR: dataDir })
  expect({ code, stderr }).toEqual({ code: 2, stderr: oneSentence(words) })
  expect(existsSync(dataDir)).toBe(false)
})

test('a database that cannot be reached ends the start with one sentence and code 2', async () => {
  const port = await freePort()
  const outcome = await startAndEnd({
    DATABASE_URL: `postgres://clew:secret-word@127.0.0.1:${port}/clew`,
    CLEW_DATA_DIR: path.join(folder, 'unreached'),
  })
  expect(outcome).toEqual({ code: 2, stderr: oneSentence(/DATABASE_URL/) })
  expect(outcome.stderr).not.toContain('secret-word')
})

test('a second start on the same data folder ends with one sentence and code 2, and does not disturb the first', async () => {
  const first = await running()
  const outcome = await startAndEnd({ PORT: '0', CLEW_DATA_DIR: first.dataDir })
  expect(outcome).toEqual({ code: 2, stderr: oneSentence(/Another Clew \(process \d+\)/) })
  const ready = await fetch(`${first.baseUrl}/health/ready`)
  expect(ready.status).toBe(200)
})

test('a port that is taken ends the start with one sentence and code 2, and leaves nothing running', async () => {
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const address = squatter.address()
  const port = String(typeof address === 'object' ? address?.port : 0)
  const dataDir = mkdtempSync(path.join(folder, 'port-'))
  try {
    const outcome = await startAndEnd({ PORT: port, CLEW_DATA_DIR: dataDir })
    expect(outcome).toEqual({ code: 2, stderr: oneSentence(new RegExp(`Port ${port}`)) })
  } finally {
    squatter.close()
  }
  expect(existsSync(path.join(dataDir, 'pg/postmaster.pid'))).toBe(false)
  expect(existsSync(path.join(dataDir, 'clew.lock'))).toBe(false)
})

test('SIGTERM under load: what was acknowledged is stored, streams are closed, and the end is in good order', async () => {
  const installation = await running()
  const contacts = await Promise.all(
    Array.from({ length: 12 }, (_, i) => makeContact(installation.baseUrl, `contact ${i}`)),
  )
  const [listener] = contacts
  const stream = await listener?.http.open('GET', '/widget/stream')
  const streamEnded = stream?.text()
  const acknowledged: string[] = []
  const writers = contacts.map(async ({ http }) => {
    const first = { clientConversationId: randomUUID(), clientMessageId: randomUUID(), body: 'one', locale: 'en' }
    const { conversation } = await http.request<StartedConversation>('POST', '/widget/conversations', { body: first })
    for (;;) {
      const body = { clientMessageId: randomUUID(), body: 'and another' }
      try {
        acknowledged.push(
          (await http.request<Message>('POST', `/widget/conversations/${conversation.id}/messages`, { body })).id,
        )
      } catch (error) {
        return error
      }
    }
  })
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(100)
  const { code, ms } = await installation.terminate()
  expect(code).toBe(0)
  // It takes a second or two. What waited for the streams or the connections of others would wait for a minute at least.
  expect(ms).toBeLessThan(30_000)
  expect(await streamEnded).toContain('event: ready')
  for (const error of await Promise.all(writers))
    expect(error).toSatisfy((each) => each instanceof ClewError && each.isTemporary)

  await installation.start()
  const rows = await installation.query('SELECT id FROM messages')
  const stored = new Set(rows.map(({ id }) => id))
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([])
}, 90_000)
