// Makes the package as it is published: one module for each door, and their types.
import { execFile } from 'node:child_process'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import * as esbuild from 'esbuild'

const folder = import.meta.dirname
const doors = ['index', 'intercom', 'crisp', 'chatwoot'].map((name) => path.join(folder, 'src', `${name}.ts`))

export async function build({ to = path.join(folder, 'dist') } = {}) {
  await rm(to, { recursive: true, force: true })
  await esbuild.build({ entryPoints: doors, outdir: to, bundle: true, format: 'esm', target: 'es2022' })
  await declare(to)
}

async function declare(to) {
  const compiler = path.join(folder, '../../node_modules/typescript/bin/tsc')
  const project = path.join(folder, 'tsconfig.json')
  await promisify(execFile)(process.execPath, [compiler, '-p', project, '--outDir', to])
  // Whoever uses the package has no sources: their types name each other as the modules do.
  for (const file of (await readdir(to)).filter((name) => name.endsWith('.d.ts'))) {
    const text = await readFile(path.join(to, file), 'utf8')
    await writeFile(path.join(to, file), text.replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'"))
  }
}
