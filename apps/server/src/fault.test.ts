import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeScratchFolder } from '@clew/testkit/scratch-folder'
import { build } from 'esbuild'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { faultOf } from './fault.ts'

let folder: string
beforeEach(() => {
  folder = makeScratchFolder('clew-fault-')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const padding = 'x'.repeat(5_000)

/** Runs code whose throw is in a line as long as a bundle's. */
async function runLong(statement: string): Promise<{ code: number; stderr: string }> {
  const file = join(folder, 'long.mjs')
  await build({
    stdin: {
      contents: `import { endOnFault } from './fault.ts'\nendOnFault()\n${statement};const pad='${padding}';globalThis.pad=pad`,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    bundle: true,
    minifyWhitespace: true,
    platform: 'node',
    format: 'esm',
    outfile: file,
  })
  return new Promise((resolve) => {
    execFile(process.execPath, [file], (error, _stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stderr }))
  })
}

test.each([
  ['thrown', `setTimeout(()=>{throw new Error('a defect')},1)`],
  ['that nobody waits for', `void Promise.reject(new Error('a defect'))`],
])('an error %s ends the process with its message and stack, and no line of code', async (_how, statement) => {
  const { code, stderr } = await runLong(statement)
  expect(code).toBe(1)
  expect(stderr).toMatch(/^Error: a defect\n {4}at /)
  expect(stderr).not.toContain('xxx')
})

test('causes are told, one that goes round in a circle once', () => {
  const inner = new Error('inner')
  const outer = new Error('outer', { cause: inner })
  inner.cause = outer
  expect(faultOf(outer).match(/^(?: {2}because of )?Error: \w+$/gm)).toEqual([
    'Error: outer',
    '  because of Error: inner',
  ])
  expect(faultOf({ a: 1 })).toBe('{ a: 1 }')
})
