import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { mailLater } from './use-cases/mail-later.ts'
import { tellFollower } from './use-cases/tell-follower.ts'

export const notificationSubscribers = (jobs: Jobs): readonly Subscriber[] => [
  subscriber('notifications', 'message.created', {
    when: ({ author, kind }) => author === 'agent' && kind === 'message',
    gathers: true,
    run: (tx, { conversationId, messageId }) => mailLater(tx, jobs, { conversationId, messageId }),
  }),
  subscriber('notifications.follower', 'incident.follower_due', (tx, about) => tellFollower(tx, about, jobs)),
]
