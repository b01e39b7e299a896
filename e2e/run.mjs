// `node e2e/run.mjs [words of names…] [--headed] [--screens <folder> [site bubble workspace console share]]`: bundles the journeys and runs them, since
// Node 20 does not read TypeScript. Needs what `npm run build` makes.
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = path.join(import.meta.dirname, '..')
const built = [
  'apps/server/dist/main.js',
  'apps/cli/dist/main.js',
  'apps/widget/dist',
  'apps/workspace/dist',
  'packages/bubble/dist',
]
const missing = built.filter((file) => !existsSync(path.join(root, file)))
if (missing.length > 0) {
  console.error(`Not built yet: ${missing.join(', ')}. Run "npm run build" first.`)
  process.exit(1)
}

// As deep as the sources it bundles: they look for the product and the browser from where they are.
const outfile = path.join(root, `node_modules/.cache/clew/journeys.${process.pid}.mjs`)
await build({
  absWorkingDir: root,
  entryPoints: ['e2e/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  external: ['playwright-core', '@axe-core/playwright', '@sparticuz/chromium', 'oidc-provider', 'yaml'],
  outfile,
})
process.setSourceMapsEnabled(true)
try {
  const { main } = await import(pathToFileURL(outfile).href)
  process.exitCode = await main(process.argv.slice(2))
} finally {
  rmSync(outfile, { force: true })
}
