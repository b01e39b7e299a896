import type { CaptureSummary, Finding } from '@clew/contract/captures'

const order: Record<Finding['severity'], number> = { high: 0, medium: 1, low: 2 }

/** The worst first, and of equals the one that comes first in the capture. */
export const bySeverity = (a: Finding, b: Finding): number =>
  order[a.severity] - order[b.severity] || (a.entries[0] ?? 0) - (b.entries[0] ?? 0)

export const totalOf = (removals: CaptureSummary['removedInBrowser']): number =>
  removals.reduce((sum, { count }) => sum + count, 0)
