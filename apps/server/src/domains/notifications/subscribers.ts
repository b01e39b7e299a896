import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { Jobs } from '../../platform/jobs.ts'

/** Long enough for someone who has the chat open to read it there. */
const patienceSeconds = 60

export const notificationSubscribers = (jobs: Jobs): readonly Subscriber[] => [
  subscriber('notifications', 'message.created', async (tx, { conversationId, messageId, author, kind }) => {
    if (author !== 'agent' || kind !== 'message') return
    const input = { conversationId, messageId }
    await jobs.send(tx, { name: 'notifications.mail_reply', input, id: messageId, startAfterSeconds: patienceSeconds })
  }),
]
