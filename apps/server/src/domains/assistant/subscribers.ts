import { actingAs, type TxCtx } from '../../platform/ctx.ts'
import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { AssistantParts } from './parts.ts'
import { comeBackTo } from './use-cases/come-back.ts'
import { considerReply } from './use-cases/consider-reply.ts'
import { explainCapture } from './use-cases/explain-capture.ts'
import { noteAssisted } from './use-cases/note-outcome.ts'
import { noteTried } from './use-cases/note-tried.ts'

const asAssistant = (tx: TxCtx): TxCtx => actingAs(tx, { type: 'assistant' })

export const assistantSubscribers = (parts: AssistantParts): readonly Subscriber[] => [
  subscriber('assistant', 'conversation.started', (tx, { conversationId }) =>
    noteTried(asAssistant(tx), conversationId, parts),
  ),
  subscriber('assistant', 'message.created', {
    when: ({ author, kind }) => author === 'contact' && kind === 'message',
    run: (tx, { conversationId, messageId }) => considerReply(asAssistant(tx), { conversationId, messageId }, parts),
  }),
  subscriber('assistant', 'conversation.called_back', (tx, { conversationId }) =>
    comeBackTo(asAssistant(tx), conversationId),
  ),
  subscriber('assistant', 'conversation.handed_over', (tx, { conversationId, reason }) =>
    noteAssisted(asAssistant(tx), { conversationId, reason }),
  ),
  subscriber('assistant', 'conversation.taken_over', (tx, { conversationId }) =>
    noteAssisted(asAssistant(tx), { conversationId, reason: undefined }),
  ),
  subscriber('assistant', 'capture.analysed', (tx, { conversationId, captureId }) =>
    explainCapture(asAssistant(tx), conversationId, captureId),
  ),
]
