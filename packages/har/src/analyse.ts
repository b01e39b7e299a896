import type { Capture } from './capture.ts'
import { type Finding, type Severity, toFinding } from './finding.ts'
import { RULES } from './rules.ts'
import { type AnalyseOptions, createScene, isFailing } from './scene.ts'

export interface AnalysisSummary {
  entries: number
  failing: number
  /** From the first request to the end of the last, in milliseconds. */
  spanMs: number
  /** As the file says it, with its zone. */
  startedAt: string | undefined
  hosts: { host: string; entries: number; failing: number; isFirstParty: boolean }[]
  isSanitised: boolean
}

export interface Analysis {
  /** The most severe first. */
  findings: Finding[]
  summary: AnalysisSummary
}

const WEIGHT: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 }

/** Says what went wrong in a capture and what to do about it. */
export function analyse(capture: Capture, options: AnalyseOptions = {}): Analysis {
  const scene = createScene(capture, options)
  const findings = RULES.flatMap((rule) => rule.find(scene).map((match) => toFinding(rule, match, scene)))
  const own = new Set(capture.entries.filter(scene.isFirstParty).map((entry) => entry.index))
  const distance = (finding: Finding): number => (finding.entries.some((index) => own.has(index)) ? 0 : 1)
  findings.sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || distance(a) - distance(b))
  return { findings, summary: summarise(capture, own) }
}

function summarise(capture: Capture, own: ReadonlySet<number>): AnalysisSummary {
  const hosts = new Map<string, AnalysisSummary['hosts'][number]>()
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const entry of capture.entries) {
    const host = hosts.get(entry.host) ?? {
      host: entry.host,
      entries: 0,
      failing: 0,
      isFirstParty: own.has(entry.index),
    }
    host.entries += 1
    if (isFailing(entry)) host.failing += 1
    hosts.set(entry.host, host)
    if (entry.startedAt === undefined) continue
    first = Math.min(first, entry.startedAt)
    last = Math.max(last, entry.startedAt + (entry.durationMs ?? 0))
  }
  const started = capture.entries.find((entry) => entry.startedAt === first)
  return {
    entries: capture.entries.length,
    failing: capture.entries.filter(isFailing).length,
    spanMs: last >= first ? Math.round(last - first) : 0,
    startedAt: started?.startedDateTime,
    hosts: [...hosts.values()].sort((a, b) => b.failing - a.failing || b.entries - a.entries).slice(0, 100),
    isSanitised: capture.isSanitised,
  }
}
