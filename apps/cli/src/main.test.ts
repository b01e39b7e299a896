import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { run } from './main.ts'

const secret = 'k3v9Qz7LmP2xT5wR8nB4'
const recording = {
  log: {
    version: '1.2',
    creator: { name: 'x', version: '1' },
    entries: [
      {
        startedDateTime: '2026-11-24T09:00:00.000Z',
        time: 120,
        request: {
          method: 'POST',
          url: 'https://app.northlight.example/api/files',
          httpVersion: 'HTTP/1.1',
          headers: [{ name: 'Authorization', value: `Bearer ${secret}` }],
          cookies: [{ name: 'sid', value: secret }],
          queryString: [],
          headersSize: 1,
          bodySize: 24_600_000,
          postData: { mimeType: 'multipart/form-data; boundary=x', text: '' },
        },
        response: {
          status: 413,
          statusText: 'Payload Too Large',
          httpVersion: 'HTTP/1.1',
          headers: [{ name: 'x-request-id', value: 'req_kQPO6VHW6xOIJtGU' }],
          cookies: [],
          content: { size: 0, mimeType: 'application/json' },
          redirectURL: '',
          headersSize: 1,
          bodySize: 0,
        },
        cache: {},
        timings: { send: 1, wait: 100, receive: 19 },
      },
    ],
  },
}

class Collected extends Writable {
  text = ''
  isTTY = false
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString('utf8')
    done()
  }
}

function terminal(env: Record<string, string> = {}, isTTY = false) {
  const io = { stdin: Readable.from([]), stdout: new Collected(), stderr: new Collected(), env }
  io.stderr.isTTY = isTTY
  return io
}

describe('clew har', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'clew-cli-'))
    file = join(folder, 'session.har')
    writeFileSync(file, JSON.stringify(recording))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('sanitize writes a copy without the secrets beside the recording', async () => {
    const io = terminal()
    expect(await run(['har', 'sanitize', file, '--report'], io)).toBe(0)
    const clean = readFileSync(join(folder, 'session.clean.har'), 'utf8')
    expect(clean).not.toContain(secret)
    expect(clean).toContain('req_kQPO6VHW6xOIJtGU')
    expect(io.stdout.text).toContain('Sign-in tokens')
    expect(io.stdout.text).not.toContain(secret)
    expect(io.stderr.text).toBe('')
    expect(readdirSync(folder).sort()).toEqual(['session.clean.har', 'session.har'])
  })

  test('a dash sends the copy to standard output and the talk elsewhere', async () => {
    const io = terminal()
    expect(await run(['har', 'sanitize', file, '-o', '-'], io)).toBe(0)
    expect(JSON.parse(io.stdout.text).log.entries).toHaveLength(1)
    expect(io.stderr.text).toContain('1 request cleaned')
  })

  test('a person who watches sees the progress, and a log does not', async () => {
    const io = terminal({}, true)
    await run(['har', 'sanitize', file], io)
    expect(io.stderr.text).toContain('Checking: 100 %')
    expect(io.stderr.text.endsWith('\r\u001b[K')).toBe(true)
  })

  test.each([
    ['not JSON', 'GIF89a'],
    ['JSON of something else', '{"a":1}'],
    ['nothing', ''],
  ])('%s is refused with 3, and leaves no file', async (_what, content) => {
    writeFileSync(file, content)
    const io = terminal()
    expect(await run(['har', 'sanitize', file], io)).toBe(3)
    expect(io.stderr.text).toContain('session.har')
    expect(io.stderr.text).not.toContain('cli.')
    expect(readdirSync(folder)).toEqual(['session.har'])
    expect(await run(['har', 'analyse', file], io)).toBe(3)
  })

  test('a recording is never overwritten by its copy, by whatever name', async () => {
    const io = terminal()
    expect(await run(['har', 'sanitize', file, '-o', join(folder, '.', 'session.har')], io)).toBe(2)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(recording)
  })

  test('analyse names the cause and the request, and warns of what is not clean', async () => {
    const io = terminal()
    expect(await run(['har', 'analyse', file], io)).toBe(0)
    expect(io.stdout.text).toMatch(/High {2}too-large\n.*413.*req_kQPO6VHW6xOIJtGU/)
    expect(io.stderr.text).toContain('Run clew har sanitize before you share it')
  })
})

describe('clew', () => {
  test('without a command it says what there is', async () => {
    const io = terminal()
    expect(await run([], io)).toBe(0)
    expect(io.stdout.text).toContain('har sanitize')
  })

  test('a wrong command is answered with 2 on standard error', async () => {
    const io = terminal()
    expect(await run(['srve'], io)).toBe(2)
    expect(io.stderr.text).toContain('srve')
    expect(io.stdout.text).toBe('')
  })

  test('the committed program says in one sentence that nothing is built', () => {
    const root = mkdtempSync(join(tmpdir(), 'clew-bin-'))
    try {
      const catalogues = 'packages/i18n/catalogues'
      const repository = join(import.meta.dirname, '../../..')
      mkdirSync(join(root, 'apps/cli/bin'), { recursive: true })
      writeFileSync(join(root, 'package.json'), '{"type":"module"}')
      cpSync(join(repository, 'apps/cli/bin/clew.js'), join(root, 'apps/cli/bin/clew.js'))
      for (const name of ['cli.en.json', 'cli.el.json'])
        cpSync(join(repository, catalogues, name), join(root, catalogues, name))
      const program = join(root, 'apps/cli/bin/clew.js')
      const { status, stderr } = spawnSync(process.execPath, [program, 'serve'], {
        encoding: 'utf8',
        env: { LANG: 'C' },
      })
      expect(status).toBe(2)
      expect(stderr).toBe('Clew is not built yet. Run npm run build, or npm start.\n')
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  })
})
