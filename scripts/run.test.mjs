import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bundle } from './run/bundle.mjs'
import { fingerprint } from './run/install.mjs'
import { inRoot } from './run/say.mjs'
import { digest, isStale, markBuilt, markStale } from './run/stale.mjs'
import { countPrinted, countVitest, parse } from './run/test.mjs'

describe('the arguments of npm test', () => {
  test.each([
    [[], ['check', 'unit', 'faults', 'e2e'], []],
    [['--skip-e2e'], ['check', 'unit', 'faults'], []],
    [['--only', 'unit', 'packages/har', '-t', 'cookie'], ['unit'], ['packages/har', '-t', 'cookie']],
    [['--only=e2e'], ['e2e'], []],
    [['--only', 'faults', '--minutes', '10'], ['faults'], ['--minutes', '10']],
  ])('%j runs %j and passes %j on', (args, chosen, vitestArgs) => {
    expect(parse(args)).toEqual({ chosen, vitestArgs })
  })

  test('a part that does not exist is refused', () => {
    expect(() => parse(['--only', 'some'])).toThrow('--only takes one of check, unit, faults, e2e')
  })
})

describe('starting', () => {
  let root
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'clew-run-'))
    const plant = (name, text) => {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
      writeFileSync(path.join(root, name), text)
    }
    for (const name of ['package-lock.json', 'scripts/run.mjs', 'scripts/run/install.mjs'])
      cpSync(inRoot(name), path.join(root, name))
    for (const name of ['say.mjs', 'spawn.mjs'])
      cpSync(inRoot('scripts/run', name), path.join(root, 'scripts/run', name))
    plant('package.json', '{ "type": "module" }')
    plant('node_modules/.clew-installed', fingerprint())
    plant('scripts/run/build.mjs', 'export const build = async () => []')
    plant('apps/server/dist/main.js', 'export const run = async (argv) => (console.log(argv.join(" ")), 2)')
  })
  afterEach(() => rmSync(root, { recursive: true }))

  test('ends with the code of the server', () => {
    const { status, stdout } = spawnSync(process.execPath, [path.join(root, 'scripts/run.mjs'), 'start', '--x'], {
      encoding: 'utf8',
    })
    expect({ status, stdout }).toEqual({ status: 2, stdout: 'serve --x\n' })
  })
})

describe('counting', () => {
  const file = (status, ...statuses) => ({ status, assertionResults: statuses.map((each) => ({ status: each })) })

  test.each([
    [
      'tests',
      { numPassedTests: 3, numFailedTests: 1, testResults: [file('failed', 'passed', 'failed')] },
      1,
      { passed: 3, failed: 1 },
    ],
    [
      'a file that could not be loaded',
      { numPassedTests: 3, numFailedTests: 0, testResults: [file('failed')] },
      1,
      { passed: 3, failed: 1 },
    ],
    [
      'an error outside of any test',
      { numPassedTests: 3, numFailedTests: 0, testResults: [file('passed', 'passed')] },
      1,
      { passed: 3, failed: 1 },
    ],
    ['a run that wrote no result', undefined, 1, { passed: 0, failed: 1 }],
  ])('%s are counted', (_, result, code, counted) => {
    expect(countVitest(result, code)).toEqual(counted)
  })

  test('of what a child printed, the last line that is alone counts', () => {
    expect(countPrinted('1 passed, 0 failed\nas said: 9 passed, 9 failed\n12 passed, 3 failed\n', 1)).toEqual({
      passed: 12,
      failed: 3,
    })
  })

  test('a child that failed without saying how often failed once', () => {
    expect(countPrinted('oh', 1)).toEqual({ passed: 0, failed: 1 })
    expect(countPrinted('4 passed, 0 failed\n', 1)).toEqual({ passed: 4, failed: 1 })
  })
})

describe('building', () => {
  const folder = '.cache/planted'
  const plant = (name, text) => {
    mkdirSync(inRoot(folder, 'src'), { recursive: true })
    writeFileSync(inRoot(folder, name), text)
  }
  beforeEach(() => plant('package.json', '{ "version": "1.2.3" }'))
  afterEach(() => {
    rmSync(inRoot(folder), { recursive: true })
    markStale('planted')
  })

  test('a target is stale until it was built from these very sources, and when its output is gone', () => {
    plant('src/a.ts', 'export const a = 1\n')
    const wanted = digest([folder])
    const outputs = [`${folder}/out.js`]
    expect(isStale('planted', { outputs, wanted })).toBe(true)
    plant('out.js', '')
    expect(isStale('planted', { outputs, wanted })).toBe(true)
    markBuilt('planted', wanted)
    expect(isStale('planted', { outputs, wanted })).toBe(false)
    expect(isStale('planted', { outputs, wanted: 'of other sources' })).toBe(true)
    rmSync(inRoot(folder, 'out.js'))
    expect(isStale('planted', { outputs, wanted })).toBe(true)
  })

  test('tests are no part of what is built, other files are', () => {
    plant('src/a.ts', 'export const a = 1\n')
    const before = digest([folder])
    plant('src/a.test.ts', 'nothing')
    expect(digest([folder])).toBe(before)
    plant('src/b.ts', 'export const b = 1\n')
    expect(digest([folder])).not.toBe(before)
  })

  test('an app is bundled with our packages and without those of others, and each worker by itself', async () => {
    plant(
      'src/main.ts',
      "import { isLocale } from '@clew/i18n'\nimport 'zod'\nexport const run = () => [isLocale('el'), process.env.CLEW_VERSION]\n",
    )
    plant('src/count-worker.ts', 'console.log(1 + 1)\n')
    await bundle(folder)
    const { run } = await import(/* @vite-ignore */ inRoot(folder, 'dist/main.js'))
    expect(run()).toEqual([true, '1.2.3'])
    expect(execFileSync(process.execPath, [inRoot(folder, 'dist/count-worker.js')], { encoding: 'utf8' })).toBe('2\n')
  })
})
