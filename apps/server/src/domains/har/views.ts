import type { CaptureSummary } from '@clew/contract/captures'
import type { CaptureRow } from './model.ts'

export function captureView(row: CaptureRow): CaptureSummary {
  const { refusal, createdAt, ...rest } = row
  const { contactId: _contactId, ...summary } = rest
  return { ...summary, ...(refusal === undefined ? {} : { refusal }), createdAt: createdAt.toISOString() }
}
