import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable, Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Io } from '../io.ts'
import { run } from '../main.ts'

const secret = 'k3v9Qz7LmP2xT5wR8nB4'
const host = 'app.northlight.example'

type Parts = { status?: number; url?: string; ms?: number; at?: string }

function entry({
  status = 200,
  url = `https://${host}/api/files`,
  ms = 120,
  at = '2026-11-24T09:00:00.000Z',
}: Parts = {}) {
  const common = { httpVersion: 'HTTP/1.1', cookies: [], headersSize: -1 }
  return {
    startedDateTime: at,
    time: ms,
    request: {
      ...common,
      method: 'POST',
      url,
      headers: [{ name: 'Authorization', value: `Bearer ${secret}` }],
      queryString: [],
      bodySize: 24_600_000,
      postData: { mimeType: 'multipart/form-data; boundary=x', text: '' },
    },
    response: {
      ...common,
      status,
      statusText: '',
      headers: [{ name: 'x-request-id', value: 'req_kQPO6VHW6xOIJtGU' }],
      content: { size: 0, mimeType: 'application/json' },
      redirectURL: '',
      bodySize: 1_536,
    },
    cache: {},
    timings: { send: 1, wait: ms - 20, receive: 19 },
  }
}

const har = (...entries: object[]) => ({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries } })
const refused = JSON.stringify(har(entry({ status: 413 })), null, 2)

class Collected extends Writable {
  text = ''
  isTTY = false
  columns = 100
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString('utf8')
    done()
  }
}

type Terminal = Io & { stdout: Collected; stderr: Collected }

function terminal(
  given: { env?: Record<string, string>; isTTY?: boolean; stdin?: string; signal?: AbortSignal } = {},
): Terminal {
  const { env = {}, isTTY = false, stdin = '', signal } = given
  const io = { stdin: Readable.from([Buffer.from(stdin)]), stdout: new Collected(), stderr: new Collected(), env }
  io.stdout.isTTY = io.stderr.isTTY = isTTY
  return signal === undefined ? io : { ...io, signal }
}

/** Runs `clew har …` and gives what came out. */
async function clew(args: readonly string[], io = terminal()) {
  const code = await run(['har', ...args], io)
  return { code, out: io.stdout.text, err: io.stderr.text }
}

let folder: string
const file = (name: string, content: string | object = refused): string => {
  const full = path.join(folder, name)
  mkdirSync(path.dirname(full), { recursive: true })
  writeFileSync(full, typeof content === 'string' ? content : JSON.stringify(content))
  return full
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'clew-cli-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('how it is called', () => {
  test.each(['sanitize', 'sanitise', 'analyze', 'analyse', 'validate', 'view', 'diff'])(
    '%s has a help',
    async (verb) => {
      const { code, out, err } = await clew([verb, '--help'])
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toContain('--json')
      expect((await clew([verb, '--help', '--lang', 'el'])).out).toContain(
        'ΑΡΧΕΙΟ'.slice(0, 3) === 'ΑΡΧ' && verb === 'diff' ? 'ΠΡΙΝ' : 'ΑΡΧΕΙΟ',
      )
    },
  )

  test('without a verb it says what there is, and that this was wrong', async () => {
    expect(await clew([])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('sanitize') })
    expect(await clew(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes') })
  })

  test.each([
    [['burn', 'a.har'], 'There is no clew har burn'],
    [['analyze'], 'Name a file'],
    [['analyze', 'a.har', '--jsn'], 'Did you mean --json?'],
    [['analyze', 'a.har', '--purple'], 'There is no option --purple'],
    [['analyze', 'a.har', '--format', 'xml'], 'text, json, sarif'],
    [['analyze', 'a.har', '--format', 'sarif', '--json'], 'contradict'],
    [['analyze', 'a.har', '--fail-on', 'worst'], 'high, medium, low'],
    [['analyze', 'a.har', '--reported-at', 'yesterday'], 'needs a time'],
    [['validate', 'a.har', '--max', 'many'], 'whole number'],
    [['sanitize', 'a.har', '--policy', 'lax'], 'standard, strict'],
    [['sanitize', 'a.har', '--out'], '--out'],
    [['sanitize', 'a.har', 'b.har', '-o', '-'], 'standard output'],
    [['view', 'a.har', '--status', 'bad'], '400-499'],
    [['view', 'a.har', '--type', 'movie'], 'script'],
    [['diff', 'a.har'], 'two files'],
    [['diff', '-', '-'], 'only once'],
    [['view', 'a.har', '--lang', 'fr'], 'en, el'],
    [['view', 'nothing-*.har'], 'No file matches'],
  ])('%j is answered with 2 and what to do', async (args, says) => {
    const { code, out, err } = await clew(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(says)
    expect(err).not.toContain('cli.')
  })

  test('the language is that of the terminal, or the one asked for', async () => {
    const name = file('a.har')
    expect((await clew(['analyze', name], terminal({ env: { LANG: 'el_GR.UTF-8' } }))).out).toContain('1 αίτημα')
    expect((await clew(['analyze', name, '--lang', 'en'], terminal({ env: { LANG: 'el_GR.UTF-8' } }))).out).toContain(
      '1 request',
    )
    expect((await clew(['brun', '--lang=el'])).err).toContain('Δεν υπάρχει')
  })
})

describe('files', () => {
  test('that are missing, or folders, or no HAR are named, and the others are still read: 3', async () => {
    const good = file('good.har')
    const { code, out, err } = await clew([
      'analyze',
      path.join(folder, 'none.har'),
      folder,
      file('a.gif', 'GIF89a'),
      good,
    ])
    expect(code).toBe(3)
    expect(err).toContain('none.har does not exist')
    expect(err).toContain(`${folder} is a folder`)
    expect(err).toContain('a.gif is not a HAR file')
    expect(out).toContain('too-large')
  })

  test('come by patterns that the shell did not expand', async () => {
    for (const name of ['a/1.har', 'a/b/2.har', 'c/3.har', 'c/3.txt', '.hidden/4.har']) file(name)
    const listed = async (pattern: string) => {
      const { files } = JSON.parse((await clew(['view', path.join(folder, pattern), '--json'])).out)
      return files.map((one: { file: string }) => path.relative(folder, one.file).replaceAll(path.sep, '/'))
    }
    expect(await listed('**/*.har')).toEqual(['a/1.har', 'a/b/2.har', 'c/3.har'])
    expect(await listed('?/[0-9].har')).toEqual(['a/1.har', 'c/3.har'])
    expect(await listed('{a,c}/*.{har,txt}')).toEqual(['a/1.har', 'c/3.har', 'c/3.txt'])
  })

  test('whose name looks like a pattern are still found', async () => {
    expect((await clew(['view', file('a[1].har')])).code).toBe(0)
  })

  test('come through a pipe', async () => {
    expect((await clew(['analyze', '-'], terminal({ stdin: refused }))).out).toContain('too-large')
    const { code, err } = await clew(['validate', '-'], terminal({ stdin: '' }))
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect((await clew(['view', '-'], terminal({ stdin: 'GIF89a' }))).err).toContain('Standard input is not a HAR file')
  })
})

describe('clew har sanitize', () => {
  test('makes a clean copy beside the capture, and replaces it only when told to', async () => {
    const name = file('session.har')
    expect((await clew(['sanitize', name])).code).toBe(0)
    const copy = path.join(folder, 'session.clean.har')
    expect(readFileSync(copy, 'utf8')).not.toContain(secret)
    writeFileSync(copy, 'kept')
    expect(await clew(['sanitize', name])).toMatchObject({ code: 4, err: expect.stringContaining('--force') })
    expect(readFileSync(copy, 'utf8')).toBe('kept')
    expect((await clew(['sanitize', name, '--force'])).code).toBe(0)
    expect(readFileSync(copy, 'utf8')).toContain('"log"')
    expect(readdirSync(folder).sort()).toEqual(['session.clean.har', 'session.har'])
  })

  test('puts many into a folder, under names that do not collide', async () => {
    const files = [file('a/x.har'), file('b/x.har'), file('c/y.har')]
    const out = path.join(folder, 'clean')
    expect((await clew(['sanitize', ...files, '-o', out])).code).toBe(0)
    expect(readdirSync(out).sort()).toEqual(['x-2.clean.har', 'x.clean.har', 'y.clean.har'])
    expect(await clew(['sanitize', ...files, '-o', files[0] ?? ''])).toMatchObject({ code: 2 })
    expect((await clew(['sanitize', files[0] ?? '', '-o', `${path.join(folder, 'other')}/`])).code).toBe(0)
    expect(readdirSync(path.join(folder, 'other'))).toEqual(['x.clean.har'])
  })

  test('from a pipe into a pipe leaves standard output to the copy', async () => {
    const { code, out, err } = await clew(['sanitize', '-', '--report'], terminal({ stdin: refused }))
    expect(code).toBe(0)
    expect(JSON.parse(out).log.entries).toHaveLength(1)
    expect(out).not.toContain(secret)
    expect(err).toContain('1 request cleaned')
    const asJson = await clew(['sanitize', '-', '--json'], terminal({ stdin: refused }))
    expect(JSON.parse(asJson.err)).toMatchObject({ command: 'sanitize', files: [{ file: '-', out: '-', entries: 1 }] })
  })

  test('a pipe too large for memory goes through a private file that is gone afterwards', async () => {
    const big = har(entry(), { ...entry(), comment: 'x'.repeat(70 << 20) })
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('clew-'))
    const { code } = await clew(
      ['sanitize', '-', '-o', path.join(folder, 'out.har')],
      terminal({ stdin: JSON.stringify(big) }),
    )
    expect(code).toBe(0)
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('clew-'))).toEqual(before)
  })

  test('the bodies of a host may stay, and rules of one’s own are read', async () => {
    const body = {
      ...entry(),
      response: { ...entry().response, content: { size: 9, mimeType: 'text/plain', text: 'hello you out there' } },
    }
    const name = file('a.har', har(body))
    const out = path.join(folder, 'out.har')
    expect((await clew(['sanitize', name, '-o', out, '--keep-bodies-of', host])).code).toBe(0)
    expect(readFileSync(out, 'utf8')).toContain('hello you out there')
    expect((await clew(['sanitize', name, '-f', '-o', out])).code).toBe(0)
    expect(readFileSync(out, 'utf8')).not.toContain('hello you out there')
    const rules = file('rules.json', '[{"match":{"name":"x-request-id"},"action":"remove"}]')
    expect((await clew(['sanitize', name, '-f', '-o', out, '--rules', rules, '--policy', 'strict'])).code).toBe(0)
    expect(readFileSync(out, 'utf8')).not.toContain('req_kQPO6VHW6xOIJtGU')
    expect(await clew(['sanitize', name, '-f', '-o', out, '--rules', file('bad.json', '{')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('bad.json'),
    })
    const wrong = file('wrong.json', '[{"match":{"name":"a"},"action":"burn"},{"action":"keep"}]')
    const { code, err } = await clew(['sanitize', name, '-f', '-o', out, '--rules', wrong, '--lang', 'el'])
    expect(code).toBe(2)
    expect(err).toMatch(/^ {2}rules\[0\]\.action: .*remove, keep.*$/m)
    expect(err).toMatch(/^ {2}rules\[1\]\.match: .*κανόνας.*$/m)
    expect(await clew(['sanitize', name, '--rules', path.join(folder, 'none.json')])).toMatchObject({
      code: 3,
      err: expect.stringContaining('none.json does not exist'),
    })
  })

  test('a place that cannot be written is told: 4', async () => {
    const name = file('a.har')
    expect(await clew(['sanitize', name, '-o', path.join(folder, 'no', 'such', 'x.har')])).toMatchObject({ code: 4 })
    expect(readdirSync(folder)).toEqual(['a.har'])
  })

  test('is stopped without leaving anything: 130', async () => {
    const { code } = await clew(['sanitize', file('a.har')], terminal({ signal: AbortSignal.abort() }))
    expect(code).toBe(130)
    expect(readdirSync(folder)).toEqual(['a.har'])
  })
})

describe('clew har analyze', () => {
  test('ends with 1 from the severity on that it is told to fail on', async () => {
    const name = file('a.har')
    expect((await clew(['analyze', name])).code).toBe(0)
    expect((await clew(['analyze', name, '--fail-on', 'high'])).code).toBe(1)
    const fine = file('b.har', har({ ...entry(), request: { ...entry().request, bodySize: 10 } }))
    expect((await clew(['analyze', fine, '--fail-on', 'high'])).code).toBe(0)
  })

  test('tells machines all in one document', async () => {
    const { out } = await clew(['analyze', file('a.har'), file('b.har'), '--json', '--upload-limit', '5'])
    const { command, files } = JSON.parse(out)
    expect(command).toBe('analyze')
    expect(files).toHaveLength(2)
    expect(files[0].findings.find((one: { rule: string }) => one.rule === 'too-large').params.limitMb).toBe(5)
  })

  test('writes SARIF that points at the line of the entry', async () => {
    const name = file('a b.har', JSON.stringify(har(entry(), entry({ status: 413 })), null, 2))
    const { out, code } = await clew(['analyze', name, '--format', 'sarif', '--fail-on', 'low'])
    expect(code).toBe(1)
    const result = checkedSarif(out).find(({ ruleId }) => ruleId === 'too-large')
    const text = readFileSync(name, 'utf8')
    const line = text.slice(0, text.lastIndexOf('"startedDateTime"')).split('\n').length - 1
    expect(result?.level).toBe('error')
    expect(result?.locations[0]).toMatchObject({
      physicalLocation: {
        artifactLocation: { uri: expect.stringMatching(/a%20b\.har$/) },
        region: { startLine: line },
      },
      logicalLocations: [{ fullyQualifiedName: 'log.entries[1]' }],
    })
  })
})

type Result = {
  ruleId: string
  ruleIndex: number
  level: string
  message: { text: string }
  locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[]
}

/** What the schema of SARIF 2.1.0 demands of what we write. */
function checkedSarif(text: string): Result[] {
  const document = JSON.parse(text)
  expect(document).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-schema-2.1.0') })
  expect(document.runs).toHaveLength(1)
  const [{ tool, results, artifacts, invocations }] = document.runs
  expect(tool.driver.name).toBe('Clew')
  expect(invocations).toMatchObject([{ executionSuccessful: expect.any(Boolean) }])
  const ids = tool.driver.rules.map((rule: { id: string }) => rule.id)
  expect(new Set(ids).size).toBe(ids.length)
  const uris = artifacts.map((artifact: { location: { uri: string } }) => artifact.location.uri)
  for (const { ruleId, ruleIndex, level, message, locations } of results as Result[]) {
    expect(ids[ruleIndex]).toBe(ruleId)
    expect(['none', 'note', 'warning', 'error']).toContain(level)
    expect(message.text).not.toBe('')
    for (const { physicalLocation } of locations) {
      expect(uris).toContain(physicalLocation.artifactLocation.uri)
      expect(physicalLocation.region.startLine).toBeGreaterThanOrEqual(1)
      expect(physicalLocation.artifactLocation.uri).not.toMatch(/[\s\\]/)
    }
  }
  return results
}

describe('clew har validate', () => {
  test('ends with 1 for errors, and only for those unless told otherwise', async () => {
    const good = file('good.har')
    expect(await clew(['validate', good])).toMatchObject({
      code: 0,
      out: expect.stringContaining('valid HAR, 1 request'),
    })
    const warned = file('warned.har', har({ ...entry(), time: '120' }))
    expect((await clew(['validate', warned])).code).toBe(0)
    expect((await clew(['validate', warned, '--fail-on', 'warning'])).code).toBe(1)
    expect(await clew(['validate', file('cut.har', refused.slice(0, 300))])).toMatchObject({
      code: 1,
      out: expect.stringContaining('ends too early'),
    })
    expect((await clew(['validate', file('x.har', '{}'), '--fail-on', 'never'])).code).toBe(0)
  })

  test('tells the place and the remedy, in JSON and SARIF too', async () => {
    const name = file('a.har', har({ ...entry(), time: null }))
    expect((await clew(['validate', name])).out).toContain('log.entries[0].time is null')
    expect(JSON.parse((await clew(['validate', name, '--json'])).out).files[0]).toMatchObject({
      isValid: false,
      problems: [{ code: 'field.null', path: 'log.entries[0].time', line: 1 }],
    })
    const [result] = checkedSarif((await clew(['validate', name, '--format', 'sarif'])).out)
    expect(result).toMatchObject({ ruleId: 'field.null', level: 'error' })
  })
})

describe('clew har view', () => {
  const many = () =>
    file(
      'a.har',
      har(
        entry({ url: `https://${host}/first`, ms: 400 }),
        entry({ url: 'https://cdn.example/app.js', at: '2026-11-24T09:00:00.200Z', ms: 100 }),
        entry({
          status: 503,
          url: `https://api.${host}/last/${'x'.repeat(200)}`,
          at: '2026-11-24T09:00:00.400Z',
          ms: 400,
        }),
      ),
    )

  test('draws rows no wider than the terminal, bars on one axis', async () => {
    const name = many()
    for (const width of [40, 70, 100, 140]) {
      const { out } = await clew(['view', name, '--width', String(width)])
      const rows = out.split('\n').filter((line) => line.includes('POST'))
      expect(rows).toHaveLength(3)
      for (const row of rows) expect([...row].length).toBeLessThanOrEqual(width)
    }
    const rows = (await clew(['view', name])).out.split('\n').filter((line) => line.includes('POST'))
    const starts = rows.map((row) => row.search(/[┄─▒█]/))
    expect(starts[0]).toBeLessThan(starts[1] ?? 0)
    expect(starts[1]).toBeLessThan(starts[2] ?? 0)
  })

  test.each([
    [
      ['--host', host],
      ['/first', '/last'],
    ],
    [['--host', 'cdn.example'], ['app.js']],
    [['--status', 'failed'], ['/last']],
    [
      ['--status', '2xx'],
      ['/first', 'app.js'],
    ],
    [['--status', '404,500-599'], ['/last']],
    [['--find', 'APP.JS'], ['app.js']],
    [['--type', 'doc'], []],
    [['--limit', '1'], ['/first']],
  ])('%j shows %j', async (filter, shown) => {
    const { files } = JSON.parse((await clew(['view', many(), '--json', ...filter])).out)
    const urls: string[] = files[0].entries.map((one: { url: string }) => one.url)
    expect(urls).toHaveLength(shown.length)
    shown.forEach((part, i) => expect(urls[i]).toContain(part))
  })

  test('is coloured on a terminal, unless its owner wants none', async () => {
    const name = many()
    expect((await clew(['view', name], terminal({ isTTY: true }))).out).toContain('\u001b[31m')
    expect((await clew(['view', name], terminal({ isTTY: true, env: { NO_COLOR: '1' } }))).out).not.toContain('\u001b')
    expect((await clew(['view', name])).out).not.toContain('\u001b')
  })

  test('what a capture says cannot move the cursor', async () => {
    const hostile = file('h.har', har(entry({ status: 500, url: `https://${host}/\u001b]0;owned\u0007\u202e` })))
    for (const verb of ['view', 'analyze', 'validate'])
      expect((await clew([verb, hostile])).out).not.toMatch(/[\u001b\u0007\u202e]/)
  })
})

describe('clew har diff', () => {
  test('says what cleaning replaced', async () => {
    const name = file('a.har')
    await clew(['sanitize', name])
    const { code, out } = await clew(['diff', name, path.join(folder, 'a.clean.har')])
    expect(code).toBe(0)
    expect(out).toContain('one recording')
    expect(out).toMatch(/request\.headers\.authorization {2}token/)
    expect(out).not.toContain(secret)
  })

  test('says what changed between two recordings, and ends with 1 when asked to', async () => {
    const before = file('a.har', har(entry({ status: 413 })))
    const after = file('b.har', har(entry({ at: '2026-11-25T09:00:00.000Z', ms: 2_000 })))
    const { code, out } = await clew(['diff', before, after, '--exit-code'])
    expect(code).toBe(1)
    expect(out).toContain('413 → 200')
    expect(out).toContain('120 ms → 2,000 ms')
    expect((await clew(['diff', before, before, '--exit-code'])).code).toBe(0)
    expect(JSON.parse((await clew(['diff', before, after, '--json'])).out)).toMatchObject({
      relation: 'two_recordings',
    })
  })

  test('names the file that cannot be read', async () => {
    const good = file('good.har')
    expect(await clew(['diff', good, file('bad.har', '{}')])).toMatchObject({
      code: 3,
      err: expect.stringContaining('bad.har'),
    })
    expect(await clew(['diff', path.join(folder, 'no.har'), good])).toMatchObject({
      code: 3,
      err: expect.stringContaining('no.har'),
    })
  })
})

type Bundler = { bundle(folder: string, options: { inParts: boolean; outdir: string }): Promise<void> }
const bundler = (script: string): Promise<Bundler> => import(pathToFileURL(script).href)

describe('the built program', () => {
  let root: string
  let program: string
  beforeAll(async () => {
    const repository = path.join(import.meta.dirname, '../../../..')
    const { bundle } = await bundler(path.join(repository, 'scripts/run/bundle.mjs'))
    root = mkdtempSync(path.join(tmpdir(), 'clew-built-'))
    await bundle('apps/cli', { inParts: true, outdir: path.join(root, 'dist') })
    mkdirSync(path.join(root, 'bin'))
    writeFileSync(path.join(root, 'package.json'), '{"type":"module"}')
    program = path.join(root, 'bin/clew.js')
    writeFileSync(program, readFileSync(path.join(repository, 'apps/cli/bin/clew.js')))
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  const start = (...args: string[]) =>
    spawn(process.execPath, [program, 'har', ...args], { env: { PATH: process.env['PATH'] } })

  test('works in a pipe', async () => {
    const child = start('sanitize', '-')
    child.stdin.end(refused)
    let out = ''
    for await (const chunk of child.stdout) out += String(chunk)
    expect(JSON.parse(out).log.entries).toHaveLength(1)
    expect(out).not.toContain(secret)
  })

  test('does not mind when nobody reads on', async () => {
    const child = start('view', file('a.har', har(...Array.from({ length: 5_000 }, () => entry()))))
    child.stdout.once('data', () => child.stdout.destroy())
    let err = ''
    child.stderr.on('data', (chunk) => (err += String(chunk)))
    await new Promise((resolve) => child.on('close', resolve))
    expect(err).toBe('')
  })

  test('is stopped by Ctrl+C and leaves no half-written file', async () => {
    const name = file('big.har', har(...Array.from({ length: 40_000 }, () => entry({ status: 500 }))))
    const child = start('sanitize', name)
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
    while (!readdirSync(folder).some((one) => one.endsWith('.part')) && child.exitCode === null)
      await new Promise((resolve) => setImmediate(resolve))
    child.kill('SIGINT')
    expect(await closed).toBe(130)
    expect(readdirSync(folder)).toEqual(['big.har'])
    expect(existsSync(path.join(folder, 'big.clean.har'))).toBe(false)
  })
})
