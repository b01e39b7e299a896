import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clew-main-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  // What was read in one language must not speak in the files that follow.
  vi.resetModules()
  rmSync(folder, { recursive: true, force: true })
})

/** One command as the terminal sees it: read anew, since what is said depends on the terminal's language. */
async function clew(argv: readonly string[], env: Record<string, string> = {}) {
  for (const [name, value] of Object.entries({ LC_ALL: 'C', CLEW_DATA_DIR: join(folder, 'data'), ...env }))
    vi.stubEnv(name, value)
  const said = { out: '', err: '' }
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((said.out += String(text))))
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((said.err += String(text))))
  try {
    vi.resetModules()
    const { run } = await import('./main.ts')
    return { code: await run(argv), ...said }
  } finally {
    stdout.mockRestore()
    stderr.mockRestore()
  }
}

const greek = { LC_ALL: 'el_GR.UTF-8' }

describe('in the language of the terminal', () => {
  test('a setting that cannot be used is told', async () => {
    expect(await clew(['serve'], { ...greek, PORT: 'abc' })).toEqual({
      code: 2,
      out: '',
      err: 'PORT: πρέπει να είναι ακέραιος αριθμός. Θύρα στην οποία ακούει.\n',
    })
  })

  test('the settings are listed', async () => {
    const { code, out } = await clew(['config'], greek)
    expect(code).toBe(0)
    expect(out).toContain('PORT\n  Θύρα στην οποία ακούει. Προεπιλογή: 3000\n')
    expect((await clew(['config'])).out).toContain('PORT\n  Port to listen on. Default: 3000\n')
  })
})

describe('what cannot be used ends with 2 and one sentence', () => {
  const silent = { CLEW_LOG_LEVEL: 'silent' }

  test('a data folder where none can be made', async () => {
    expect(await clew(['serve'], { ...silent, CLEW_DATA_DIR: '/proc/clew/data' })).toEqual({
      code: 2,
      out: '',
      err: 'The data folder /proc/clew/data cannot be used (ENOENT). Give Clew the right to write there, or choose another with CLEW_DATA_DIR.\n',
    })
  })

  test('a data folder below a file', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(await clew(['serve'], { ...silent, CLEW_DATA_DIR: join(file, 'data') })).toEqual({
      code: 2,
      out: '',
      err: `CLEW_DATA_DIR: ${file} is a file and no folder.\n`,
    })
  })
})

const commands = [
  ['serve'],
  ['setup'],
  ['demo'],
  ['migrate'],
  ['config'],
  ['domains'],
  ['assistant', 'eval'],
  ['audit', 'verify'],
  ['organisation', 'create'],
  ['scim', 'token'],
]

// Nothing of this may touch a database: there is none at that address.
const nowhere = { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/none', CLEW_LOG_LEVEL: 'silent' }

describe.each(commands)('clew %s', (...command: readonly string[]) => {
  test.each(['--help', '-h'])('%s says how it is used, and does nothing', async (help) => {
    const { code, out, err } = await clew([...command, help], nowhere)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`clew ${command.join(' ')}`)
  })

  test('its usage is Greek in a Greek terminal', async () => {
    expect((await clew([...command, '--help'], { ...nowhere, ...greek })).out).toMatch(/\p{Script=Greek}{3}/u)
  })

  test('an option that it does not have is refused', async () => {
    expect(await clew([...command, '--lorem'], nowhere)).toEqual({
      code: 2,
      out: '',
      err: 'There is no option --lorem.\n',
    })
  })
})

describe('what was given wrongly is named', () => {
  const labelled = {
    id: 'a',
    locale: 'en',
    language: 'en',
    tags: [],
    context: { now: '2026-11-24T09:00:00Z' },
    message: 'hello',
    expect: { action: 'answer', flow: null, handoff: null, extracted: {}, articles: [] },
  }
  const plant = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const create = ['organisation', 'create', '--name', 'Halcyon', '--slug', 'halcyon']
  const told = async (argv: readonly string[], env = {}) => {
    const { code, out, err } = await clew(argv, { ...nowhere, ...env })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    return err
  }

  test.each([
    [[...create, '--owner-email', 'nobody'], '--owner-email: this is not an email address.\n'],
    [[...create, '--name', 'x'.repeat(500)], '--name is too long. At most 120 characters fit.\n'],
    [[...create, '--slug', 'A B'], /^--slug: a short name is made of /],
    [[...create, '--seats', 'many'], /^--seats is of the wrong kind: a (whole )?number is expected\.\n$/],
    [['organisation', 'create', '--slug', 'halcyon'], /^--name is missing\. .*clew organisation create/],
    [['scim', 'token', '--organisation', 'a', '--days', '0'], /^--days needs a whole number from 1 to \d+, not 0\.\n$/],
    [['audit', 'verify', '--file', '/none'], '/none cannot be used (ENOENT).\n'],
    [['audit', 'verify', '--file', '/tmp'], '/tmp cannot be used (EISDIR).\n'],
    [['audit', 'verify', '--file', '/tmp', '--key', '/none'], '/none cannot be used (ENOENT).\n'],
    [['assistant', 'eval', '/none'], '/none cannot be used (ENOENT).\n'],
  ])('%j', async (argv, sentence) => {
    const err = await told(argv)
    if (typeof sentence === 'string') expect(err).toBe(sentence)
    else expect(err).toMatch(sentence)
  })

  test('in Greek too', async () => {
    expect(await told([...create, '--owner-email', 'nobody'], greek)).toMatch(/^--owner-email: \p{Script=Greek}/u)
  })

  test('a key that is none', async () => {
    const key = plant('key.pem', 'no PEM')
    expect(await told(['audit', 'verify', '--file', key, '--key', key])).toBe(`${key} holds no public key in PEM.\n`)
  })

  test.each([
    ['is not JSON', '{', 'is not JSON.'],
    ['is a number', '42', 'is no labelled message: {} does not fit.'],
    [
      'has no context',
      JSON.stringify({ ...labelled, context: undefined }),
      'is no labelled message: context does not fit.',
    ],
    [
      'wants no articles',
      JSON.stringify({ ...labelled, expect: { action: 'answer' } }),
      /message: expect\.\w+ does not fit\.$/,
    ],
  ])('a labelled line that %s, by its place', async (_what, line, sentence) => {
    const file = plant('some.jsonl', `${JSON.stringify(labelled)}\n\n${line}\n`)
    const err = await told(['assistant', 'eval', file])
    expect(err.startsWith(`${file}: line 3 `)).toBe(true)
    if (typeof sentence === 'string') expect(err).toBe(`${file}: line 3 ${sentence}\n`)
    else expect(err.trim()).toMatch(sentence)
  })
})
