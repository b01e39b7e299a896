// What was built from which sources: one stamp a target under .cache/built.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fingerprint } from './install.mjs'
import { inRoot } from './say.mjs'

const skipped = new Set(['node_modules', 'dist', 'generated', 'data', 'test-results'])
const isTest = (name) => /\.test\.[a-z]+$/.test(name)
const stampOf = (target) => inRoot('.cache/built', target)
const known = new Map()

/** A digest of everything under the given files and folders that goes into a build. */
export function digest(sources) {
  const hash = createHash('sha256').update(fingerprint())
  for (const file of sources.flatMap(filesUnder)) hash.update(file).update(contentHash(file))
  return hash.digest('hex')
}

export function isStale(target, { outputs, wanted }) {
  if (!outputs.every((output) => existsSync(inRoot(output)))) return true
  const stamp = stampOf(target)
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted
}

export function markBuilt(target, wanted) {
  mkdirSync(inRoot('.cache/built'), { recursive: true })
  writeFileSync(stampOf(target), wanted)
}

export function markStale(target) {
  rmSync(stampOf(target), { force: true })
}

function filesUnder(source) {
  const full = inRoot(source)
  if (!existsSync(full)) return []
  if (statSync(full).isFile()) return [source]
  return readdirSync(full, { withFileTypes: true })
    .filter(({ name }) => !skipped.has(name) && !isTest(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesUnder(path.join(source, entry.name)))
}

// Several targets share the packages: each file is read once.
function contentHash(file) {
  const found =
    known.get(file) ??
    createHash('sha256')
      .update(readFileSync(inRoot(file)))
      .digest()
  known.set(file, found)
  return found
}
