// Builds the bubble: a loader with a stable name, and hashed files that it loads on demand.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build as bundle, transform } from 'esbuild'
import { buildMessages } from '../../scripts/build-messages.mjs'

const here = import.meta.dirname
const source = path.join(here, 'src')
const locales = ['en', 'el']

/** Bytes after gzip. The build fails above them. */
const budgets = { loader: 3000, firstOpen: 40_000 }

/** @returns what was written, with sizes. */
export async function build({ outFolder = path.join(here, 'dist') } = {}) {
  buildMessages()
  rmSync(outFolder, { recursive: true, force: true })
  mkdirSync(outFolder, { recursive: true })

  const messages = Object.fromEntries(
    await Promise.all(locales.map(async (locale) => [locale, await buildLocale(outFolder, locale)])),
  )
  const worker = await bundleEntry(outFolder, { entry: 'har/sanitise-worker.ts', name: 'sanitise-worker' })
  const frame = await bundleEntry(outFolder, {
    entry: 'har/frame.ts',
    name: 'frame',
    define: { CLEW_WORKER: JSON.stringify(`./${worker.entry}`) },
  })
  const panel = await bundleEntry(outFolder, { entry: 'panel/mount.tsx', name: 'panel' })
  checkParts(panel)
  const loader = await bundleLoader(outFolder, { panel: panel.entry, messages })
  const frameHtml = readFileSync(path.join(source, 'frame.html'), 'utf8').replace('%FRAME%', `/widget/${frame.entry}`)
  writeFileSync(path.join(outFolder, 'frame.html'), frameHtml)

  const manifest = describe(outFolder, { loader, panel, messages, frame, worker })
  writeFileSync(path.join(outFolder, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
  checkBudgets(manifest)
  return manifest
}

async function bundleEntry(outFolder, { entry, name, define = {} }) {
  const { metafile } = await bundle({
    ...shared,
    entryPoints: { [name]: path.join(source, entry) },
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    format: 'esm',
    outdir: outFolder,
    define,
  })
  const outputs = Object.entries(metafile.outputs).map(([file, output]) => ({ file: path.basename(file), ...output }))
  const main = outputs.find(({ entryPoint }) => entryPoint?.endsWith(entry))
  return { entry: main.file, files: importedAtOnce(outputs, main.file), all: outputs.map(({ file }) => file), outputs }
}

/** What is fetched on demand can be asked for again at another address; what only it imports could not. */
function checkParts({ files, outputs }) {
  const asked = outputs.flatMap(({ imports }) => imports.filter(({ kind }) => kind === 'dynamic-import'))
  for (const part of new Set(asked.map((one) => path.basename(one.path)))) {
    const alone = importedAtOnce(outputs, part).filter((file) => file !== part && !files.includes(file))
    if (alone.length > 0) throw new Error(`${part} imports what the panel has not: ${alone.join(', ')}`)
  }
}

/** What an entry imports at once belongs to it, over all steps; what it imports on demand does not. */
function importedAtOnce(outputs, entry) {
  const found = [entry]
  for (const file of found) {
    const { imports = [] } = outputs.find((output) => output.file === file) ?? {}
    const next = imports.filter(({ kind }) => kind === 'import-statement').map((one) => path.basename(one.path))
    found.push(...next.filter((name) => !found.includes(name)))
  }
  return found
}

async function buildLocale(outFolder, locale) {
  const { outputFiles } = await bundle({
    ...shared,
    entryPoints: [path.join(here, `../../packages/i18n/src/generated/widget.${locale}.ts`)],
    format: 'esm',
    write: false,
    outdir: outFolder,
  })
  const [{ contents }] = outputFiles
  const file = `messages.${locale}-${hashOf(contents)}.js`
  writeFileSync(path.join(outFolder, file), contents)
  return file
}

async function bundleLoader(outFolder, { panel, messages }) {
  await bundle({
    ...shared,
    entryPoints: [path.join(source, 'loader/loader.ts')],
    outfile: path.join(outFolder, 'clew.js'),
    format: 'iife',
    // A classic script is read in the host page's encoding, whatever that is; ASCII means the same in all.
    charset: 'ascii',
    define: { CLEW_BUILD: JSON.stringify({ panel, messages, mark: markPath(), words: launcherWords() }) },
    supported: { 'dynamic-import': true },
  })
  return { entry: 'clew.js', files: ['clew.js'], all: ['clew.js'] }
}

function launcherWords() {
  const read = (locale) =>
    JSON.parse(readFileSync(path.join(here, `../../packages/i18n/catalogues/widget.${locale}.json`), 'utf8'))
  const words = (all) => ({ open: all['widget.launcher_open'], trouble: all['widget.launcher_trouble'] })
  return Object.fromEntries(locales.map((locale) => [locale, words(read(locale))]))
}

function markPath() {
  const svg = readFileSync(path.join(here, '../../packages/ui/src/mark.svg'), 'utf8')
  return / d="([^"]+)"/.exec(svg)[1]
}

/** A style sheet becomes a module that exports its text, for `adoptedStyleSheets`. */
const inlineCss = {
  name: 'inline-css',
  setup(plugin) {
    plugin.onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
      const { code } = await transform(forShadow(withParts(file)), { loader: 'css', minify: true })
      return { contents: `export const css = ${JSON.stringify(code.trim())}`, loader: 'js', watchFiles: [file] }
    })
  },
}

/** A sheet with the parts it imports from beside it, in the cascade after its own rules. */
function withParts(file) {
  const parts = []
  const own = readFileSync(file, 'utf8').replace(/@import '(\.\/[\w-]+\.css)';\n/g, (_, part) => {
    parts.push(readFileSync(path.join(path.dirname(file), part), 'utf8'))
    return ''
  })
  return [own, ...parts].join('\n')
}

/**
 * Inside a shadow root the tokens hang on the host element, and a host page's own root size must not change ours:
 * many set `html { font-size: 62.5% }`. Media queries measure by the browser's own size; there rem is right.
 */
function forShadow(css) {
  return css
    .replace("@import '@clew/ui/tokens.css';", () => tokensFor(css))
    .replace(/:root((?::not)?[([][^{,]*)/g, (_, rest) => `:host(${rest.trim()}) `)
    .replaceAll(':root', ':host')
    .split('\n')
    .map((line) => (line.includes('@media') ? line : line.replace(/(\d*\.?\d+)rem\b/g, (_, rem) => `${rem * 16}px`)))
    .join('\n')
}

/** Only the tokens that the sheet names: the loader counts bytes. */
function tokensFor(css) {
  const tokens = readFileSync(path.join(here, '../../packages/ui/src/tokens.css'), 'utf8').replace(
    /\/\*[\s\S]*?\*\//g,
    '',
  )
  return tokens.replace(/(--[\w-]+):[^;]*;/g, (whole, name) => (css.includes(`var(${name})`) ? whole : ''))
}

const shared = {
  bundle: true,
  minify: true,
  metafile: true,
  target: ['es2022', 'chrome105', 'firefox104', 'safari16.4'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'warning',
  plugins: [inlineCss],
}

const hashOf = (contents) => createHash('sha256').update(contents).digest('base64url').replace(/[-_]/g, 'x').slice(0, 8)

function describe(outFolder, { loader, panel, messages, frame, worker }) {
  const sizeOf = (file) => gzipSync(readFileSync(path.join(outFolder, file)), { level: 9 }).length
  const sum = (files) => files.reduce((total, file) => total + sizeOf(file), 0)
  const firstOpen = Object.fromEntries(locales.map((locale) => [locale, sum([...panel.files, messages[locale]])]))
  const all = [...loader.all, ...panel.all, ...frame.all, ...worker.all, ...Object.values(messages)]
  return {
    loader: loader.entry,
    panel: panel.entry,
    messages,
    frame: 'frame.html',
    worker: worker.entry,
    gzipBytes: { loader: sizeOf(loader.entry), firstOpen },
    files: Object.fromEntries([...new Set(all)].sort((a, b) => a.localeCompare(b)).map((file) => [file, sizeOf(file)])),
  }
}

function checkBudgets({ gzipBytes: { loader, firstOpen } }) {
  const over = []
  if (loader > budgets.loader) over.push(`the loader is ${loader} bytes, its budget ${budgets.loader}`)
  for (const [locale, bytes] of Object.entries(firstOpen))
    if (bytes > budgets.firstOpen)
      over.push(`the first open in ${locale} is ${bytes} bytes, its budget ${budgets.firstOpen}`)
  if (over.length > 0) throw new Error(`The bubble is over budget (gzip): ${over.join('; ')}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { gzipBytes, files } = await build()
  console.log(JSON.stringify({ gzipBytes, files }, undefined, 2))
}
