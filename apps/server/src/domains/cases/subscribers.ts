import { subscriber } from '../../platform/domain.ts'
import { learnFromCapture } from './use-cases/learn-from-capture.ts'
import { learnFromMessage } from './use-cases/learn-from-message.ts'

export const caseSubscribers = [
  subscriber('cases', 'message.created', async (tx, { conversationId, messageId, author, kind }) => {
    if (author === 'contact' && kind === 'message') await learnFromMessage(tx, conversationId, messageId)
  }),
  subscriber('cases', 'capture.analysed', (tx, { conversationId, captureId }) =>
    learnFromCapture(tx, conversationId, captureId),
  ),
]
