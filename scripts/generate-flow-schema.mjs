// Writes packages/flows/flow.schema.json from the schema in code. Bundles it first: Node 20 does not read TypeScript.
import { rmSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const outfile = 'node_modules/.cache-generate-flow-schema.mjs'
await build({
  entryPoints: ['packages/flows/src/json-schema.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outfile,
})
try {
  const { flowJsonSchema } = await import(pathToFileURL(outfile).href)
  writeFileSync('packages/flows/flow.schema.json', `${JSON.stringify(flowJsonSchema(), undefined, 2)}\n`)
} finally {
  rmSync(outfile, { force: true })
}
