import { subscriber } from '../../platform/domain.ts'
import { learnFromCapture } from './use-cases/learn-from-capture.ts'
import { learnFromMessage } from './use-cases/learn-from-message.ts'

export const caseSubscribers = [
  subscriber('cases', 'message.created', {
    when: ({ author, kind }) => author === 'contact' && kind === 'message',
    run: (tx, { conversationId, messageId }) => learnFromMessage(tx, conversationId, messageId),
  }),
  subscriber('cases', 'capture.analysed', (tx, { conversationId, captureId }) =>
    learnFromCapture(tx, conversationId, captureId),
  ),
]
