import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Sentence } from '@clew/har'
import type { Severity } from './format.ts'

export interface SarifResult {
  rule: string
  severity: Severity
  file: string
  message: Sentence
  help?: Sentence
  places: readonly { path: string; line?: number | undefined; column?: number | undefined }[]
  properties?: object
}

const LEVELS = { high: 'error', medium: 'warning', low: 'note' } as const
const MAX_PLACES = 10

/** Collects results as SARIF 2.1.0, which code-scanning pages and editors read. */
export class Sarif {
  readonly #language: keyof Sentence
  readonly #rules = new Map<string, object>()
  readonly #results: object[] = []
  readonly #files = new Set<string>()

  constructor(language: keyof Sentence) {
    this.#language = language
  }

  add({ rule, severity, file, message, help, places, properties = {} }: SarifResult): void {
    if (!this.#rules.has(rule)) this.#rules.set(rule, this.#ruleOf(rule, severity, help))
    const uri = uriOf(file)
    this.#files.add(uri)
    const where =
      places.length > 0 ? places.slice(0, MAX_PLACES) : [{ path: 'log', line: undefined, column: undefined }]
    const text = help === undefined ? message[this.#language] : `${message[this.#language]} ${help[this.#language]}`
    this.#results.push({
      ruleId: rule,
      ruleIndex: [...this.#rules.keys()].indexOf(rule),
      level: LEVELS[severity],
      message: { text },
      locations: where.map(({ path: name, line = 1, column }) => ({
        physicalLocation: {
          artifactLocation: { uri },
          region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
        },
        ...(name === '' ? {} : { logicalLocations: [{ fullyQualifiedName: name }] }),
      })),
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
    })
  }

  document(exitCode: number): string {
    const run = {
      tool: {
        driver: {
          name: 'Clew',
          version: process.env['CLEW_VERSION'] ?? 'dev',
          language: this.#language,
          rules: [...this.#rules.values()],
        },
      },
      invocations: [{ executionSuccessful: exitCode <= 1, exitCode }],
      artifacts: [...this.#files].map((uri) => ({ location: { uri } })),
      results: this.#results,
    }
    const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'
    return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`
  }

  #ruleOf(id: string, severity: Severity, help: Sentence | undefined): object {
    return {
      id,
      name: id.replace(/(?:^|[-._])(\w)/g, (_, letter: string) => letter.toUpperCase()),
      ...(help === undefined ? {} : { help: { text: help[this.#language] } }),
      defaultConfiguration: { level: LEVELS[severity] },
    }
  }
}

/** Relative where the file is below the working folder, since pages of a repository show those. */
function uriOf(file: string): string {
  if (file === '-') return 'stdin'
  const relative = path.relative('', file)
  if (relative.startsWith('..') || path.isAbsolute(relative)) return pathToFileURL(file).href
  return relative.split(path.sep).map(encodeURIComponent).join('/')
}
