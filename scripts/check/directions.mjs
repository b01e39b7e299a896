// Which way things point (dependency-cruiser), and that it really looked at everything.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { root } from '../run/say.mjs'

const require = createRequire(import.meta.url)

/** @returns {Promise<string[]>} one line for each import that points the wrong way. */
export async function directions(folder = root) {
  teachTsx()
  const { cruise } = await import('dependency-cruiser')
  const { default: extractTSConfig } = await import('dependency-cruiser/config-utl/extract-ts-config')
  const { forbidden, options } = require(path.join(root, 'dependency-cruiser.cjs'))
  const { tsConfig, enhancedResolveOptions, ...rest } = options
  const { output } = await cruise(
    ['packages', 'apps'].filter((name) => existsSync(path.join(folder, name))),
    { ...rest, baseDir: folder, ruleSet: { forbidden }, validate: true },
    enhancedResolveOptions,
    { tsConfig: extractTSConfig(path.join(root, tsConfig.fileName)) },
  )
  const wrong = output.summary.violations.filter(
    (violation) => !isExcused(violation, { folder, modules: output.modules }),
  )
  return [...unseen(folder, output.modules), ...wrong.map(describe)]
}

// With the swc parser dependency-cruiser cannot tell `import type` from `import`.
function isExcused({ rule, from, to }, { folder, modules }) {
  if (!rule.name.endsWith('-but-for-types')) return false
  const written =
    modules.find(({ source }) => source === from)?.dependencies.filter(({ resolved }) => resolved === to) ?? []
  const code = readFileSync(path.join(folder, from), 'utf8')
  return (
    written.length > 0 &&
    written.every(({ module }) =>
      importsOf(code, module).every((statement) => /^(import|export)\s+type\b/.test(statement)),
    )
  )
}

function importsOf(code, module) {
  const statements = [...code.matchAll(/^(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]/gm)]
  const found = statements.filter(([, name]) => name === module).map(([statement]) => statement)
  return found.length > 0 ? found : [`import('${module}')`]
}

const describe = ({ rule, from, to, cycle }) =>
  `${rule.name}: ${from} → ${cycle ? cycle.map(({ name }) => name).join(' → ') : to}`

// A checker that reads nothing finds nothing: each source file in the tree must be among the modules it read.
export function unseen(folder, modules) {
  const seen = new Set(modules.map(({ source }) => source))
  return ['packages', 'apps']
    .flatMap((name) => sources(folder, name))
    .filter((file) => !seen.has(file))
    .map((file) => `0-every-file-is-seen: ${file} was not read`)
}

function sources(folder, inside) {
  const full = path.join(folder, inside)
  if (!existsSync(full)) return []
  return readdirSync(full, { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(inside, entry.name)
    if (entry.isDirectory())
      return ['node_modules', 'dist', 'coverage'].includes(entry.name) ? [] : sources(folder, file)
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [file] : []
  })
}

// dependency-cruiser asks swc to read every file as TypeScript without JSX.
function teachTsx() {
  const swc = require('@swc/core')
  const { parseFileSync } = swc
  if (parseFileSync.knowsTsx) return
  swc.parseFileSync = Object.assign(
    (file, options) => parseFileSync.call(swc, file, { ...options, tsx: file.endsWith('.tsx') }),
    { knowsTsx: true },
  )
}
