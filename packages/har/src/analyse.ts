import type { Capture, CaptureEntry } from './capture.ts'
import { captureFinding, type EntryRule, entryFinding, type Finding, type Sentence, type Severity } from './finding.ts'
import { withIncidents } from './incidents.ts'
import { type RecordedWith, recordedWith } from './recorded-with.ts'
import { RULES } from './rules.ts'
import { type AnalyseOptions, createScene, groupBy, type Scene } from './scene.ts'

export interface AnalysisSummary {
  entries: number
  failing: number
  /** From the first request to the end of the last, in milliseconds. */
  spanMs: number
  /** As the file says it, with its zone. */
  startedAt: string | undefined
  hosts: { host: string; entries: number; failing: number; isFirstParty: boolean }[]
  isSanitised: boolean
  recordedWith: RecordedWith
}

/** A question that the capture cannot answer, and why. */
export interface Undecidable {
  rule: string
  why: Sentence
}

export interface Analysis {
  /** The most severe first; of those our own hosts, then the reported time, then the more specific. */
  findings: Finding[]
  undecidable: Undecidable[]
  summary: AnalysisSummary
}

/** Says what went wrong in a capture and what to do about it. */
export function analyse(capture: Capture, options: AnalyseOptions = {}): Analysis {
  const scene = createScene(capture, options)
  const findings = rank(findAll(scene))
  return { findings, undecidable: undecidableOf(scene, findings), summary: summarise(scene) }
}

const MAX_HOSTS = 5

interface Found {
  findings: Finding[]
  /** Those that concern a host of ours. */
  ours: ReadonlySet<Finding>
}

/** The rules come in order of specificity, so that what one explains can be taken from the more general ones. */
function findAll(scene: Scene): Found {
  const explained = new Map<string, ReadonlySet<CaptureEntry>>()
  const findings: Finding[] = []
  const ours = new Set<Finding>()
  for (const rule of RULES) {
    if ('applies' in rule) {
      if (rule.applies(scene, findings)) findings.push(captureFinding(rule))
      continue
    }
    const taken = (rule.yieldsTo ?? []).flatMap((id) => explained.get(id) ?? [])
    const shown = rule.select(scene)
    const entries = taken.length === 0 ? shown : shown.filter((entry) => !taken.some((set) => set.has(entry)))
    if (entries.length === 0) continue
    explained.set(rule.id, new Set(entries))
    for (const group of grouped(rule, entries, scene)) {
      const finding = foundIn(rule, group, scene)
      findings.push(finding)
      if (group.some(scene.isFirstParty)) ours.add(finding)
    }
  }
  return { findings, ours }
}

function foundIn(rule: EntryRule, entries: readonly CaptureEntry[], scene: Scene): Finding {
  const finding = entryFinding(rule, entries, scene)
  return rule.canBeIncident === true ? withIncidents(finding, entries, scene) : finding
}

/** Those of ours first, then the hosts with most entries. */
function grouped(rule: EntryRule, entries: readonly CaptureEntry[], scene: Scene): (readonly CaptureEntry[])[] {
  if (rule.per === 'capture') return [entries]
  const foreign = ([host]: [string, unknown]): number => (scene.isFirstPartyHost(host) ? 0 : 1)
  return [...groupBy(entries, (entry) => entry.host)]
    .sort((a, b) => foreign(a) - foreign(b) || b[1].length - a[1].length)
    .slice(0, MAX_HOSTS)
    .map(([, group]) => group)
}

const WEIGHT: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 }

/** Sorting is stable: what is equal stays in the order of the rules. */
function rank({ findings, ours }: Found): Finding[] {
  const foreign = (finding: Finding): number => (ours.has(finding) ? 0 : 1)
  const far = (finding: Finding): number => (finding.nearReportedTime === false ? 1 : 0)
  return findings.sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || foreign(a) - foreign(b) || far(a) - far(b))
}

function undecidableOf(scene: Scene, findings: readonly Finding[]): Undecidable[] {
  const found = new Set(findings.map((finding) => finding.rule))
  return RULES.flatMap((rule) => {
    const why = found.has(rule.id) ? undefined : rule.undecidable?.(scene)
    return why === undefined ? [] : [{ rule: rule.id, why }]
  })
}

function summarise({ entries, byHost, failing, isFirstPartyHost, capture }: Scene): AnalysisSummary {
  let first: CaptureEntry | undefined
  let last = Number.NEGATIVE_INFINITY
  for (const entry of entries) {
    if (entry.startedAt === undefined) continue
    if (first?.startedAt === undefined || entry.startedAt < first.startedAt) first = entry
    last = Math.max(last, entry.startedAt + (entry.durationMs ?? 0))
  }
  const failures = groupBy(failing, (entry) => entry.host)
  const hosts = Array.from(byHost, ([host, of]) => ({
    host,
    entries: of.length,
    failing: failures.get(host)?.length ?? 0,
    isFirstParty: isFirstPartyHost(host),
  }))
  return {
    entries: entries.length,
    failing: failing.length,
    spanMs: first?.startedAt === undefined ? 0 : Math.round(last - first.startedAt),
    startedAt: first?.startedDateTime,
    hosts: hosts.sort((a, b) => b.failing - a.failing || b.entries - a.entries).slice(0, 100),
    isSanitised: capture.isSanitised,
    recordedWith: recordedWith(capture),
  }
}
