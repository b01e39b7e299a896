import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { noteUploadComplete, noteUploadEnd, noteUploadProgress, queueCheck } from './use-cases/follow-upload.ts'
import { linkLargeCapture, linkLargeFile } from './use-cases/link-automatically.ts'

export const harSubscribers = ({
  jobs,
  linkSecret,
}: {
  jobs: Jobs
  linkSecret: () => string
}): readonly Subscriber[] => [
  subscriber('har.analyse', 'capture.attached', (tx, { captureId }) => queueCheck(tx, jobs, captureId)),
  subscriber('har.link_capture', 'capture.attached', (tx, { captureId }) =>
    linkLargeCapture(tx, captureId, linkSecret()),
  ),
  subscriber('har.link_file', 'upload.kept', (tx, { fileId }) => linkLargeFile(tx, fileId, linkSecret())),
  subscriber('har.analyse_received', 'capture.received', (tx, { captureId }) => queueCheck(tx, jobs, captureId)),
  subscriber('har.upload_progress', 'upload.progressed', (tx, { fileId, receivedBytes }) =>
    noteUploadProgress(tx, fileId, receivedBytes),
  ),
  subscriber('har.upload_complete', 'upload.completed', (tx, { fileId }) => noteUploadComplete(tx, fileId)),
  subscriber('har.upload_end', 'upload.ended', (tx, { fileId, reason }) => noteUploadEnd(tx, fileId, reason)),
]
