import { z } from 'zod'
import { job } from '../../platform/jobs.ts'
import { purgeSessions } from './use-cases/purge-sessions.ts'

export const signInJobs = [
  job(
    'sign-in.purge_sessions',
    { input: z.object({}), retries: 2, timeoutSeconds: 60, cron: '17 3 * * *' },
    purgeSessions,
  ),
]
