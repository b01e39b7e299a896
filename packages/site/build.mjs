// Bundles the styles and the small scripts of the public pages into dist/, with content hashes in the names.
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'

const folder = import.meta.dirname
const require = createRequire(import.meta.url)

const entries = [
  'styles/site.css',
  'styles/demo.css',
  'enhance/site.ts',
  'enhance/contact.ts',
  'enhance/har.ts',
  'enhance/har-worker.ts',
  'enhance/my-cases.ts',
  'enhance/demo.ts',
]

/** @returns {Promise<{ manifest: { files: Record<string, string>, preloadFonts: Record<'latin' | 'greek', string[]> } }>} */
export async function build({ to = path.join(folder, 'dist') } = {}) {
  const { fontFiles } = await importTypeScript(require.resolve('@clew/ui/fonts'))
  await rm(to, { recursive: true, force: true })
  await mkdir(to, { recursive: true })
  const { metafile } = await esbuild.build({
    absWorkingDir: folder,
    entryPoints: entries.map((entry) => path.join('src', entry)),
    outdir: to,
    bundle: true,
    minify: true,
    metafile: true,
    format: 'esm',
    target: ['es2022', 'chrome115', 'firefox118', 'safari17'],
    entryNames: '[name].[hash]',
    assetNames: '[name].[hash]',
    loader: { '.woff2': 'file', '.svg': 'file' },
    legalComments: 'none',
    plugins: [fontsFromPackages(fontFiles)],
  })
  const files = outputNames(metafile, to)
  files['mark.svg'] = 'mark.svg'
  await copyFile(require.resolve('@clew/ui/mark.svg'), path.join(to, 'mark.svg'))
  const early = (script) =>
    fontFiles.filter((font) => font.early && font.script === script).map(({ file }) => files[file])
  const manifest = { files, preloadFonts: { latin: early('latin'), greek: early('greek') } }
  await writeFile(path.join(to, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return { manifest }
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

/** "site.css" → "site.3X2A.css", "commissioner-latin-wght-normal.woff2" → its hashed name. */
function outputNames({ outputs }, to) {
  const names = Object.keys(outputs).map((output) => path.relative(to, path.resolve(folder, output)))
  return Object.fromEntries(names.map((name) => [name.replace(/\.[A-Z0-9]{8}\./, '.'), name]))
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
