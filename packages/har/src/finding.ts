import type { CaptureEntry } from './capture.ts'
import type { Scene } from './scene.ts'
import { fillBoth, type Params, type Sentence } from './sentence.ts'

export type { Params, Sentence } from './sentence.ts'

export type Severity = 'high' | 'medium' | 'low'

export interface NextStep extends Sentence {
  /** Id of a troubleshooting flow that deals with this. */
  flow?: string
}

export interface Finding {
  rule: string
  severity: Severity
  /** Indexes of the entries that show it, at most fifty. */
  entries: number[]
  params: Params
  /** Ids of those requests, the most useful first. */
  requestIds: string[]
  message: { customer: Sentence; agent: Sentence }
  nextStep?: NextStep
  /** There when the reader said when it happened: whether this was then. */
  nearReportedTime?: boolean
  /** Of the incident of the operator that this falls into. */
  incidentId?: string
}

interface RuleTexts {
  customer: Sentence
  agent: Sentence
  nextStep?: NextStep
}

interface RuleBase extends RuleTexts {
  id: string
  severity: Severity
  /** How severe when no host of ours is concerned; as severe when absent. */
  elsewhere?: Severity
  /** Why this cannot be told from the capture, in case it was not found. */
  undecidable?: (scene: Scene) => Sentence | undefined
}

/** A rule about requests. */
export interface EntryRule extends RuleBase {
  select: (scene: Scene) => readonly CaptureEntry[]
  /** One finding for each host, or one for all. */
  per: 'host' | 'capture'
  /** What the sentences say beyond the common parameters. */
  describe?: (entries: readonly CaptureEntry[], scene: Scene) => Params
  /** More specific rules, earlier in the list: what they explain is not told again. */
  yieldsTo?: readonly string[]
  /** True when an outage of ours looks like this. */
  canBeIncident?: true
  /** False when the requests are only where it was noticed, so that their ids say nothing. */
  quotesIds?: false
}

/** A rule about the capture as a whole; it sees what the others found. */
export interface CaptureRule extends RuleBase {
  applies: (scene: Scene, found: readonly Finding[]) => boolean
  params: Params
}

export type Rule = EntryRule | CaptureRule

const MAX_EVIDENCE = 50
const MAX_IDS = 20

export function entryFinding(rule: EntryRule, entries: readonly CaptureEntry[], scene: Scene): Finding {
  const requestIds = rule.quotesIds === false ? [] : requestIdsOf(entries)
  const params = { ...commonParams(entries, requestIds, scene), ...rule.describe?.(entries, scene) }
  const finding: Finding = {
    rule: rule.id,
    severity: severityOf(rule, entries, scene),
    entries: entries.slice(0, MAX_EVIDENCE).map((entry) => entry.index),
    params,
    requestIds,
    ...told(rule, params),
  }
  if (scene.reported !== undefined) finding.nearReportedTime = entries.some(scene.isNearReportedTime)
  return finding
}

export function captureFinding(rule: CaptureRule): Finding {
  const params = { count: 0, ...rule.params }
  return { rule: rule.id, severity: rule.severity, entries: [], params, requestIds: [], ...told(rule, params) }
}

function told(rule: RuleTexts, params: Params): Pick<Finding, 'message' | 'nextStep'> {
  const message = { customer: fillBoth(rule.customer, params), agent: fillBoth(rule.agent, params) }
  if (rule.nextStep === undefined) return { message }
  return { message, nextStep: { ...rule.nextStep, ...fillBoth(rule.nextStep, params) } }
}

/** Trackers fail all day, mostly because their blocking is wanted. */
function severityOf(rule: EntryRule, entries: readonly CaptureEntry[], scene: Scene): Severity {
  if (rule.elsewhere === undefined || entries.some(scene.isFirstParty)) return rule.severity
  return entries.every(scene.isTracker) ? 'low' : rule.elsewhere
}

/** The best id of each request, then the second best, and so on. */
function requestIdsOf(entries: readonly CaptureEntry[]): string[] {
  const found = new Set<string>()
  for (let place = 0; place < 6; place += 1)
    for (const entry of entries) {
      const id = entry.requestIds[place]
      if (id !== undefined) found.add(id.value)
      if (found.size >= MAX_IDS) return [...found]
    }
  return [...found]
}

function commonParams(entries: readonly CaptureEntry[], requestIds: readonly string[], scene: Scene): Params {
  const hosts = [...new Set(entries.map((entry) => entry.host))].filter((host) => host !== '')
  const shownIds = requestIds.slice(0, 3)
  return {
    ...firstParams(entries[0]),
    count: entries.length,
    hosts: hosts.slice(0, 3).join(', '),
    hostCount: hosts.length,
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
