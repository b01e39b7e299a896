import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { ConnectorParts } from './consult-logs.ts'
import { learnFromCapture } from './use-cases/learn-from-capture.ts'
import { learnFromHost } from './use-cases/learn-from-host.ts'
import { learnFromMessage } from './use-cases/learn-from-message.ts'
import { lookUpRequests } from './use-cases/look-up-requests.ts'
import { tellReportedTime } from './use-cases/tell-reported-time.ts'

export const caseSubscribers = (parts: ConnectorParts): readonly Subscriber[] => [
  subscriber('cases', 'message.created', {
    when: ({ author, kind }) => author === 'contact' && kind === 'message',
    run: (tx, { conversationId, messageId }) => learnFromMessage(tx, conversationId, messageId),
  }),
  subscriber('cases', 'conversation.started', (tx, { conversationId }) => learnFromHost(tx, conversationId)),
  subscriber('cases', 'contact.identified', (tx, { conversationId }) => learnFromHost(tx, conversationId)),
  subscriber('cases', 'capture.analysed', (tx, { conversationId, captureId }) =>
    learnFromCapture(tx, conversationId, captureId),
  ),
  subscriber('cases.correlate', 'case.changed', {
    when: ({ fields }) => fields.includes('timestamps'),
    run: (tx, { conversationId }) => tellReportedTime(tx, conversationId, parts.jobs),
  }),
  subscriber('cases.correlate', 'capture.attached', (tx, { conversationId }) =>
    tellReportedTime(tx, conversationId, parts.jobs),
  ),
  subscriber('cases.look_up', 'case.changed', {
    when: ({ fields }) => fields.includes('request_ids'),
    run: (tx, about) => lookUpRequests(tx, about, parts),
  }),
]
