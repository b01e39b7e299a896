import { z } from 'zod'
import { pruneEvents } from './event-log.repository.ts'
import { job } from './jobs.ts'

const keptDays = 30

/** What keeps the platform's own tables small. */
export const maintenanceJobs = [
  job(
    'platform.prune_events',
    { of: 'everybody', input: z.object({}), retries: 2, timeoutSeconds: 120, cron: '41 2 * * *' },
    async (ctx) => {
      await ctx.transaction((tx) => pruneEvents(tx, new Date(tx.clock.now().getTime() - keptDays * 86_400_000)))
    },
  ),
]
