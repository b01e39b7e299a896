import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const names = [
  'site.css',
  'demo.css',
  'har-page.css',
  'site.js',
  'contact.js',
  'har.js',
  'har-worker.js',
  'my-cases.js',
  'status.js',
  'demo.js',
  'link.js',
  'mark.svg',
]

/** A folder that looks as if the public pages had been built: their names, and nothing in them. */
export function builtSite(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clew-site-'))
  const files = Object.fromEntries(names.map((name) => [name, name]))
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ files, preloadFonts: { latin: [], greek: [] } }))
  return folder
}
