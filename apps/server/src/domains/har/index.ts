import type { Domain } from '../../platform/domain.ts'
import { harJobs } from './jobs.ts'
import { captureKeeping } from './keeping.ts'
import { captureMeters } from './meters.ts'
import { capturePeople } from './people.ts'
import { linkRoutes } from './routes.links.ts'
import { harRoutes } from './routes.ts'
import { harSubscribers } from './subscribers.ts'
import type { AnalyseParts } from './use-cases/analyse-capture.ts'
import type { LinkParts } from './use-cases/share-capture.ts'

export { captureReader } from './capture-reader.ts'
export { sanitisingOf } from './cleaning-rule.ts'
export type { CaptureRow } from './model.ts'
export { forgetCaptures, forgetFileLinks } from './people.ts'
export { listOpenLinks } from './repository.links.ts'
export { findEntry, listCaptures, listCapturesById } from './repository.ts'
export { noteReportedTime } from './use-cases/correlate-capture.ts'
export { enterLink, type Holder, openByLink, type Shared, viewLink } from './use-cases/open-link.ts'
export { receiveCapture } from './use-cases/receive-capture.ts'
export { captureView } from './views.ts'

export const har = (parts: AnalyseParts & LinkParts): Domain => ({
  name: 'har',
  meters: captureMeters,
  routes: [...harRoutes(parts), ...linkRoutes(parts)],
  jobs: harJobs(parts),
  subscribers: harSubscribers(parts),
  people: capturePeople,
  keeping: captureKeeping,
  stop: () => parts.reader.close(),
})
