import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import { purgeRequests } from './use-cases/purge-requests.ts'
import { type ReminderParts, remindOfTokens } from './use-cases/remind-of-tokens.ts'

export const provisioningJobs = (parts: ReminderParts): readonly Job[] => [
  job(
    'provisioning.remind_of_tokens',
    { of: 'everybody', input: z.object({}), retries: 3, timeoutSeconds: 300, cron: '23 7 * * *' },
    (ctx) => remindOfTokens(ctx, parts),
  ),
  job(
    'provisioning.purge_requests',
    { of: 'everybody', input: z.object({}), retries: 1, timeoutSeconds: 600, cron: '51 3 * * *' },
    purgeRequests,
  ),
]
