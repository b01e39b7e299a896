import type { CaptureSummary } from '@clew/contract/captures'
import type { CaptureRow } from './model.ts'

export function captureView(row: CaptureRow): CaptureSummary {
  const {
    refusal,
    createdAt,
    expiredAt,
    contactId: _contactId,
    doneBytes,
    totalBytes,
    attempts: _tries,
    reportedAt: _at,
    ...rest
  } = row
  const isUnderway = row.state === 'uploading' || row.state === 'checking'
  return {
    ...rest,
    ...(refusal === undefined ? {} : { refusal }),
    ...(isUnderway ? { progress: { doneBytes: Math.min(doneBytes, totalBytes), totalBytes } } : {}),
    ...(expiredAt === undefined ? {} : { expiredAt: expiredAt.toISOString() }),
    createdAt: createdAt.toISOString(),
  }
}
