import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { learnFromCapture } from './use-cases/learn-from-capture.ts'
import { learnFromMessage } from './use-cases/learn-from-message.ts'
import { tellReportedTime } from './use-cases/tell-reported-time.ts'

export const caseSubscribers = (jobs: Jobs): readonly Subscriber[] => [
  subscriber('cases', 'message.created', {
    when: ({ author, kind }) => author === 'contact' && kind === 'message',
    run: (tx, { conversationId, messageId }) => learnFromMessage(tx, conversationId, messageId),
  }),
  subscriber('cases', 'capture.analysed', (tx, { conversationId, captureId }) =>
    learnFromCapture(tx, conversationId, captureId),
  ),
  subscriber('cases.correlate', 'case.changed', {
    when: ({ fields }) => fields.includes('timestamps'),
    run: (tx, { conversationId }) => tellReportedTime(tx, conversationId, jobs),
  }),
  subscriber('cases.correlate', 'capture.attached', (tx, { conversationId }) =>
    tellReportedTime(tx, conversationId, jobs),
  ),
]
