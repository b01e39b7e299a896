import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import { purgeAccess } from './use-cases/purge-access.ts'

export const contactJobs: readonly Job[] = [
  job(
    'contacts.purge_access',
    { of: 'everybody', input: z.object({}), retries: 2, timeoutSeconds: 300, cron: '41 * * * *' },
    purgeAccess,
  ),
]
