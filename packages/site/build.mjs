// Bundles the styles and the small scripts of the public pages into dist/, with content hashes in the names.
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'

const folder = import.meta.dirname
const require = createRequire(import.meta.url)

/** Files that hold all they need. The worker has to: its policy lets it load nothing more. */
const whole = [
  'styles/site.css',
  'styles/demo.css',
  'styles/har-page.css',
  'enhance/site.ts',
  'enhance/har-worker.ts',
  'enhance/my-cases.ts',
  'enhance/status.ts',
  'enhance/demo.ts',
  'enhance/link.ts',
]
/** Scripts that load parts of themselves when they are wanted. */
const inParts = ['enhance/har.ts']
const contactInParts = ['enhance/contact.ts']
/** What the HAR page needs without a network, besides its own parts. */
const keptForHar = ['site.css', 'har-page.css', 'site.js', 'har-worker.js']

/** Most bytes, after gzip, of all that the HAR page loads before a file is chosen; 8 kB more are for the page itself. */
const harBudget = 52_000

/** @returns {Promise<{ manifest: import('./build.d.mts').Manifest }>} */
export async function build({ to = path.join(folder, 'dist') } = {}) {
  const { fontFiles } = await importTypeScript(require.resolve('@clew/ui/fonts'))
  await rm(to, { recursive: true, force: true })
  await mkdir(to, { recursive: true })
  const first = await bundle({ entries: whole, to, fontFiles })
  const second = await bundle({ entries: inParts, to, fontFiles, splitting: true })
  const third = await bundle({ entries: contactInParts, to, fontFiles, splitting: true })
  const files = { ...first.files, ...second.files, ...third.files, 'mark.svg': 'mark.svg' }
  await copyFile(require.resolve('@clew/ui/mark.svg'), path.join(to, 'mark.svg'))
  const imports = {
    'har.js': importedAtOnce(second.outputs, files['har.js']),
    'contact.js': importedAtOnce(third.outputs, files['contact.js']),
  }
  // The words of one language are loaded at once as well; Greek takes more room.
  const words = second.outputs.filter(({ file }) => file.startsWith('har-page.el.')).map(({ file }) => file)
  const atOnce = [...['site.css', 'har-page.css', 'site.js', 'har.js'].map((name) => files[name]), ...imports['har.js']]
  await checkBudget([...atOnce, ...words].map((file) => path.join(to, file)))
  await bundleOffline(to, [
    ...keptForHar.map((name) => files[name]),
    ...second.outputs.map(({ file }) => file),
    ...fontFiles.map(({ file }) => files[file]),
    'mark.svg',
  ])
  const early = (script) =>
    fontFiles.filter((font) => font.early && font.script === script).map(({ file }) => files[file])
  const manifest = { files, imports, preloadFonts: { latin: early('latin'), greek: early('greek') } }
  await writeFile(path.join(to, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return { manifest }
}

const shared = {
  absWorkingDir: folder,
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022', 'chrome115', 'firefox118', 'safari17'],
  legalComments: 'none',
  charset: 'utf8',
  jsx: 'automatic',
  jsxImportSource: 'preact',
}

async function bundle({ entries, to, fontFiles, splitting = false }) {
  const { metafile } = await esbuild.build({
    ...shared,
    entryPoints: entries.map((entry) => path.join('src', entry)),
    outdir: to,
    splitting,
    metafile: true,
    entryNames: '[name].[hash]',
    chunkNames: '[name].[hash]',
    assetNames: '[name].[hash]',
    loader: { '.woff2': 'file', '.svg': 'file' },
    plugins: [fontsFromPackages(fontFiles)],
  })
  const outputs = Object.entries(metafile.outputs).map(([output, { imports, entryPoint }]) => ({
    file: relative(output, to),
    imports: imports.map(({ path: imported, kind }) => ({ file: relative(imported, to), kind })),
    isNamed: entryPoint === undefined ? !output.endsWith('.js') : entries.includes(entryPoint.replace(/^src\//, '')),
  }))
  const named = outputs.filter(({ isNamed }) => isNamed).map(({ file }) => [file.replace(/\.[A-Z0-9]{8}\./, '.'), file])
  return { outputs, files: Object.fromEntries(named) }
}

const relative = (output, to) => path.relative(to, path.resolve(folder, output))

/** What a file imports when it runs, over all steps; what it imports on demand does not belong to it. */
function importedAtOnce(outputs, entry) {
  const found = [entry]
  for (const file of found) {
    const { imports = [] } = outputs.find((output) => output.file === file) ?? {}
    const next = imports.filter(({ kind }) => kind === 'import-statement').map((one) => one.file)
    found.push(...next.filter((name) => !found.includes(name)))
  }
  return found.slice(1)
}

async function checkBudget(files) {
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(file)).length))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  if (bytes > harBudget) throw new Error(`the HAR page loads ${bytes} bytes at once; ${harBudget} are allowed`)
}

/** Its address has to stay the same, so there is no hash in its name; its content changes with what it keeps. */
async function bundleOffline(to, files) {
  await esbuild.build({
    ...shared,
    format: 'iife',
    entryPoints: [require.resolve('./src/enhance/har-offline.ts')],
    outfile: path.join(to, 'har-offline.js'),
    define: { CLEW_OFFLINE_FILES: JSON.stringify(files) },
  })
}

// fonts.css names files beside itself; they come from the font packages.
function fontsFromPackages(fontFiles) {
  const whereIs = new Map(fontFiles.map(({ file, from }) => [file, from]))
  return {
    name: 'fonts-from-packages',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/fonts\/.+\.woff2$/ }, ({ path: wanted }) => {
        const from = whereIs.get(path.basename(wanted))
        return from ? { path: require.resolve(from) } : { errors: [{ text: `fonts.ts does not list ${wanted}` }] }
      })
    },
  }
}

// Node 20 reads no TypeScript: the few data modules a build needs are bundled in memory.
async function importTypeScript(file) {
  const { outputFiles } = await esbuild.build({ entryPoints: [file], bundle: true, format: 'esm', write: false })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { manifest } = await build()
  console.log(`${Object.keys(manifest.files).length} files in packages/site/dist`)
}
