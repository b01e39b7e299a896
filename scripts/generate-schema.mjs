// Bundles and runs generate-schema.ts: Node 20 does not read TypeScript.
import { rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const outfile = 'node_modules/.cache-generate-schema.mjs'
await build({
  entryPoints: ['scripts/generate-schema.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  outfile,
})
try {
  await import(pathToFileURL(outfile).href)
} finally {
  rmSync(outfile, { force: true })
}
