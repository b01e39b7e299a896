// Bundles and runs generate-schema.ts: Node 20 does not read TypeScript.
import { rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

// Our own packages are TypeScript too; the rest is loaded as it is.
const foreignStaysOutside = {
  name: 'foreign-stays-outside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@clew/') ? undefined : { path, external: true },
    ),
}

const outfile = 'node_modules/.cache-generate-schema.mjs'
await build({
  entryPoints: ['scripts/generate-schema.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  plugins: [foreignStaysOutside],
  outfile,
})
try {
  await import(pathToFileURL(outfile).href)
} finally {
  rmSync(outfile, { force: true })
}
