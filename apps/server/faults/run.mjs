// `node apps/server/faults/run.mjs kill-loop --seconds 40 --database embedded`: bundles the script and runs it.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const [script = 'kill-loop', ...args] = process.argv.slice(2)
if (!/^[a-z-]+$/.test(script)) throw new Error(`no such script: ${script}`)
const outfile = path.join(import.meta.dirname, '../../../.cache/faults', `${script}.mjs`)

await build({
  entryPoints: [path.join(import.meta.dirname, `${script}.ts`)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // No source maps: the many errors of a server that is away would cost more than the load itself.
  keepNames: true,
  logLevel: 'warning',
  plugins: [
    {
      // Our own packages are TypeScript and go in; what npm installed stays where it is.
      name: 'only-ours',
      setup: ({ onResolve }) =>
        onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
          kind === 'entry-point' || name.startsWith('@clew/') ? undefined : { path: name, external: true },
        ),
    },
  ],
})
const { main } = await import(pathToFileURL(outfile).href)
process.exitCode = await main(args)
