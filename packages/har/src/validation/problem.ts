import { fill, type Language, type Sentence } from '../sentence.ts'
import { type HarProblemCode, knownDeviation, MESSAGES, nothingToDo, type ProblemSeverity } from './messages.ts'

/** One thing that is wrong with a file, and what to do about it. */
export interface HarProblem {
  code: HarProblemCode
  severity: ProblemSeverity
  /** Where, e.g. `log.entries[3].request.url`; empty when the file as a whole is meant. */
  path: string
  what: Sentence
  fix: Sentence
  /** Where in the file, as far as it is known; the first byte is 0, the first line 1. For a field it is the entry's. */
  byte?: number
  line?: number
  column?: number
}

/** Problems of one code in one kind of place, of which only the first are listed. */
export interface ProblemGroup {
  code: HarProblemCode
  severity: ProblemSeverity
  /** With `[*]` for every position in a list. */
  path: string
  count: number
  /** How many of them are listed. */
  listed: number
}

/** What became of the check of a file. */
export interface HarValidation {
  /** No errors; there may be warnings and notes. */
  isValid: boolean
  version: string
  creator: string
  entries: number
  counts: Record<ProblemSeverity, number>
  /** As they occur in the file. */
  problems: HarProblem[]
  /** Every kind of problem with its count, also of those that are not listed. */
  groups: ProblemGroup[]
}

export type ProblemParams = Readonly<Record<string, string | number | Sentence>>

export interface Report {
  path?: string
  params?: ProblemParams
  severity?: ProblemSeverity
  /** The exporter that is known to depart from the standard in this way: the problem becomes a note. */
  exporter?: string | undefined
  at?: { byte: number; line: number; column?: number } | undefined
}

const MAX_GROUPS = 1_000

/** Lists the first problems of each kind and counts all of them. */
export class ProblemList {
  readonly problems: HarProblem[] = []
  readonly counts: Record<ProblemSeverity, number> = { error: 0, warning: 0, note: 0 }
  readonly #groups = new Map<string, ProblemGroup>()
  readonly #limits: { total: number; each: number }

  constructor(limits: { total: number; each: number }) {
    this.#limits = limits
  }

  add(code: HarProblemCode, report: Report = {}): void {
    const { path = '', params = {}, exporter, at } = report
    const severity = exporter === undefined ? (report.severity ?? MESSAGES[code].severity) : 'note'
    this.counts[severity] += 1
    const group = this.#group(code, severity, path.replace(/\[\d+\]/g, '[*]'))
    group.count += 1
    if (group.listed >= this.#limits.each || this.problems.length >= this.#limits.total) return
    group.listed += 1
    const told = exporter === undefined ? { ...params, path } : { ...params, path, exporter }
    this.problems.push({ code, severity, path, ...sentences(code, told), ...at })
  }

  /** Counts what is not listed. */
  count(code: HarProblemCode, count: number): void {
    const { severity } = MESSAGES[code]
    this.counts[severity] += count
    this.#group(code, severity, '').count += count
  }

  groups(): ProblemGroup[] {
    return [...this.#groups.values()]
  }

  // A file may invent as many names as it likes; what is kept about them stays small.
  #group(code: HarProblemCode, severity: ProblemSeverity, path: string): ProblemGroup {
    const isKnown = this.#groups.has(`${severity} ${code} ${path}`)
    const place = isKnown || this.#groups.size < MAX_GROUPS ? path : ''
    const key = `${severity} ${code} ${place}`
    const group = this.#groups.get(key) ?? { code, severity, path: place, count: 0, listed: 0 }
    this.#groups.set(key, group)
    return group
  }
}

function sentences(code: HarProblemCode, params: ProblemParams): { what: Sentence; fix: Sentence } {
  const { what, fix } = MESSAGES[code]
  if (params['exporter'] === undefined) return { what: both(what, params), fix: both(fix, params) }
  const known = { en: `${what.en}${knownDeviation.en}`, el: `${what.el}${knownDeviation.el}` }
  return { what: both(known, params), fix: nothingToDo }
}

function both(template: Sentence, params: ProblemParams): Sentence {
  const told = (language: Language): string => fill(template[language], inLanguage(params, language), language)
  return { en: told('en'), el: told('el') }
}

function inLanguage(params: ProblemParams, language: Language): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'object' ? value[language] : value]),
  )
}
