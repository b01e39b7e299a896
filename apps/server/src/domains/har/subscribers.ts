import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { Jobs } from '../../platform/jobs.ts'

export const harSubscribers = (jobs: Jobs): readonly Subscriber[] => [
  subscriber('har.analyse', 'capture.attached', (tx, { captureId }) =>
    jobs.send(tx, { name: 'har.analyse_capture', input: { captureId }, id: captureId }),
  ),
]
