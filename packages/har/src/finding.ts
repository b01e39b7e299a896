import type { CaptureEntry } from './capture.ts'
import type { Scene } from './scene.ts'

export type Severity = 'high' | 'medium' | 'low'

/**
 * A sentence in both languages of the product. In a rule it is a template:
 * - `{name}` is filled in with the parameter of that name;
 * - `{name?one|many}` becomes the first form when the parameter is 1 and the second otherwise. A form may be empty and
 *   may hold `{name}` and `[[…]]`, but no further choice: `{count?a request|{count} requests}`;
 * - `[[…]]` disappears when a parameter named in it is empty.
 */
export interface Sentence {
  en: string
  el: string
}

export interface NextStep extends Sentence {
  /** Id of a troubleshooting flow that deals with this. */
  flow?: string
}

export interface Finding {
  rule: string
  severity: Severity
  /** Indexes of the entries that show it. */
  entries: number[]
  params: Record<string, string | number>
  requestIds: string[]
  message: { customer: Sentence; agent: Sentence }
  nextStep?: NextStep
}

export type Params = Record<string, string | number>

export interface Match {
  entries: readonly CaptureEntry[]
  params?: Params
  severity?: Severity
}

export interface Rule {
  id: string
  severity: Severity
  find: (scene: Scene) => Match[]
  customer: Sentence
  agent: Sentence
  nextStep?: NextStep
}

const MAX_EVIDENCE = 50

export function toFinding(rule: Rule, match: Match, scene: Scene): Finding {
  const requestIds = requestIdsOf(match.entries)
  const params = { ...commonParams(match.entries, requestIds, scene), ...match.params }
  const finding: Finding = {
    rule: rule.id,
    severity: match.severity ?? rule.severity,
    entries: match.entries.slice(0, MAX_EVIDENCE).map((entry) => entry.index),
    params,
    requestIds,
    message: { customer: fillBoth(rule.customer, params), agent: fillBoth(rule.agent, params) },
  }
  if (rule.nextStep !== undefined) finding.nextStep = { ...rule.nextStep, ...fillBoth(rule.nextStep, params) }
  return finding
}

function requestIdsOf(entries: readonly CaptureEntry[]): string[] {
  return [...new Set(entries.flatMap((entry) => entry.requestIds.map((id) => id.value)))].slice(0, 20)
}

function commonParams(entries: readonly CaptureEntry[], requestIds: readonly string[], scene: Scene): Params {
  const hosts = [...new Set(entries.map((entry) => entry.host))].filter((host) => host !== '')
  const shownIds = requestIds.slice(0, 3)
  return {
    ...firstParams(entries[0]),
    count: entries.length,
    hosts: hosts.slice(0, 3).join(', '),
    requestIds: shownIds.join(', '),
    requestIdCount: shownIds.length,
    limitMb: Math.round(scene.uploadLimitBytes / 1e5) / 10,
  }
}

function firstParams(first: CaptureEntry | undefined): Params {
  if (first === undefined) return {}
  const { host, method, path, status, networkError, error = { code: '', message: '' } } = first
  return { host, method, path: path.slice(0, 200), status, networkError, code: error.code, text: error.message }
}

function fillBoth(sentence: Sentence, params: Params): Sentence {
  return { en: fill(sentence.en, params), el: fill(sentence.el, params) }
}

const CHOICE = /\{(\w+)\?((?:[^{}|]|\{\w+\})*)\|((?:[^{}|]|\{\w+\})*)\}/g

/** Values come last, in one pass: what they hold is never read as a template. */
export function fill(template: string, params: Params): string {
  const isFilled = (part: string): boolean =>
    Array.from(part.matchAll(/\{(\w+)\}/g)).every((match) => has(params[match[1] ?? '']))
  const choose = (...[, name = '', one = '', many = '']: string[]): string =>
    String(params[name]) === '1' ? one : many
  return template
    .replace(CHOICE, choose)
    .replace(/\[\[(.*?)\]\]/g, (_, part: string) => (isFilled(part) ? part : ''))
    .replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
}

function has(value: string | number | undefined): boolean {
  return value !== undefined && value !== ''
}
