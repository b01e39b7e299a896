// Reads and checks the flows that come with the product: apps/server/content/flows/*.yaml → apps/server/dist/flows.json, which a
// start reads in a moment. One that is wrong stops the build.
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { withRequire } from './run/bundle.mjs'

const folder = path.join(import.meta.dirname, '../apps/server')

export async function buildFlows() {
  const outfile = path.join(folder, 'dist', `load-flows-${process.pid}.mjs`)
  await build({
    entryPoints: [path.join(folder, 'content/load-flows.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    banner: { js: withRequire },
    outfile,
  })
  try {
    const { loadFlows } = await import(pathToFileURL(outfile).href)
    writeFileSync(path.join(folder, 'dist/flows.json'), JSON.stringify(loadFlows(path.join(folder, 'content')).all))
  } finally {
    rmSync(outfile, { force: true })
  }
}
