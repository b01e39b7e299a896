import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import { wakeDueConversations } from './use-cases/wake-conversations.ts'

export const conversationJobs: readonly Job[] = [
  job(
    'conversations.wake_due',
    { of: 'everybody', input: z.object({}), retries: 1, timeoutSeconds: 60, cron: '* * * * *' },
    wakeDueConversations,
  ),
]
