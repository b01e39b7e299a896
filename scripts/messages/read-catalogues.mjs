// Reads packages/i18n/catalogues/<namespace>.<locale>.json and says what is wrong with them.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseMessage } from './parse-message.mjs'

export const locales = ['en', 'el']
const source = locales[0]

/** @returns {{ namespaces: Map<string, Record<string, Map<string, object>>>, problems: string[] }} */
export function readCatalogues(folder) {
  const problems = []
  const namespaces = new Map()
  for (const file of readdirSync(folder).sort()) {
    const [, namespace, locale] = /^([a-z][a-z0-9-]*)\.([a-z]{2})\.json$/.exec(file) ?? []
    if (!namespace || !locales.includes(locale)) {
      problems.push(`${file}: expected <namespace>.<${locales.join('|')}>.json`)
      continue
    }
    const byLocale = namespaces.get(namespace) ?? {}
    byLocale[locale] = readCatalogue(path.join(folder, file), { namespace, locale, problems })
    namespaces.set(namespace, byLocale)
  }
  for (const [namespace, byLocale] of namespaces) problems.push(...differences(namespace, byLocale))
  return { namespaces, problems }
}

function readCatalogue(file, { namespace, locale, problems }) {
  const name = path.basename(file)
  const messages = new Map()
  const text = readFileSync(file, 'utf8')
  let entries
  try {
    entries = JSON.parse(text)
  } catch (error) {
    problems.push(`${name}: not JSON: ${error.message}`)
    return messages
  }
  for (const key of repeatedKeys(text)) problems.push(`${name}: ${key} is written twice`)
  for (const [key, message] of Object.entries(entries)) {
    const problem = keyProblem(key, namespace) ?? textProblem(message)
    const parsed = problem ? { problem } : parseMessage(message, locale)
    if (parsed.problem) problems.push(`${name}: ${key}: ${parsed.problem}`)
    else messages.set(key, parsed)
  }
  return messages
}

function keyProblem(key, namespace) {
  if (!key.startsWith(`${namespace}.`)) return `must begin with "${namespace}."`
  if (!/^[a-z][a-z0-9-]*(\.[a-z0-9_-]+)+$/.test(key)) return 'must be lower case words joined by . _ or -'
  return undefined
}

function textProblem(message) {
  if (typeof message !== 'string') return 'must be a string'
  if (message.trim() === '') return 'is empty'
  if (/^[ \t]|[ \t]$/.test(message)) return 'begins or ends with a space'
  return undefined
}

// JSON.parse keeps the last of two equal keys in silence. Catalogues are flat, one entry a line.
function repeatedKeys(text) {
  const seen = new Set()
  return [...text.matchAll(/^\s*"([^"\\]+)"\s*:/gm)]
    .map(([, key]) => key)
    .filter((key) => seen.size === seen.add(key).size)
}

function differences(namespace, byLocale) {
  const problems = []
  for (const locale of locales) if (!byLocale[locale]) problems.push(`${namespace}.${locale}.json is missing`)
  if (problems.length > 0) return problems
  for (const locale of locales.slice(1)) {
    for (const [key, original] of byLocale[source]) {
      const translated = byLocale[locale].get(key)
      if (!translated) problems.push(`${namespace}.${locale}.json: ${key} is missing`)
      else if (describe(original.params) !== describe(translated.params))
        problems.push(
          `${namespace}.${locale}.json: ${key} takes ${describe(translated.params)}, ${source} takes ${describe(original.params)}`,
        )
    }
    for (const key of byLocale[locale].keys())
      if (!byLocale[source].has(key)) problems.push(`${namespace}.${source}.json: ${key} is missing`)
  }
  return problems
}

const describe = (params) =>
  params.size === 0
    ? 'nothing'
    : [...params]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, type]) => `{${name}: ${type}}`)
        .join(' ')
