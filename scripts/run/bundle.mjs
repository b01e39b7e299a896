import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { inRoot } from './say.mjs'

// Our own packages are TypeScript and go into the bundle; what npm installed stays where it is.
const onlyOurs = {
  name: 'only-ours',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@clew/') ? undefined : { path, external: true },
    )
  },
}

/** Bundles an app that runs in Node: src/main.ts → dist/main.js, and each x-worker.ts, a thread of its own, → dist/x-worker.js. */
export async function bundle(folder) {
  const { version } = JSON.parse(readFileSync(inRoot(folder, 'package.json'), 'utf8'))
  await build({
    absWorkingDir: inRoot(),
    entryPoints: [`${folder}/src/main.ts`, ...workers(`${folder}/src`)],
    outdir: `${folder}/dist`,
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    keepNames: true,
    logLevel: 'warning',
    define: { 'process.env.CLEW_VERSION': JSON.stringify(version) },
    plugins: [onlyOurs],
  })
}

function workers(folder) {
  return readdirSync(inRoot(folder), { recursive: true })
    .filter((name) => name.endsWith('-worker.ts'))
    .map((name) => path.posix.join(folder, name))
}
