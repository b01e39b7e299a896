// Compiles the message catalogues into typed modules under packages/i18n/src/generated.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { locales, readCatalogues } from './messages/read-catalogues.mjs'
import { allModule, catalogueModule, keysModule } from './messages/write-module.mjs'

const packageFolder = path.join(import.meta.dirname, '../packages/i18n')

/** @throws one error naming every problem when the catalogues do not agree. */
export function buildMessages({
  from = path.join(packageFolder, 'catalogues'),
  to = path.join(packageFolder, 'src/generated'),
} = {}) {
  const { namespaces, problems } = readCatalogues(from)
  if (problems.length > 0) throw new CatalogueError(problems)
  const modules = new Map([
    ['keys.ts', keysModule(namespaces)],
    ['all.ts', allModule(namespaces, locales)],
  ])
  for (const [namespace, byLocale] of namespaces)
    for (const locale of locales) modules.set(`${namespace}.${locale}.ts`, catalogueModule(namespace, byLocale[locale]))
  writeChanged(to, modules)
  return {
    namespaces: [...namespaces.keys()],
    messages: [...namespaces.values()].reduce((sum, { en }) => sum + en.size, 0),
  }
}

export class CatalogueError extends Error {
  name = 'CatalogueError'

  constructor(problems) {
    super(`The message catalogues do not agree:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

// Untouched files keep their date, so that watchers and incremental builds stay quiet.
function writeChanged(folder, modules) {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) if (!modules.has(name)) rmSync(path.join(folder, name))
  for (const [name, text] of modules) {
    const file = path.join(folder, name)
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { namespaces, messages } = buildMessages()
    console.log(`${messages} messages in ${namespaces.length} namespaces, ${locales.join(' and ')}`)
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
