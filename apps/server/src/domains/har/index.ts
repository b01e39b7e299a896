import type { Domain } from '../../platform/domain.ts'
import { harJobs } from './jobs.ts'
import { capturePeople } from './people.ts'
import { linkRoutes } from './routes.links.ts'
import { harRoutes } from './routes.ts'
import { harSubscribers } from './subscribers.ts'
import type { AnalyseParts } from './use-cases/analyse-capture.ts'
import type { LinkParts } from './use-cases/share-capture.ts'

export { captureReader } from './capture-reader.ts'
export type { CaptureRow } from './model.ts'
export { listCaptures, listCapturesById } from './repository.ts'
export { noteReportedTime } from './use-cases/correlate-capture.ts'
export { enterLink, type Holder, openByLink, type Shared, viewLink } from './use-cases/open-link.ts'
export { receiveCapture } from './use-cases/receive-capture.ts'
export { captureView } from './views.ts'

export const har = (parts: AnalyseParts & LinkParts & { retentionDays: number }): Domain => ({
  name: 'har',
  routes: [...harRoutes(parts), ...linkRoutes(parts)],
  jobs: harJobs(parts),
  subscribers: harSubscribers(parts),
  people: capturePeople,
  stop: () => parts.reader.close(),
})
