import { z } from 'zod'
import type { Meter } from '../../platform/domain.ts'
import { type Job, job } from '../../platform/jobs.ts'
import { countDays } from './use-cases/count-days.ts'

export const usageJobs = (meters: () => readonly Meter[]): readonly Job[] => [
  job(
    'usage.count_days',
    { of: 'everybody', input: z.object({}), retries: 2, timeoutSeconds: 300, cron: '*/15 * * * *' },
    (ctx) => countDays(ctx, meters()),
  ),
]
