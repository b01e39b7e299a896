import { z } from 'zod'
import { type Job, job } from '../../platform/jobs.ts'
import type { RetentionParts } from './parts.ts'
import { authorizeForget } from './policy.ts'
import { beginRuns } from './use-cases/begin-runs.ts'
import { finishErasures } from './use-cases/finish-erasures.ts'
import { workRun } from './use-cases/work-run.ts'

const byItself = z.object({})

export const retentionJobs = (parts: RetentionParts): readonly Job[] => [
  job('retention.begin_runs', { input: byItself, retries: 3, timeoutSeconds: 1800, cron: '0 4 * * *' }, (ctx) =>
    beginRuns(ctx, parts),
  ),
  job('retention.run', { input: z.object({ runId: z.uuid() }), retries: 20, timeoutSeconds: 3600 }, (ctx, { runId }) =>
    workRun(ctx, runId, parts),
  ),
  job(
    'retention.remove_bytes',
    { input: z.object({ keys: z.array(z.string()) }), retries: 50, timeoutSeconds: 600 },
    async (ctx, { keys }) => {
      authorizeForget(ctx.actor)
      for (const key of keys) await parts.storage.remove(key)
    },
  ),
  job('retention.finish_erasures', { input: byItself, retries: 5, timeoutSeconds: 1800, cron: '30 4 * * *' }, (ctx) =>
    finishErasures(ctx, parts),
  ),
]
