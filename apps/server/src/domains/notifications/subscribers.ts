import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { Jobs } from '../../platform/jobs.ts'

/** Long enough for someone who has the chat open to read it there. */
const patienceSeconds = 60

export const notificationSubscribers = (jobs: Jobs): readonly Subscriber[] => [
  subscriber('notifications', 'message.created', {
    when: ({ author, kind }) => author === 'agent' && kind === 'message',
    run: (tx, { conversationId, messageId }) => {
      const input = { conversationId, messageId }
      return jobs.send(tx, {
        name: 'notifications.mail_reply',
        input,
        id: messageId,
        startAfterSeconds: patienceSeconds,
      })
    },
  }),
]
