import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createAssets, type SiteAssets, type SiteManifest } from '@clew/site'

/** The built files of the public pages. `version` differs after every build. */
export type BuiltAssets = { assets: SiteAssets; version: string }

/** Looks up the built files; undefined while nothing has been built. */
export function siteAssetsOf(folder: string, prefix: string): () => BuiltAssets | undefined {
  const manifest = join(folder, 'manifest.json')
  let known: BuiltAssets | undefined
  return () => {
    const found = statSync(manifest, { throwIfNoEntry: false })
    if (!found) return undefined
    const version = String(found.mtimeMs)
    if (known?.version !== version) known = { assets: createAssets(readManifest(manifest), prefix), version }
    return known
  }
}

// Written by our own build, next to the files that it names.
const readManifest = (path: string): SiteManifest => JSON.parse(readFileSync(path, 'utf8')) as SiteManifest
