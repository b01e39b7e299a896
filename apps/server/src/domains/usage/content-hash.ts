import type { UsageReport } from '@clew/contract/usage'
import { sha256 } from '../../platform/ids.ts'

/** What a report says; the same id may be sent again with exactly this. */
export const contentHash = (report: UsageReport): Buffer =>
  sha256('usage', JSON.stringify(Object.entries(report).sort(([a], [b]) => a.localeCompare(b))))
