import type { FlowDetail, FlowSummary, FlowVersion } from '@clew/contract/flows'
import { cameFrom, countsFor, type FlowCounts, type Listed, saysTheSame, type VersionRow } from './model.ts'

export function flowSummaryView({ row, latest }: Listed, counts: FlowCounts): FlowSummary {
  return {
    id: row.id,
    title: latest.document.title,
    state: row.state,
    version: row.version,
    ...(row.liveVersion === undefined ? {} : { liveVersion: row.liveVersion }),
    steps: latest.document.steps.length,
    isStarter: row.starter !== undefined,
    isEdited: row.starter !== undefined && !saysTheSame(row.starter, latest.document),
    changedAt: row.changedAt.toISOString(),
    ...(latest.authorName === undefined ? {} : { changedBy: latest.authorName }),
    ...countsFor(counts, row.id),
  }
}

type Around = { all: readonly Listed[]; counts: FlowCounts; mayEdit: boolean }

export function flowDetailView(listed: Listed, { all, counts, mayEdit }: Around): FlowDetail {
  const { row, latest, live } = listed
  return {
    ...flowSummaryView(listed, counts),
    mayEdit,
    document: latest.document,
    ...(live ? { live: live.document } : {}),
    cameFrom: cameFrom(row.id, all),
    others: all
      .filter((other) => other.row.id !== row.id)
      .map((other) => ({ id: other.row.id, title: other.latest.document.title, state: other.row.state })),
  }
}

export const flowVersionView = (row: Omit<VersionRow, 'document'>): FlowVersion => ({
  version: row.version,
  savedAt: row.savedAt.toISOString(),
  origin: row.origin,
  ...(row.authorName === undefined ? {} : { savedBy: row.authorName }),
  ...(row.note === undefined ? {} : { note: row.note }),
  ...(row.restoredFrom === undefined ? {} : { restoredFrom: row.restoredFrom }),
  ...(row.publishedAt === undefined ? {} : { publishedAt: row.publishedAt.toISOString() }),
  ...(row.publisherName === undefined ? {} : { publishedBy: row.publisherName }),
})
