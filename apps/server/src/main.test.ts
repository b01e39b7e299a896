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
