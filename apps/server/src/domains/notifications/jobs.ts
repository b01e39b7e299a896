import { ConversationId, MessageId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import { type MailSettings, mailReply } from './use-cases/mail-reply.ts'

const input = z.object({ conversationId: ConversationId, messageId: MessageId })

export const notificationJobs = (settings: MailSettings): readonly Job[] => [
  job('notifications.mail_reply', { of: { row: 'messages' }, input, retries: 5, timeoutSeconds: 60 }, (ctx, about) =>
    mailReply(ctx, about, settings),
  ),
]
