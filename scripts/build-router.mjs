// Trains what tells the matters of messages apart: packages/assistant/training → packages/assistant/dist/router.bin.
import { execFile } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const folder = path.join(import.meta.dirname, '../packages/assistant')

/** In a process of its own: it computes for some seconds, and other things are built meanwhile. */
export async function buildRouter() {
  mkdirSync(path.join(folder, 'dist'), { recursive: true })
  const outfile = path.join(folder, 'dist', `train-${process.pid}.mjs`)
  await build({
    entryPoints: [path.join(folder, 'src/routing/train-files.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    outfile,
  })
  try {
    await promisify(execFile)(process.execPath, [
      outfile,
      path.join(folder, 'training'),
      path.join(folder, 'dist/router.bin'),
    ])
  } finally {
    rmSync(outfile, { force: true })
  }
}
