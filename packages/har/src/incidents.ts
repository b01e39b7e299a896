import type { CaptureEntry } from './capture.ts'
import type { Finding } from './finding.ts'
import { hostOf, isWithin, withoutPort } from './hosts.ts'
import type { Incident, Scene } from './scene.ts'
import { fill } from './sentence.ts'

/** People notice before the status page does, and for a while after. */
const MARGIN_MS = 15 * 60_000

const TOLD = {
  en: ' This falls into the incident “{incident}”.',
  el: ' Συμπίπτει με το περιστατικό «{incident}».',
}

/** Names the incident that a failure falls into, by host and by the server's clock. */
export function withIncidents(finding: Finding, entries: readonly CaptureEntry[], scene: Scene): Finding {
  const incident = (scene.options.incidents ?? []).find((candidate) =>
    entries.some((entry) => concerns(candidate, entry, scene) && happenedDuring(candidate, entry, scene)),
  )
  if (incident === undefined) return finding
  const { title } = incident
  const titles = typeof title === 'string' ? { en: title, el: title } : title
  const told = { en: fill(TOLD.en, { incident: titles.en }, 'en'), el: fill(TOLD.el, { incident: titles.el }, 'el') }
  const { customer, agent } = finding.message
  return {
    ...finding,
    incidentId: incident.id,
    message: { customer: joined(customer, told), agent: joined(agent, told) },
  }
}

function joined(sentence: Finding['message']['agent'], more: typeof sentence): typeof sentence {
  return { en: sentence.en + more.en, el: sentence.el + more.el }
}

function concerns({ hosts }: Incident, entry: CaptureEntry, scene: Scene): boolean {
  if (hosts === undefined || hosts.length === 0) return scene.isFirstParty(entry)
  const host = withoutPort(entry.host)
  return hosts.some((name) => isWithin(host, withoutPort((hostOf(name) || name).toLowerCase())))
}

function happenedDuring({ startedAt, resolvedAt }: Incident, entry: CaptureEntry, scene: Scene): boolean {
  const time = scene.serverTimeOf(entry)
  const from = Date.parse(startedAt)
  const to = resolvedAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(resolvedAt)
  return time !== undefined && time >= from - MARGIN_MS && time <= to + MARGIN_MS
}
