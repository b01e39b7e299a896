import type { FlowState, FlowSummary } from '@clew/contract/flows'
import type { AgentId } from '@clew/contract/primitives'
import { type Flow, type FlowLibrary, flowLibrary, type LocalText } from '@clew/flows'

export type FlowRow = {
  id: string
  version: number
  state: FlowState
  liveVersion: number | undefined
  starter: Flow | undefined
  changedAt: Date
}

export type Origin = 'starter' | 'team'
export type Author = { id: AgentId; name: string }

export type VersionRow = {
  flowId: string
  version: number
  document: Flow
  origin: Origin
  note: string | undefined
  restoredFrom: number | undefined
  authorName: string | undefined
  savedAt: Date
  publishedAt: Date | undefined
  publisherName: string | undefined
}

/** How often the flows are walked; counted by the rooms that know. */
export type FlowCounts = { uses: ReadonlyMap<string, number>; running: ReadonlyMap<string, number> }

/** What people get, with a few bytes that differ whenever it does. */
export type LoadedFlows = { mark: string | undefined; library: FlowLibrary }

/** Published versions of one flow that stay loaded, for the conversations that began with them. */
export const keptVersions = 20

/** Whatever their versions are and in whatever order they were written. */
export const saysTheSame = (a: Flow, b: Flow): boolean =>
  JSON.stringify(sorted({ ...a, version: 0 })) === JSON.stringify(sorted({ ...b, version: 0 }))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  )
}

/** The flows that a flow leads on to. */
export const leadsTo = (flow: Flow): string[] => [
  ...new Set(flow.steps.flatMap((step) => (step.kind === 'end' && step.flow !== undefined ? [step.flow] : []))),
]

/** A flow as somebody finds it in a list. */
export type Listed = {
  row: FlowRow
  latest: VersionRow
  /** What people get, where that is another version. */
  live: VersionRow | undefined
}

/** The live flows that lead on to this one, by name. */
export const cameFrom = (flowId: string, all: readonly Listed[]): { id: string; title: LocalText }[] =>
  all.flatMap(({ row, latest, live }) => {
    const document = row.state === 'live' ? (live ?? latest).document : undefined
    return document && row.id !== flowId && leadsTo(document).includes(flowId)
      ? [{ id: row.id, title: document.title }]
      : []
  })

/** What runs may need: of a live flow the live version to begin with, and of every flow what was published before. */
export function libraryOf(rows: readonly FlowRow[], published: readonly VersionRow[]): FlowLibrary {
  const liveVersion = new Map(rows.map((row) => [row.id, row.liveVersion]))
  const isLive = ({ flowId, version }: VersionRow): boolean => liveVersion.get(flowId) === version
  return flowLibrary(
    published.filter(isLive).map(({ document }) => document),
    {
      older: published.filter((each) => !isLive(each)).map(({ document }) => document),
      stopped: rows.filter(({ state }) => state === 'disabled').map(({ id }) => id),
    },
  )
}

export const countsFor = ({ uses, running }: FlowCounts, id: string): Pick<FlowSummary, 'uses' | 'running'> => ({
  uses: uses.get(id) ?? 0,
  running: running.get(id) ?? 0,
})
