// Bundles and runs record-demo-hars.ts: Node 20 does not read TypeScript.
import { rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

// As deep as the sources it bundles, which look for the browser from where they are.
const outfile = 'node_modules/.cache/clew/record-demo-hars.mjs'
await build({
  entryPoints: ['scripts/record-demo-hars.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['playwright-core', '@sparticuz/chromium'],
  outfile,
})
try {
  await import(pathToFileURL(outfile).href)
} finally {
  rmSync(outfile, { force: true })
}
